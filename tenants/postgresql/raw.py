"""SQL written by hand, with its tables qualified like the ORM's."""

from __future__ import annotations

import re

from tenants.postgresql.registry import known_table

_TABLE = re.compile(r"\{(\w+)\}")


def sql(text: str) -> str:
    """Replace each `{table}` by its qualified name, for the organisation entered now.

    `sql("SELECT count(*) FROM {books_book}")` gives `SELECT count(*) FROM "t_..."."books_book"`.
    Braces that do not enclose a single word stay. Raises `UnknownTable` for a table that no model has and
    `NoOrganisation` for an organisation's table outside any.
    """
    return _TABLE.sub(lambda match: known_table(match[1]).qualified, text)
