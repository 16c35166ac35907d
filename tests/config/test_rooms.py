"""How the folders of the project are found and kept apart."""

import platform
import re
import subprocess
import sys
from pathlib import Path

import pytest

from config.static_files import StaticFiles

ROOT = Path(__file__).resolve().parents[2]
NOT_ROOMS = {"tests", "var", "node_modules", "bench", "deploy", "docs", "locale", "out"}


def test_the_platform_folder_does_not_hide_pythons_own_module():
    assert not (ROOT / "platform" / "__init__.py").exists()
    assert platform.python_version()
    code = "import config, platform, lobby, console; print(platform.python_version(), lobby.__file__)"
    found = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert str(ROOT / "platform" / "lobby") in found.stdout


@pytest.mark.parametrize(
    ("forbidden", "allowed"),
    [
        # set for connections, and for the role; told of in a remedy; looked for in SQL written by hand
        (
            r"search_path",
            {
                "tenants/postgresql/base.py",
                "tenants/schemas/preparation.py",
                "tenants/postgresql/remedies.py",
                "launcher/written_sql.py",
            },
        ),
        (r"_current\.(set|reset)\(", {"tenants/context.py"}),
        (r"\b(schema_context|tenant_context|set_tenant|set_schema)\(", set()),
        # who is asking, and, which says nothing of that, from where
        (r"ContextVar\(.octavo", {"tenants/context.py", "insights/origin.py"}),
    ],
)
def test_organisations_are_entered_in_one_place(forbidden, allowed):
    found = {
        str(file.relative_to(ROOT))
        for room in ROOT.iterdir()
        if room.is_dir() and room.name not in NOT_ROOMS and not room.name.startswith(".")
        for file in room.rglob("*.py")
        if re.search(forbidden, _without_prose(file.read_text()))
    }
    assert found <= allowed


def _without_prose(source):
    return re.sub(r'"""(.*?)"""|#[^\n]*', "", source, flags=re.S)


def test_a_static_file_that_was_never_collected_keeps_its_name():
    assert StaticFiles().url("nowhere.svg") == "/static/nowhere.svg"
