"""Which hosts lead anywhere at all, for while strangers ask for many that do not.

A host that is not in memory costs a query. So that names made up by the thousand cost none, a process looks
up `LOOK_UPS` a second at most; while it is asked for more, it reads the names of all hosts that there are, in
one query every few seconds, and looks up those alone.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Final

from django.db.models import F, Value
from django.db.models.functions import Concat

from tenants.context import in_public
from tenants.models import Domain, FormerAddress, Organisation

LOOK_UPS: Final = 50  # a second, in each process
NAMES_LIVE: Final = 5.0  # seconds, and until an organisation has changed


class KnownHosts:
    """The names of all hosts, read while there is need of them: about 100 bytes for each."""

    def __init__(self, platform_host: Callable[[], str], changes: Callable[[], int]) -> None:
        self._platform_host = platform_host
        self._changes = changes  # how many were heard of
        self._second = 0
        self._looked_up = 0
        self._names: frozenset[str] = frozenset()
        self._read_at = float("-inf")
        self._read_after = -1  # so many changes
        self._reading = threading.Lock()

    def may_lead_somewhere(self, host: str) -> bool:
        """Whether it is worth a query."""
        second = int(time.monotonic())
        if second != self._second:
            self._second, self._looked_up = second, 0
        self._looked_up += 1
        if self._looked_up <= LOOK_UPS:
            return True
        with self._reading:
            if not self._are_fresh():
                self._read()
            return host in self._names

    def _are_fresh(self) -> bool:
        age = time.monotonic() - self._read_at
        return age < NAMES_LIVE and self._read_after == self._changes()

    def _read(self) -> None:
        after = self._changes()
        below = Concat(F("slug"), Value(f".{self._platform_host()}"))
        hosts = Domain.objects.values_list("domain")
        slugs = Organisation.objects.values_list(below)
        former = FormerAddress.objects.values_list(below)
        with in_public():
            self._names = frozenset(name for (name,) in hosts.union(slugs, former, all=True))
        self._read_at, self._read_after = time.monotonic(), after
