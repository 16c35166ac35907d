"""Makes clients of the API from its description: for Python, for TypeScript, and a collection for Postman."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from launcher import frontend
from launcher.clients.postman import collection
from launcher.frontend import NODE_MODULES, node
from launcher.notices import step
from launcher.places import ROOT
from launcher.refusals import Refusal

PARTS = Path(__file__).parent / "parts"
DESCRIBE = """
import sys, django
django.setup()
from api.openapi.serving import written
sys.stdout.buffer.write(written("json")[0])
"""


def make(out: Path) -> None:
    """Everything, in the folder `out`; the same from the same description. Raises Refusal."""
    with step("Describing the API"):
        description = describe()
    write(out / "openapi.json", description)
    with step("Making the Python client"):
        make_python(out / "python", out / "openapi.json")
    with step("Making the TypeScript client"):
        make_typescript(out / "typescript", out / "openapi.json")
    with step("Making the Postman collection"):
        write(out / "postman.json", collection(description))


def describe() -> dict[str, Any]:
    """By a process of its own, since it needs Django and this one does not."""
    environment = {"DJANGO_SETTINGS_MODULE": "config.settings", "PYTHONPATH": str(ROOT)}
    described: dict[str, Any] = json.loads(run([sys.executable, "-c", DESCRIBE], environment=environment))
    return described


def make_python(target: Path, description: Path) -> None:
    """openapi-python-client's, and our way of trying again."""
    shutil.rmtree(target, ignore_errors=True)
    generator = Path(sys.executable).with_name("openapi-python-client")
    options = ["--path", str(description), "--meta", "uv", "--config", str(PARTS / "python.yaml")]
    run([str(generator), "generate", *options, "--output-path", str(target)])
    shutil.copyfile(PARTS / "connecting.py", target / "octavo_client" / "connecting.py")


def make_typescript(target: Path, description: Path) -> None:
    """Types by openapi-typescript, for the client of openapi-fetch."""
    frontend.ensure(development=True)
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    program = NODE_MODULES / "openapi-typescript" / "bin" / "cli.js"
    options = ["--output", str(target / "schema.d.ts"), "--default-non-nullable", "false"]
    run([node(), str(program), str(description), *options])
    shutil.copyfile(PARTS / "connecting.ts", target / "index.ts")
    write(target / "package.json", package())


def package() -> dict[str, Any]:
    """Of npm, with what the client needs in the version that it was tried with."""
    wanted = json.loads((ROOT / "package.json").read_text())["devDependencies"]
    return {
        "name": "octavo-client",
        "version": "1.0.0",
        "type": "module",
        "exports": "./index.ts",
        "dependencies": {"openapi-fetch": wanted["openapi-fetch"]},
    }


def write(path: Path, value: Any) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(value, ensure_ascii=False, indent=2) + "\n")


def run(command: list[str], *, environment: Mapping[str, str] = MappingProxyType({})) -> str:
    """What it prints. Raises Refusal with its complaint."""
    beside = f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}"
    surroundings = {**os.environ, "PATH": beside, **environment}
    done = subprocess.run(command, cwd=ROOT, env=surroundings, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise Refusal(f"{Path(command[0]).name} failed:\n{(done.stderr or done.stdout).strip()[-2000:]}")
    return done.stdout
