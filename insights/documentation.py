"""The page of the documentation that lists every action, made from `insights/actions.py` and its comments."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from django.utils.translation import override

from insights import actions
from insights.actions import Action

PAGE = Path(__file__).resolve().parent.parent / "docs" / "members" / "activity.md"
# Named, and written by nothing so far.
RESERVED = frozenset(
    {
        Action.BOOK_DELETED,
        Action.FORMAT_BUILT,
        Action.FORMAT_DOWNLOADED,
    }
)
HEAD = """# Activity

The activity log tells who did what to what, when and from where. Owners and admins see their organisation’s
under **Activity**; everybody sees their own part of it under **Settings**, with what concerns their account
alone, which no organisation sees. Both can be filtered and exported as CSV. Nothing in it is ever changed;
when an account or an organisation is deleted, its names and addresses go from the log.

A line is written in the same moment as what it tells of: what did not happen is not in it. It has a time, who
did it (empty: the platform by itself), the action, what it was done to, details, and the address and the
browser that it was done from.

<!-- From insights/actions.py by ./octavo manage document_actions -->
"""
_GROUP = re.compile(r"    # (.+)")
_ACTION = re.compile(r"    ([A-Z_]+) = ")
_COMMENT = re.compile(r"  # (.+)$")


@dataclass
class Section:
    """`about` is what holds for all of its lines; each row has an action and its own remark."""

    about: str
    rows: list[tuple[Action, str]] = field(default_factory=list)


def page() -> str:
    """The whole page, in English."""
    with override("en"):
        return HEAD + "".join(_section(section) for section in _sections() if section.rows)


def _sections() -> Iterator[Section]:
    """A comment on a line of its own begins a section; one behind an action is a remark on it."""
    section = Section("")
    for line in Path(actions.__file__).read_text(encoding="utf-8").splitlines():
        if group := _GROUP.fullmatch(line):
            yield section
            section = Section(group[1])
        elif (name := _ACTION.match(line)) and Action[name[1]] not in RESERVED:
            remark = _COMMENT.search(line)
            section.rows.append((Action[name[1]], remark[1] if remark else ""))
    yield section


def _section(section: Section) -> str:
    title, about = _title(section.about)
    rows = "".join(
        f"| `{action.value}` | {action.label} | {_sentence(remark)} |\n" for action, remark in section.rows
    )
    about = f"\n{about}\n" if about else ""
    return f"\n## {title}\n{about}\n| action | in words | remarks |\n|---|---|---|\n{rows}"


def _title(comment: str) -> tuple[str, str]:
    """The first words up to a mark are the title, the rest is said beneath it."""
    title, _mark, rest = re.match(r"([^;.:]+)([;.:]?\s*)(.*)", comment).groups()  # type: ignore[union-attr]
    return title.strip(), _sentence(rest)


def _sentence(text: str) -> str:
    text = text.strip()
    return f"{text[0].upper()}{text[1:].rstrip('.')}." if text else ""
