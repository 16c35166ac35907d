"""A PostgreSQL of its own for Django's tests, which need a superuser and leave databases behind."""

from __future__ import annotations

import contextlib
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

from launcher.embedded.postgresql import PostgreSQL
from launcher.places import secret
from launcher.servers import TMPFS, has_room
from launcher.supervision import Supervisor


@contextlib.contextmanager
def server_for_tests() -> Iterator[str]:
    """The address of an embedded server, as its superuser; gone with all it holds when the block ends."""
    data = Path(tempfile.mkdtemp(prefix="orm-", dir=TMPFS if has_room(TMPFS) else None))
    supervisor = Supervisor(say=lambda sentence: print(sentence, file=sys.stderr))
    try:
        server = PostgreSQL(data, throw_away=True)
        supervisor.start([server])
        password = quote(secret(data, "postgresql-superuser"), safe="")
        yield f"postgresql://postgres:{password}@/postgres?host={quote(str(server.sockets), safe='/')}"
    finally:
        supervisor.stop()
        shutil.rmtree(data, ignore_errors=True)
