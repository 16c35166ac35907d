"""What stops a command: one sentence for the person at the terminal."""

from __future__ import annotations


class Refusal(Exception):
    """A thing that is missing or wrong. The text says what, and what to do about it, in one sentence.

    `code` is the command's exit status: 2 where it was called wrongly, 1 where this machine or its state
    stands in the way.
    """

    def __init__(self, sentence: str, *, code: int = 1) -> None:
        super().__init__(sentence)
        self.code = code
