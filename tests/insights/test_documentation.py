"""Every action is documented, and none is documented that nothing writes."""

from __future__ import annotations

import re
from pathlib import Path

from insights import documentation
from insights.actions import Action
from launcher.places import ROOT

ROOMS = ("tenants", "insights", "notifications", "billing", "jobs", "storage", "books", "collaboration",
         "formats", "generation", "web", "api", "live", "platform")  # fmt: skip


def test_page_is_what_the_code_says() -> None:
    written = documentation.PAGE.read_text(encoding="utf-8")
    assert written == documentation.page(), "run ./octavo manage document_actions"


def test_page_lists_every_action_once() -> None:
    listed = re.findall(r"^\| `([a-z_.]+)` \|", documentation.page(), re.MULTILINE)
    assert sorted(listed) == sorted(set(Action.values) - documentation.RESERVED)


def test_what_is_documented_is_written_by_something() -> None:
    files = [path for room in ROOMS for path in Path(ROOT / room).rglob("*.py")]
    own = {"actions.py", "documentation.py"}
    source = "\n".join(path.read_text(encoding="utf-8") for path in files if path.name not in own)
    named = set(re.findall(r"\bAction\.([A-Z_]+)\b", source))
    composed = set(re.findall(r'record\(f"([a-z_]+)\.{', source))  # record(f"single_sign_on.{change}")
    unwritten = {one for one in Action if one.name not in named and one.split(".")[0] not in composed}
    assert unwritten == documentation.RESERVED
