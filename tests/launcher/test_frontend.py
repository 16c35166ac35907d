"""The front end is built when its sources have changed, and only then."""

import json

import pytest

from launcher import frontend
from launcher.refusals import Refusal

ICON = """<!-- @license -->
<svg class="lucide" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none"><path d="M1 2"/></svg>
"""


@pytest.fixture
def clone(tmp_path, monkeypatch):
    """A clone with one style, one script, one icon and one font; the npm packages are its own."""
    files = {
        "package.json": '{"name": "octavo", "private": true}',
        "package-lock.json": '{"name": "octavo", "lockfileVersion": 3, "packages": {"": {"name": "octavo"}}}',
        "web/styles/app.css": "@layer base { body { color: #102030; } }",
        "web/scripts/app.js": "import { name } from './name.js';\nconsole.log(name);",
        "web/scripts/name.js": "export const name = 'octavo';",
        "icons/bell.svg": ICON,
        "fonts/a.woff2": "font",
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    plan = {
        "output": "web/static/built",
        "watch": ["package-lock.json", "web/styles", "web/scripts", "web/templates"],
        "styles": [{"input": "web/styles/app.css", "output": "app.css"}],
        "scripts": {"entries": ["web/scripts/app.js"], "format": "esm", "target": "es2022", "minify": True},
        "sprite": {"folder": "icons", "output": "icons.svg", "icons": ["bell"]},
        "copies": [{"from": "fonts/a.woff2", "to": "fonts/b.woff2"}],
    }
    (tmp_path / "web" / "build.json").write_text(json.dumps(plan))
    esbuild = frontend.NODE_MODULES
    monkeypatch.setattr(frontend, "ROOT", tmp_path)
    monkeypatch.setattr(frontend, "VAR", tmp_path / "var")
    monkeypatch.setattr(frontend, "PLAN", tmp_path / "web" / "build.json")
    if not (esbuild / "esbuild").exists():
        pytest.skip("the front end's packages are not installed: run the tests with ./octavo test")
    # esbuild comes from the real packages; npm has nothing to fetch in this clone.
    monkeypatch.setattr(frontend, "has_packages", lambda *, development: True)
    return tmp_path


def built(clone, name):
    return (clone / "web" / "static" / "built" / name).read_text()


def test_build_makes_style_bundle_icons_and_copies(clone):
    frontend.ensure()
    assert "#102030" in built(clone, "app.css")
    assert "import" not in built(clone, "app.js")
    assert "octavo" in built(clone, "app.js")
    assert '<symbol id="bell" viewBox="0 0 24 24"><path d="M1 2" />' in built(clone, "icons.svg")
    assert built(clone, "fonts/b.woff2") == "font"


def test_second_build_waits_for_a_change_of_content(clone):
    frontend.ensure()
    marked = clone / "web" / "static" / "built" / "app.js"
    marked.write_text("as it was")
    (clone / "web" / "scripts" / "name.js").touch()
    frontend.ensure()
    assert marked.read_text() == "as it was"

    (clone / "web" / "scripts" / "name.js").write_text("export const name = 'changed';")
    frontend.ensure()
    assert "changed" in marked.read_text()


def test_what_python_leaves_in_a_watched_folder_changes_nothing(clone):
    frontend.ensure()
    before = frontend.digest_of(json.loads(frontend.PLAN.read_text()))
    (clone / "web" / "scripts" / "tags.cpython-311.pyc").write_bytes(b"compiled")
    assert frontend.digest_of(json.loads(frontend.PLAN.read_text())) == before


@pytest.mark.parametrize("change", ["added", "removed", "renamed"])
def test_watched_folder_counts_with_its_names(clone, change):
    template = clone / "web" / "templates" / "page.html"
    template.parent.mkdir()
    template.write_text("page")
    plan = json.loads(frontend.PLAN.read_text())
    before = frontend.digest_of(plan)
    if change == "added":
        template.with_name("other.html").write_text("other")
    elif change == "removed":
        template.unlink()
    else:
        template.rename(template.with_name("other.html"))
    assert frontend.digest_of(plan) != before


def test_mistake_in_a_script_is_shown_and_what_was_built_stays(clone):
    frontend.ensure()
    before = built(clone, "app.js")
    (clone / "web" / "scripts" / "name.js").write_text("export const = ;")
    with pytest.raises(
        Refusal, match=r"(?s)could not be built:.*Expected identifier.*web/scripts/name.js:1:13:"
    ):
        frontend.ensure()
    assert built(clone, "app.js") == before


def test_clone_that_is_the_programs_own_is_in_step_with_its_plan():
    plan = json.loads(frontend.PLAN.read_text())
    missing = [copy["from"] for copy in plan["copies"] if not (frontend.ROOT / copy["from"]).exists()]
    assert missing == []
    assert all((frontend.ROOT / style["input"]).exists() for style in plan["styles"])
    assert all((frontend.ROOT / entry).exists() for entry in plan["scripts"]["entries"])
