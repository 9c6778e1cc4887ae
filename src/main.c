/* The program's entry: says which version this is. */
#include "config.h"

#include <stdio.h>

int main(void)
{
	return printf("%s\n", PACKAGE_STRING) < 0;
}
