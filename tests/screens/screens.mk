# Golden screens: every pane as text, at four sizes, in both glyph sets.
SCREEN_TESTS = tests/screens/panes.sh
screen_files = \
  tests/screens/golden/clusters-ascii.txt tests/screens/golden/clusters-empty.txt tests/screens/golden/clusters-unicode.txt \
  tests/screens/golden/customers-ascii.txt tests/screens/golden/customers-empty.txt tests/screens/golden/customers-unicode.txt \
  tests/screens/golden/data-ascii.txt tests/screens/golden/data-empty.txt tests/screens/golden/data-unicode.txt \
  tests/screens/golden/drift-ascii.txt tests/screens/golden/drift-empty.txt tests/screens/golden/drift-unicode.txt \
  tests/screens/golden/fit-ascii.txt tests/screens/golden/fit-empty.txt tests/screens/golden/fit-unicode.txt \
  tests/screens/golden/fit-parts-ascii.txt tests/screens/golden/fit-parts-unicode.txt \
  tests/screens/golden/home-ascii.txt tests/screens/golden/home-empty.txt tests/screens/golden/home-unicode.txt \
  tests/screens/golden/runs-ascii.txt tests/screens/golden/runs-empty.txt tests/screens/golden/runs-unicode.txt \
  tests/screens/golden/sql-ascii.txt tests/screens/golden/sql-empty.txt tests/screens/golden/sql-unicode.txt
EXTRA_DIST += $(SCREEN_TESTS) $(screen_files)
