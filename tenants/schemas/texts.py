"""SQL text in which the name of a schema is left open, found where it names a schema and nowhere else.

Names inside values are values: a title that happens to read like a schema's name stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tenants.context import SCHEMA_NAME


class SchemaInValue(ValueError):
    """The schema's name stands where it is not the qualifier of a name, so another cannot take its place."""


@dataclass(frozen=True, slots=True)
class SchemaText:
    """Statements without the schema's name: what stands before, between and after its mentions."""

    parts: tuple[str, ...]

    def for_schema(self, schema: str) -> str:
        """The statements for this schema. Raises `ValueError` for what is not a schema's name."""
        if not SCHEMA_NAME.match(schema):
            raise ValueError(f"not the name of a schema: {schema!r}")
        return f'"{schema}"'.join(self.parts)


def without_schema(sql: str, schema: str, *, strict: bool = False) -> SchemaText:
    """Take a schema's name out of statements.

    It is taken from qualified names, from `CREATE SCHEMA` and from texts that `pg_get_serial_sequence` and
    its like read as names. With `strict` (for names that nothing else can be) any other mention raises
    `SchemaInValue`; without, it is left alone.
    """
    parts, end = [], 0
    for start, stop in _mentions(sql, schema):
        parts.append(sql[end:start])
        end = stop
    parts.append(sql[end:])
    if strict and any(schema in part for part in parts):
        raise SchemaInValue(f"the schema's name stands within a value: {_around(parts, schema)}")
    return SchemaText(tuple(parts))


_TOKENS = re.compile(
    r"""
      (?P<comment> --[^\n]* | /\*.*?\*/ )
    | (?P<quoted> "(?:[^"]|"")*" )
    | (?P<escaped> \b[eE]'(?:[^'\\]|\\.|'')*' )
    | (?P<literal> '(?:[^']|'')*' )
    | (?P<dollar> \$(?P<tag>(?:[^\W\d]\w*)?)\$ .*? \$(?P=tag)\$ )
    | (?P<word> [^\W\d][\w$]* )
    """,
    re.VERBOSE | re.DOTALL,
)
_NAME_FOLLOWS = re.compile(
    r"\b(?:pg_get_serial_sequence|setval|nextval|to_regclass)\s*\(\s*\Z", re.IGNORECASE
)
_IS_NAME = re.compile(r"\s*::\s*regclass\b", re.IGNORECASE)
_MAKES_SCHEMA = re.compile(r"\bCREATE\s+SCHEMA\s+\Z", re.IGNORECASE)


def _mentions(sql: str, schema: str) -> Iterator[tuple[int, int]]:
    """Where a schema is named, as (start, stop)."""
    for token in _TOKENS.finditer(sql):
        if token.lastgroup == "comment" and "/*" in token[0][2:]:
            raise SchemaInValue("a comment within a comment cannot be read here")
        if schema not in token[0]:
            continue
        if token[0] in (schema, f'"{schema}"'):
            if sql[token.end() : token.end() + 1] == "." or _MAKES_SCHEMA.search(sql, 0, token.start()):
                yield token.span()
        elif token["literal"] and _reads_as_name(sql, token):
            qualifier = re.match(rf"'(\"{schema}\"|{schema})\.", token[0])
            if qualifier:
                yield token.start() + qualifier.start(1), token.start() + qualifier.end(1)


def _reads_as_name(sql: str, token: re.Match[str]) -> bool:
    before = sql[max(0, token.start() - 60) : token.start()]
    return bool(_NAME_FOLLOWS.search(before) or _IS_NAME.match(sql, token.end()))


def _around(parts: list[str], schema: str) -> str:
    part = next(part for part in parts if schema in part)
    at = part.index(schema)
    return part[max(0, at - 40) : at + len(schema) + 20].replace(schema, "…")
