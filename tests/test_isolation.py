"""Moved: the table of routes is in tests/isolation/tables/, one line a route; see tests/isolation/."""
