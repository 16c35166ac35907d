"""Cursors that send no organisation's SQL while another is entered."""

from __future__ import annotations

from typing import Any

from django.db.backends.postgresql.base import CursorDebugWrapper
from django.db.backends.utils import CursorWrapper

from tenants.postgresql.binding import refuse_texts


class Cursor(CursorWrapper):
    def execute(self, sql: Any, params: Any = None) -> Any:
        if type(sql) is not str:
            refuse_texts([sql])
        return self._execute_with_wrappers(sql, params, many=False, executor=self._execute)

    def executemany(self, sql: Any, param_list: Any) -> Any:
        refuse_texts([sql])
        return super().executemany(sql, param_list)


class DebugCursor(CursorDebugWrapper):
    """The same where statements are recorded."""

    def execute(self, sql: Any, params: Any = None) -> Any:
        refuse_texts([sql])
        return super().execute(sql, params)

    def executemany(self, sql: Any, param_list: Any) -> Any:
        refuse_texts([sql])
        return super().executemany(sql, param_list)
