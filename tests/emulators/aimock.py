"""@copilotkit/aimock as a process of its own: OpenAI's protocol, answering what a test has laid ready."""

from __future__ import annotations

import json
import subprocess
import urllib.request
from pathlib import Path
from typing import Any

from tests.emulators.packages import NODE, package

KEY = "the-right-key"


class Aimock:
    """Answers with the first fixture that fits; any other key than `KEY` is refused."""

    def __init__(self, folder: Path) -> None:
        config = folder / "aimock.json"
        config.write_text(json.dumps({"auth": {"apiKeys": [KEY]}}))
        command = [str(NODE), str(package("@copilotkit/aimock") / "dist/aimock-cli.js")]
        self._process = subprocess.Popen(
            [*command, "--config", str(config), "--port", "0"], stdout=subprocess.PIPE, text=True
        )
        assert self._process.stdout is not None
        self.url = self._process.stdout.readline().rsplit(" ", 1)[-1].strip()

    @property
    def base_url(self) -> str:
        return f"{self.url}/v1"

    def answer(
        self, response: dict[str, Any], *, match: dict[str, Any] | None = None, **options: Any
    ) -> None:
        fixture = {"match": match or {}, "response": response, **options}
        self._control("/fixtures", {"fixtures": [fixture]})

    def reset(self) -> None:
        self._control("/reset", {})

    def requests(self) -> list[dict[str, Any]]:
        journal: list[dict[str, Any]] = json.loads(self._control("/journal", None))
        return journal

    def stop(self) -> None:
        self._process.terminate()
        self._process.wait(10)

    def _control(self, path: str, body: dict[str, Any] | None) -> bytes:
        request = urllib.request.Request(
            f"{self.url}/__aimock{path}",
            data=None if body is None else json.dumps(body).encode(),
            headers={"Authorization": f"Bearer {KEY}", "Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=10) as answer:
            content: bytes = answer.read()
            return content
