"""The API tried by its own description: what schemathesis makes of it, with a key of each set of scopes.

Part of `bench api`. A server of its own with one of everything in it; the ids of what is there stand in the
addresses, beside others.
"""

from __future__ import annotations

import os
import socket
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.installation import Processes, member_of_a_new_organisation, prepare, wait_until


@dataclass(frozen=True)
class World:
    """A server's address, the secrets of keys by what they may do, and the ids of what there is."""

    url: str
    keys: Mapping[str, str]
    ids: Mapping[str, str]


@contextmanager
def world() -> Iterator[World]:
    """An organisation with one of everything, on a server of its own."""
    port = free_port()
    os.environ["OCTAVO_PUBLIC_HOST"] = f"localhost:{port}"
    prepare()
    with tempfile.TemporaryDirectory() as log:
        keys, ids = furnished()
        processes = Processes(Path(log), {})
        processes.start(
            "web", ("-m", "uvicorn", "config.asgi:application", "--host", "127.0.0.1", "--port", str(port))
        )
        try:
            wait_until(lambda: is_open(port), "the server answers")
            yield World(f"http://localhost:{port}", keys, ids)
        finally:
            processes.show_logs(400)
            processes.stop()


def furnished() -> tuple[dict[str, str], dict[str, str]]:
    """An organisation with one of everything: keys of its owner's, and the ids."""
    from tenants.models import Membership
    from tests.factories.api_keys import make_key
    from tests.factories.billing import put_on
    from tests.isolation.cast import OWNER, cast_of

    member = member_of_a_new_organisation("tried")
    put_on(member.organisation, "ENTERPRISE")
    cast = cast_of(member.organisation, secret="Secret", surname=f"Tried{os.getpid()}")
    owner = Membership.objects.get(organisation=member.organisation, user=cast.people[OWNER])
    return {"everything": make_key(owner).secret}, dict(cast.values)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def is_open(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


if __name__ == "__main__":
    import json
    import sys

    with world() as here:
        print(json.dumps({"url": here.url, "keys": dict(here.keys), "ids": dict(here.ids)}), flush=True)
        sys.stdin.read()
