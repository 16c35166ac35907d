"""What ./octavo check would miss if it could not fail."""

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from launcher import templates
from launcher.places import ROOT

LINT_IMPORTS = Path(sys.executable).parent / "lint-imports"


@pytest.fixture(scope="module")
def rooms(tmp_path_factory):
    """A copy of the rooms' code with its contracts."""
    copy = tmp_path_factory.mktemp("rooms")
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    for package in settings["root_packages"]:
        room = next(place for place in (ROOT / package, ROOT / "platform" / package) if place.is_dir())
        target = copy / room.relative_to(ROOT)
        shutil.copytree(
            room, target, ignore=lambda folder, names: [n for n in names if is_no_code(folder, n)]
        )
    shutil.copy(ROOT / "pyproject.toml", copy)
    return copy


def is_no_code(folder, name):
    path = Path(folder, name)
    return name == "__pycache__" or (path.is_file() and path.suffix != ".py")


def lint_imports(rooms):
    return subprocess.run(
        [LINT_IMPORTS, "--no-cache"], cwd=rooms, capture_output=True, text=True, check=False,
        env={"PATH": "/usr/bin:/bin", "PYTHONPATH": f"{rooms}:{rooms}/platform", "TERM": "dumb"},
    )  # fmt: skip


@pytest.mark.parametrize(
    ("room", "planted", "named"),
    [
        ("tenants/keys.py", "import books.models", "tenants.keys -> books.models"),
        ("books/states.py", "def later():\n    from api import urls", "books.states -> api.urls"),
        ("platform/lobby/views.py", "from console import views as theirs", "lobby.views -> console.views"),
        ("api/urls.py", "from live import streams as theirs", "api.urls -> live"),
    ],
)
def test_planted_import_upwards_or_across_fails(rooms, room, planted, named):
    file = rooms / room
    kept = file.read_text()
    file.write_text(f"{kept}\n{planted}\n")
    try:
        done = lint_imports(rooms)
    finally:
        file.write_text(kept)
    assert done.returncode == 1, done.stdout
    assert named in done.stdout


def test_template_with_a_mistake_is_named(monkeypatch, settings, tmp_path):
    (tmp_path / "web" / "templates").mkdir(parents=True)
    (tmp_path / "web" / "templates" / "good.html").write_text("{% if yes %}yes{% endif %}")
    (tmp_path / "web" / "templates" / "bad.html").write_text("{% if yes %}yes")
    monkeypatch.setattr(templates, "ROOT", tmp_path)
    settings.TEMPLATES = [
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "DIRS": [tmp_path / "web" / "templates"],
        }
    ]
    assert templates.names() == ["bad.html", "good.html"]
    (mistake,) = templates.mistakes()
    assert mistake.startswith("bad.html: Unclosed tag on line 1: 'if'.")
