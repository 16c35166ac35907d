"""Where things lie: the clone, its state under var/, and the installation's own data."""

from __future__ import annotations

import os
import secrets
import tempfile
from pathlib import Path

from launcher.refusals import Refusal

ROOT = Path(__file__).resolve().parent.parent
VAR = ROOT / "var"
ENVIRONMENT = ROOT / ".venv"


def data_folder() -> Path:
    """The folder of this installation's database, files and secrets: OCTAVO_DATA, or var/data."""
    chosen = os.environ.get("OCTAVO_DATA")
    return Path(chosen).expanduser().resolve() if chosen else VAR / "data"


def private_folder(folder: Path) -> Path:
    """Makes the folder readable by its owner alone. Raises Refusal where it cannot be this user's."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if folder.stat().st_uid != os.geteuid():
            raise PermissionError
        folder.chmod(0o700)
        tempfile.TemporaryFile(dir=folder).close()
    except OSError as error:
        raise Refusal(
            f"Octavo cannot write to {folder} ({error.strerror or 'it belongs to another user'}): "
            "make it yours, or set OCTAVO_DATA to a folder that is."
        ) from error
    return folder


def secret(data: Path, name: str) -> str:
    """The installation's secret of that name, made at first asking; only its owner can read the file."""
    path = private_folder(data / "secrets") / name
    if not path.exists():
        write_private(path, secrets.token_urlsafe(32))
    return path.read_text()


def write_private(path: Path, text: str) -> None:
    """Writes a file that only its owner can read, whole or not at all."""
    handle, half = tempfile.mkstemp(dir=path.parent)  # mkstemp makes it 0600
    with os.fdopen(handle, "w") as file:
        file.write(text)
    Path(half).replace(path)
