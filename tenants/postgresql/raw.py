"""SQL written by hand, with its tables qualified like the ORM's."""

from __future__ import annotations

import re

from tenants.postgresql.binding import own_text
from tenants.postgresql.names import OrganisationTable, TableName
from tenants.postgresql.registry import known_table

_TABLE = re.compile(r"\{(\w+)\}")


def sql(text: str) -> str:
    """Replace each `{table}` by its qualified name, for the organisation entered now.

    `sql("SELECT count(*) FROM {books_book}")` gives `SELECT count(*) FROM "t_..."."books_book"`.
    Braces that do not enclose a single word stay. Raises `UnknownTable` for a table that no model has and
    `NoOrganisation` for an organisation's table outside any. What names an organisation's table is refused
    where another is entered: it is not for keeping.
    """
    named: list[TableName] = []

    def qualified(match: re.Match[str]) -> str:
        named.append(known_table(match[1]))
        return named[-1].qualified

    made = _TABLE.sub(qualified, text)
    own = next((table for table in named if isinstance(table, OrganisationTable)), None)
    return made if own is None else own_text(made, own.schema)
