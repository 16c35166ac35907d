"""What a member asked for that cannot be done as things stand."""

from __future__ import annotations


class NotPossibleNow(Exception):
    """The book is in a state in which this makes no sense; the message says why in words for the member."""
