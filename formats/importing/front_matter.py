"""The metadata at the beginning of a Markdown file."""

from __future__ import annotations

import re
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, cast, get_args

import yaml

from formats.blocks import single_line
from formats.importing.refusals import (
    MOST_FRONT_MATTER,
    BadImport,
)
from formats.manuscript import Contributor, Role, Subject, SubjectScheme


class _Yaml(yaml.BaseLoader):
    """YAML that gives text, lists and mappings alone. Aliases, which could multiply it, are refused."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.AliasEvent):
            raise yaml.composer.ComposerError(None, None, "aliases", self.peek_event().start_mark)  # type: ignore[no-untyped-call]
        return super().compose_node(parent, index)


def front_matter_of(name: str, text: str) -> tuple[dict[str, Any], str]:
    """What stands between --- and --- at a text's beginning, and the text after it."""
    found = re.match(r"---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", text, re.DOTALL | re.MULTILINE)
    if found is None:
        return {}, text
    member = single_line(name)[:120]
    if len(found[1]) > MOST_FRONT_MATTER:
        raise BadImport("front-matter", member=member, line=1)
    try:
        known = yaml.load(found[1], Loader=_Yaml)  # noqa: S506 gives nothing but text
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 2 if error.problem_mark else 1
        raise BadImport("front-matter", member=member, line=line) from error
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise BadImport("front-matter", member=member, line=1) from error
    if not isinstance(known, dict):
        known = {}
    return {str(key).lower(): value for key, value in known.items()}, text[found.end() :]


@dataclass
class Fields:
    """The front matter's fields by name, each read as what it has to be."""

    member: str
    known: dict[str, Any]

    def line(self, *names: str) -> str:
        """The first of the names that is there, as one line."""
        for name in names:
            value = self.known.get(name, "")
            if not isinstance(value, str):
                raise self.bad(name)
            if single_line(value):
                return single_line(value)
        return ""

    def lines(self, name: str) -> tuple[str, ...]:
        value = self.known.get(name) or []
        values = value if isinstance(value, list) else [value]
        if not all(isinstance(each, str) for each in values) or len(values) > 1_000:
            raise self.bad(name)
        return tuple(filter(None, map(single_line, values)))

    def one_of(self, name: str, allowed: Sequence[str], otherwise: str) -> str:
        value = self.line(name) or otherwise
        if value not in allowed:
            raise self.bad(name)
        return value

    def mappings(self, name: str) -> list[dict[str, str]]:
        values = self.known.get(name) or []
        if not isinstance(values, list) or len(values) > 1_000:
            raise self.bad(name)
        for each in values:
            if not isinstance(each, dict) or not all(isinstance(value, str) for value in each.values()):
                raise self.bad(name)
        return values

    def contributors(self) -> tuple[Contributor, ...]:
        people = [
            Contributor(single_line(each.get("name", "")), cast(Role, each.get("role", "ctb")))
            for each in self.mappings("contributor")
        ]
        if not all(person.name and person.role in get_args(Role) for person in people):
            raise self.bad("contributor")
        return tuple(people)

    def subjects(self) -> tuple[Subject, ...]:
        subjects = [
            Subject(cast(SubjectScheme, each.get("scheme", "")), each.get("code", ""))
            for each in self.mappings("subject")
        ]
        if not all(_is_subject(subject) for subject in subjects):
            raise self.bad("subject")
        return tuple(subjects)

    def isbn(self, name: str) -> str:
        """13 digits; hyphens and spaces are left out."""
        digits = re.sub(r"[\s-]", "", self.line(name))
        if digits and not re.fullmatch(r"97[89]\d{10}", digits, re.ASCII):
            raise self.bad(name)
        return digits

    def day(self, name: str) -> date | None:
        value = self.line(name)
        try:
            return date.fromisoformat(value) if value else None
        except ValueError:
            raise self.bad(name) from None

    def identifier(self) -> uuid.UUID:
        """The book's own; where there is none, one that the same metadata always gives."""
        value = self.line("identifier")
        if not value:
            return uuid.uuid5(uuid.NAMESPACE_OID, repr(sorted(self.known.items(), key=str)))
        try:
            return uuid.UUID(value)
        except ValueError:
            raise self.bad("identifier") from None

    def bad(self, name: str) -> BadImport:
        return BadImport("field", member=single_line(self.member)[:120], field=name)


def _is_subject(subject: Subject) -> bool:
    return subject.scheme in get_args(SubjectScheme) and bool(
        re.fullmatch(r"[A-Z0-9-]{1,20}", subject.code, re.ASCII)
    )
