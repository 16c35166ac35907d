"""Guards whose absence changes nothing that anybody may see or do, with the reason.

A name that is no mutant's any more fails tests/isolation/test_mutants.py.
"""

from __future__ import annotations

EQUIVALENT: dict[str, str] = {}
