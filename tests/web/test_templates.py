"""Rules for every template and asset: nothing inline, everything that is named exists, both languages."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.template.loader import get_template
from django.utils import translation
from django.utils.translation import gettext
from lxml import etree

from tests.conftest import HostClient
from tests.web.conftest import tree

ROOT = Path(__file__).parents[2]
FOLDERS = [ROOT / "web" / "templates", ROOT / "platform" / "lobby" / "templates"]
TEMPLATES = sorted(path for folder in FOLDERS for path in folder.rglob("*.html"))
ART = sorted((ROOT / "web" / "static" / "web").rglob("*.svg"))


def name_of(path: Path) -> str:
    folder = next(folder for folder in FOLDERS if path.is_relative_to(folder))
    return str(path.relative_to(folder))


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_template_compiles_and_has_nothing_inline(path: Path) -> None:
    get_template(name_of(path))
    source = path.read_text()
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:|hx-on|hx-vals=.js:", source)
    assert not re.search(r"<script(?![^>]*\ssrc=)", source)


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_template_names_only_static_files_that_exist(path: Path) -> None:
    for name in re.findall(r"\{% static '([^'|]+)' %\}", path.read_text()):
        if not name.startswith("built/"):
            assert finders.find(name), name


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_icons_are_in_the_sprite(path: Path) -> None:
    icons = set(json.loads((ROOT / "web" / "build.json").read_text())["sprite"]["icons"])
    source = path.read_text()
    used = re.findall(r'<c-icon name="([a-z0-9-]+)"', source) + re.findall(r'\sicon="([a-z0-9-]+)"', source)
    assert set(used) <= icons


@pytest.mark.parametrize("path", ART, ids=lambda path: path.name)
def test_pictures_are_well_formed_and_small(path: Path) -> None:
    etree.parse(path)
    assert path.stat().st_size < 16_000


def test_styles_of_every_component_are_imported() -> None:
    styles = ROOT / "web" / "styles"
    imported = re.findall(r'"\./(components/[a-z]+\.css)"', (styles / "app.css").read_text())
    assert sorted(imported) == sorted(
        f"components/{path.name}" for path in (styles / "components").glob("*.css")
    )


def test_language_follows_the_browser(client: HostClient) -> None:
    french = tree(client.get("/accounts/login/", headers={"Accept-Language": "fr-FR,fr;q=0.9"}))
    assert french.get("lang") == "fr"
    with translation.override("fr"):
        assert french.xpath("//h1")[0].text == gettext("Welcome back") != "Welcome back"
    assert tree(client.get("/accounts/login/", headers={"Accept-Language": "de"})).get("lang") == "en"


def test_language_switch_wins_over_the_browser(client: HostClient) -> None:
    client.post("/i18n/setlang/", {"language": "fr", "next": "/accounts/login/"})
    assert tree(client.get("/accounts/login/", headers={"Accept-Language": "en"})).get("lang") == "fr"
