"""Many rows, each on its own: one that fails keeps no other from being looked at."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from typing import TypeVar

T = TypeVar("T")

logger = logging.getLogger(__name__)


def one_by_one(doing: Callable[[T], object], rows: Iterable[T]) -> int:
    """Do it with each of the rows as they are now; with how many it did something. What it raises is logged
    with the row, and comes to be done again by the next run of the clock.
    """
    return sum(_try(doing, row) for row in list(rows))


def _try(doing: Callable[[T], object], row: T) -> bool:
    try:
        return bool(doing(row))
    except Exception:
        logger.exception("not done", extra={"doing": doing.__qualname__, "row": str(row)})
        return False
