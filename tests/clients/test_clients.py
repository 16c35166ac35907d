"""The clients that ./octavo clients makes, at work against the running platform."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from launcher import clients
from launcher.clients.postman import collection
from launcher.frontend import NODE_MODULES, node
from launcher.places import ROOT
from tenants.accounts.models import User
from tenants.context import entered
from tenants.models import Organisation
from tests.clients.serving import Served
from tests.factories.books import add_format, make_book, write_chapter

PROGRAMS = Path(__file__).parent / "programs"
STRICT = {
    "compilerOptions": {
        "strict": True,
        "noEmit": True,
        "target": "es2022",
        "module": "nodenext",
        "allowImportingTsExtensions": True,
        "lib": ["es2022", "dom"],
        "types": [],
    },
    "include": ["*.ts"],
}
OPEN_COLLECTION = """
const { createRequire } = await import("node:module");
const { readFileSync } = await import("node:fs");
const { Collection } = createRequire(process.argv[1] + "/")("postman-collection");
const given = JSON.parse(readFileSync(0, "utf8"));
const read = new Collection(given);
const requests = [];
read.forEachItem(({ name, request, parent }) => requests.push({
  name, method: request.method, url: request.url.toString(), auth: read.auth.type,
  path: request.url.getPath({ unresolved: true }), body: request.body?.toString() ?? "",
}));
const valid = Collection.isCollection(read);
console.log(JSON.stringify({ valid, variables: read.variables.toObject(), requests }));
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("clients")
    clients.make(out)
    (out / "typescript" / "node_modules").symlink_to(NODE_MODULES)
    return out


def run(command: list[str], *, folder: Path, **environment: str) -> str:
    done = subprocess.run(
        command, cwd=folder, env=os.environ | environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_python_client_makes_a_book(made: Path, served: Served, organisation: Organisation) -> None:
    given = {"OCTAVO": served.address, "OCTAVO_KEY": served.key, "PYTHONPATH": str(made / "python")}
    told = run([sys.executable, str(PROGRAMS / "making_a_book.py")], folder=made, **given)
    book, size = told.split()
    with entered(organisation):
        from books.models import Book

        assert str(Book.objects.get().pk) == book
    assert int(size) > 10_000


def test_typescript_client_edits_a_book(
    made: Path, served: Served, organisation: Organisation, owner: User
) -> None:
    with entered(organisation):
        book = make_book(owner, status="READY")
        chapter = write_chapter(book, 1, "Il était une fois.")
        add_format(book)
    folder = made / "typescript"
    program = folder / "editing_a_book.ts"
    program.write_text((PROGRAMS / "editing_a_book.ts").read_text())
    (folder / "tsconfig.json").write_text(json.dumps(STRICT))
    run([node(), str(NODE_MODULES / "typescript" / "bin" / "tsc")], folder=folder)
    given = {"OCTAVO": served.address, "OCTAVO_KEY": served.key, "BOOK": str(book.pk)}
    run([node(), str(program)], folder=folder, **given)
    with entered(organisation):
        chapter.refresh_from_db()
        assert chapter.text == "Il était une fois.\n\nFin."


def test_clients_are_the_same_each_time(made: Path, tmp_path: Path) -> None:
    clients.make_python(tmp_path / "python", made / "openapi.json")
    assert prints(tmp_path / "python") == prints(made / "python")


def prints(folder: Path) -> dict[str, str]:
    files = (path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def test_python_files_parse_and_the_folder_says_what_it_needs(made: Path) -> None:
    project = (made / "python" / "pyproject.toml").read_text()
    assert "httpx" in project and "attrs" in project
    package = json.loads((made / "typescript" / "package.json").read_text())
    assert package["dependencies"].keys() == {"openapi-fetch"}


def test_postman_reads_the_collection(made: Path) -> None:
    description = json.loads((made / "openapi.json").read_text())
    written = (made / "postman.json").read_text()
    assert json.loads(written) == collection(description)
    command = [node(), "--input-type=module", "--eval", OPEN_COLLECTION, str(ROOT)]
    done = subprocess.run(command, input=written, capture_output=True, text=True, check=True)
    read: dict[str, Any] = json.loads(done.stdout)
    assert read["valid"] and read["variables"].keys() == {"base_url", "key"}
    operations = [(method.upper(), path) for path, of in description["paths"].items() for method in of]
    asked = [(one["method"], template(one["path"])) for one in read["requests"]]
    assert sorted(asked) == sorted(operations)
    assert {one["auth"] for one in read["requests"]} == {"bearer"}
    for one in read["requests"]:
        assert one["url"].startswith("{{base_url}}/api/v1/")
        assert not one["body"] or one["method"] != "GET"


def template(path: str) -> str:
    """“/books/:id/” as “/books/{id}/”."""
    return "/".join(f"{{{part[1:]}}}" if part.startswith(":") else part for part in path.split("/"))
