"""Django looks here for the backend of servers beside `default`."""

from __future__ import annotations

from typing import Any

from tenants.postgresql import base
from tenants.postgresql.enclosing import Enclosed

LOCK_TIMEOUT = 10_000  # milliseconds; no server sees two transactions that wait for each other on two servers


class DatabaseWrapper(Enclosed, base.DatabaseWrapper):
    def get_connection_params(self) -> dict[str, Any]:
        params = super().get_connection_params()
        if params.get("options"):  # else a pooler refuses any: the role has it as its own setting
            params["options"] += f" -c lock_timeout={LOCK_TIMEOUT}"
        return params
