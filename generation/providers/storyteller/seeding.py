"""Repeatable choices: the same seed and the same reason give the same choice, in any process and order."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Sequence
from typing import TypeVar

Thing = TypeVar("Thing")


class Chance:
    """Choices drawn from a seed and what they are for, so that one choice never disturbs another."""

    def __init__(self, *reasons: object) -> None:
        digest = hashlib.sha256(
            "\x1f".join(str(reason) for reason in reasons).encode("utf-8", "replace")
        ).digest()
        self._random = random.Random(int.from_bytes(digest[:8], "big"))

    def one(self, things: Sequence[Thing]) -> Thing:
        return things[self._random.randrange(len(things))]

    def shuffled(self, things: Sequence[Thing]) -> list[Thing]:
        order = list(things)
        for last in range(len(order) - 1, 0, -1):
            other = self._random.randrange(last + 1)
            order[last], order[other] = order[other], order[last]
        return order

    def below(self, limit: int) -> int:
        return self._random.randrange(limit)
