"""psql, as `manage dbshell` starts it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.backends.postgresql import client

from tenants.context import current_or_none


class DatabaseClient(client.DatabaseClient):
    @classmethod
    def settings_to_cmd_args_env(
        cls, settings_dict: dict[str, Any], parameters: Iterable[str]
    ) -> tuple[list[str], dict[str, str] | None]:
        """Inside an organisation its tables are `:own.books_book`; its schema stays off the search_path."""
        inside = current_or_none()
        variable = [f'--set=own="{inside.schema}"'] if inside else []
        return super().settings_to_cmd_args_env(settings_dict, [*variable, *parameters])
