"""The Python environment in .venv, in step with the lock. Standard library only."""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import json
import os
import platform
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

from launcher.arguments import Lock
from launcher.notices import say, step
from launcher.places import ENVIRONMENT, ROOT, VAR
from launcher.refusals import Refusal

PYTHON = ENVIRONMENT / "bin" / "python"
STAMP = ENVIRONMENT / "octavo-stamp.json"
BOOTSTRAP = VAR / "bootstrap"
SPACE = 3_000_000_000  # bytes that a first set-up takes, with its cache
OLDEST_UV = (0, 5)


def ensure(lock: Lock) -> None:
    """Brings .venv in step with the lock, if it is not. Raises Refusal with what to do."""
    if provided() or is_in_step(lock):
        return
    check_machine()
    with set_up_alone():
        if not is_in_step(lock):
            install(lock)


def is_inside() -> bool:
    return provided() or Path(sys.prefix).resolve() == ENVIRONMENT.resolve()


def enter(arguments: list[str]) -> NoReturn:
    """Goes on as the environment's own Python."""
    os.execv(str(PYTHON), [str(PYTHON), *arguments])


def provided() -> bool:
    """Whether OCTAVO_PYTHON brings every package along, as in a container."""
    return bool(os.environ.get("OCTAVO_PYTHON"))


def is_in_step(lock: Lock) -> bool:
    try:
        stamp = json.loads(STAMP.read_text())
    except (OSError, ValueError):
        return False
    # What development needs contains all that running needs.
    return any(stamp == wanted(which) for which in {lock, "dev"}) and works(PYTHON)


def wanted(lock: str) -> dict[str, str]:
    names = ("base", "dev") if lock == "dev" else ("base",)
    digest = hashlib.sha256(b"".join((ROOT / "requirements" / f"{name}.txt").read_bytes() for name in names))
    return {"lock": lock, "digest": digest.hexdigest(), "place": str(ENVIRONMENT)}


def works(python: Path) -> bool:
    """Whether the interpreter is still there: an upgrade of the system may have taken it away."""
    return python.exists()


def check_machine() -> None:
    system, machine = platform.system(), platform.machine()
    if system not in ("Linux", "Darwin") or machine.lower() not in ("x86_64", "amd64", "aarch64", "arm64"):
        raise Refusal(
            f"Octavo runs on Linux and macOS with an x86-64 or ARM64 processor, and this is {system} on "
            f"{machine}: use such a machine, or docker compose."
        )
    if system == "Linux" and platform.libc_ver()[0] != "glibc":
        raise Refusal(
            "Octavo's packages need a Linux with glibc, such as Debian, Ubuntu or Fedora, and this one has "
            "another C library: use such a system, or docker compose."
        )
    try:
        VAR.mkdir(exist_ok=True)
        free = shutil.disk_usage(VAR).free
    except OSError as error:
        raise unwritable(error) from error
    if free < SPACE and not STAMP.exists():
        raise Refusal(
            f"The disk of {ROOT} has {free / 1e9:.1f} GB free and the set-up takes {SPACE / 1e9:.0f} GB: "
            "free some space, or clone to another disk."
        )


@contextlib.contextmanager
def set_up_alone() -> Iterator[None]:
    """Two commands at once must not write to one environment."""
    try:
        VAR.mkdir(exist_ok=True)
        with (VAR / "setup.lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                say("Another ./octavo is setting up; waiting for it ...")
                fcntl.flock(lock, fcntl.LOCK_EX)
            yield
    except PermissionError as error:
        raise unwritable(error) from error


def install(lock: Lock) -> None:
    uv = find_uv()
    STAMP.unlink(missing_ok=True)
    with step("Installing the Python packages"):
        if not works(PYTHON):
            run([uv, "venv", "--quiet", "--clear", "--python", base_python(), str(ENVIRONMENT)])
        requirements = str(ROOT / "requirements" / f"{lock}.txt")
        run([uv, "pip", "sync", "--quiet", "--python", str(PYTHON), "--require-hashes", requirements])
    STAMP.write_text(json.dumps(wanted(lock)))


def find_uv() -> str:
    """uv from the machine where it is new enough, else one of our own."""
    installed = shutil.which("uv")
    if installed and uv_version(installed) >= OLDEST_UV:
        return installed
    own = BOOTSTRAP / "bin" / "uv"
    if uv_version(str(own)) < OLDEST_UV:
        with step("Getting uv, which installs the Python packages"):
            get_uv()
    return str(own)


def get_uv() -> None:
    try:
        import ensurepip  # noqa: F401 (Debian splits it off, and venv fails without it)
        import venv
    except ImportError as error:
        raise Refusal(
            f"Python's venv module is missing: install it (Debian, Ubuntu: apt install "
            f"python{sys.version_info.major}.{sys.version_info.minor}-venv) or install uv."
        ) from error
    venv.create(BOOTSTRAP, clear=True, with_pip=True)
    requirements = str(ROOT / "requirements" / "bootstrap.txt")
    pip = [str(BOOTSTRAP / "bin" / "python"), "-m", "pip", "--quiet", "--disable-pip-version-check"]
    run([*pip, "install", "--require-hashes", "--only-binary", ":all:", "-r", requirements])


def uv_version(uv: str) -> tuple[int, ...]:
    try:
        said = subprocess.run([uv, "--version"], capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return ()
    found = re.search(r"(\d+)\.(\d+)", said)
    return tuple(int(part) for part in found.groups()) if found else ()


def base_python() -> str:
    """The interpreter outside any environment that this one may be in."""
    return str(Path(getattr(sys, "_base_executable", sys.executable)))


def run(command: list[str]) -> None:
    done = subprocess.run(command, env=surroundings(), cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise Refusal(why_not(done.stderr + done.stdout))


def surroundings() -> dict[str, str]:
    """The caller's environment, with caches under var/ and without another environment's marks."""
    kept = {name: value for name, value in os.environ.items() if name not in ("VIRTUAL_ENV", "PYTHONPATH")}
    kept.setdefault("UV_CACHE_DIR", str(VAR / "cache" / "uv"))
    kept.setdefault("PIP_CACHE_DIR", str(VAR / "cache" / "pip"))
    kept.setdefault("UV_PYTHON_DOWNLOADS", "never")
    return kept


def why_not(complaint: str) -> str:
    log = VAR / "setup.log"
    with contextlib.suppress(OSError):
        log.write_text(complaint)
    if "No space left on device" in complaint:
        return f"The disk of {ROOT} is full: free some space and start again."
    if "Permission denied" in complaint:
        return f"Octavo may not write to {ROOT}: make the folder yours, or clone it to one that is."
    if re.search(r"(?i)connect|resolve|dns|network|timed out|certificate|retries", complaint):
        return f"The Python packages could not be fetched: check the network or the proxy (details in {log})."
    last = next(
        (line.strip() for line in reversed(complaint.splitlines()) if line.strip()), "no reason given"
    )
    return f"The Python packages could not be installed ({last}): see {log}."


def unwritable(error: OSError) -> Refusal:
    if error.errno == 28:
        return Refusal(f"The disk of {ROOT} is full: free some space and start again.")
    return Refusal(
        f"Octavo sets itself up in {ROOT} and may not write there: make the folder yours, or clone it to one "
        "that is."
    )
