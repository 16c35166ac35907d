"""Which tests go together to one of several processes, and which go first."""

from __future__ import annotations

from xdist.scheduler import LoadFileScheduling

# All visit one platform that takes its time to start, and wait for it and the browser more than they work:
# together they keep one process busy for most of a run, beside those that keep the processors busy.
TOGETHER = ("tests/journeys/",)
# Those with the longest tests, so that none is left over for one process at the end.
FIRST = (*TOGETHER, "tests/isolation/", "tests/formats/", "tests/clients/", "tests/generation/")


class Distribution(LoadFileScheduling):
    """A file goes to one process, so that what it sets up is set up once; some folders go there whole."""

    def _split_scope(self, nodeid: str) -> str:
        return next((folder for folder in TOGETHER if nodeid.startswith(folder)), nodeid.split("::", 1)[0])


def turn(nodeid: str) -> int:
    """In which order they are given out."""
    return next((number for number, folder in enumerate(FIRST) if nodeid.startswith(folder)), len(FIRST))
