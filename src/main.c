/* The roof: hand over to a door. */
#include "config.h"

#include "app/screen.h"
#include "batch/batch.h"
#include "tui/tui.h"

int main(int argc, char **argv)
{
	static const struct screen screen = { .snapshot = tui_snapshot, .check = tui_check, .workbench = tui_workbench };
	return batch_main(argc, argv, &screen);
}
