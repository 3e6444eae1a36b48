"""Which pages there are."""

# In the order of the menu; the first is the page of "/". Each is pages/<name>.py and page.<name> in
# the words.
# fmt: off
PAGES = (
    "overview", "growth", "sectors", "villages", "economy", "explore", "benchmark", "programmes",
    "visits", "records", "method",
)
# fmt: on
# Reached from the corner of the header, not from the menu.
CORNER = ("account",)
# Nothing is drawn around these, and the menu does not lead to them.
BARE = ("present",)
# Lists of blocks that a plain request gives as well (kub/ui/content.py). The others hold what only
# a session has: a guest's figures, a visit in the making.
DIRECT = ("overview", "growth", "sectors", "villages", "economy", "explore", "programmes", "method")
# The menu leads there only who may ask for the analyst's view; only who may change the records.
ANALYSTS, STEWARDS = ("explore",), ("records",)
# Not under the filters: the steps of a visit have their own, records are whole, a person is not
# filtered.
UNSCOPED = ("visits", "records", *CORNER)
# No filters beside these: they would change nothing there.
UNFILTERED = ("visits", "records", "method", *CORNER)
