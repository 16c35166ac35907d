"""The browser that the journeys of the tests use: one of this machine, or one from npm that needs nothing."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from launcher.frontend import NODE_MODULES, node
from launcher.notices import step
from launcher.places import ROOT, VAR
from launcher.refusals import Refusal

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
UNPACKED = VAR / "browser"
# Telling the package that it is on AWS makes it unpack the libraries that a bare system lacks.
UNPACK = """
const { default: chromium } = await import('@sparticuz/chromium');
console.log(await chromium.executablePath());
"""
ON_AWS = {"AWS_LAMBDA_JS_RUNTIME": "nodejs22.x", "AWS_EXECUTION_ENV": "AWS_Lambda_nodejs22.x"}

# The package's own file looks for its font in /tmp alone; without one, the first text field ends the browser.
FONTS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>{folder}/fonts</dir>
  <cachedir>{folder}/fonts-cache</cachedir>
</fontconfig>
"""


@dataclass(frozen=True)
class Browser:
    """A Chromium, and what Playwright needs to start it."""

    executable: Path
    arguments: tuple[str, ...]
    environment: dict[str, str] = field(default_factory=dict)
    without_default: tuple[str, ...] = ()

    def launch_options(self) -> dict[str, Any]:
        """Keyword arguments for Playwright's `chromium.launch`."""
        options: dict[str, Any] = {"executable_path": str(self.executable), "args": list(self.arguments)}
        if self.environment:
            options["env"] = os.environ | self.environment
        if self.without_default:
            options["ignore_default_args"] = list(self.without_default)
        return options


def find() -> Browser:
    """The browser named by OCTAVO_BROWSER, one of the machine, or the packaged one. Raises Refusal."""
    named = os.environ.get("OCTAVO_BROWSER")
    if named and not shutil.which(named):
        raise Refusal(f"OCTAVO_BROWSER names {named!r}, which is no program: correct it, or unset it.")
    for name in [named] if named else NAMES:
        if found := shutil.which(name):
            return Browser(Path(found), ("--no-sandbox", "--disable-gpu"))
    return packaged()


def packaged() -> Browser:
    folder = unpacked()
    return Browser(
        folder / "chromium",
        ("--no-sandbox", "--headless=shell", "--disable-gpu"),
        {"LD_LIBRARY_PATH": str(folder / "al2023" / "lib"), "FONTCONFIG_PATH": str(folder / "fonts")},
        ("--headless",),
    )


def unpacked() -> Path:
    """Where the packaged browser lies, unpacked once for each version of the package."""
    manifest = NODE_MODULES / "@sparticuz" / "chromium" / "package.json"
    if not manifest.exists():
        raise Refusal(
            "The tests' npm packages are missing: run the tests with ./octavo test, which gets them."
        )
    version: str = json.loads(manifest.read_text())["version"]
    folder = UNPACKED / version
    if not (folder / ".complete").exists():
        with step("Unpacking the browser for the tests"):
            unpack(folder)
    return folder


def unpack(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    done = subprocess.run(
        [node(), "--input-type=module", "--eval", UNPACK], cwd=ROOT,
        env=os.environ | ON_AWS | {"TMPDIR": str(folder)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode != 0 or not (folder / "chromium").exists():
        raise Refusal(f"The browser for the tests could not be unpacked:\n{done.stderr.strip()}")
    (folder / "fonts" / "fonts.conf").write_text(FONTS.format(folder=escape(str(folder))))
    (folder / ".complete").touch()


def playwright_environment() -> dict[str, str]:
    """Playwright's own Node wants a library that a bare system lacks; the environment's does not."""
    return {"PLAYWRIGHT_NODEJS_PATH": node()}
