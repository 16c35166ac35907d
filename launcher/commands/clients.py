"""./octavo clients: clients of the API in Python and TypeScript, and a Postman collection, into a folder."""

from __future__ import annotations

from pathlib import Path

from launcher import clients
from launcher.arguments import Request


def run(request: Request) -> int:
    out = Path(request.words[0])
    clients.make(out)
    print(f"Python, TypeScript, postman.json and openapi.json are in {out}")
    return 0
