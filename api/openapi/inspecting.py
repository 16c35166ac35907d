"""How drf-spectacular reads our views: names, chapters, summaries, scopes and what is deprecated."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from drf_spectacular.openapi import AutoSchema
from drf_spectacular.plumbing import get_doc

from api.deprecation import Farewell, farewell_of
from api.openapi.tags import tag_of
from api.openapi.wording import SUMMARIES
from api.parameters import parameters_of
from api.permissions import resource_of
from tenants.api_keys.scopes import scope_for

PREFIX = "/api/v1/"
KEY, SESSION = "apiKey", "session"  # the names of the security schemes
STORED = "x-stored"  # whether an operation reads or writes kept files; for ourselves
_THOUGHT = re.compile(r"(?<=\.)\s+(?=[A-Z0-9`])|(?:[;,]|\band)\s+(?=(?:GET|POST|PUT|PATCH|DELETE) )")
_OF_METHOD = re.compile(r"(GET|POST|PUT|PATCH|DELETE) ")
# What is read there is no thing that has a state, so that its address names what is done.
_DOINGS = {"download", "pdf", "events", "first-pages"}


class Inspector(AutoSchema):
    """An operation's id is its address in words and what is done there: `books_list`,
    `books_chapters_update`, `jobs_cancel`."""

    def get_operation(self, *args: Any, **kwargs: Any) -> dict[str, Any] | None:
        operation: dict[str, Any] | None = super().get_operation(*args, **kwargs)
        if operation is not None:
            operation["security"] = [{KEY: self._scopes()}, {SESSION: []}]
            operation["x-required-scopes"] = self._scopes()
            operation[STORED] = (getattr(self.view, "action", "") or "") in getattr(self.view, "stored", ())
            if farewell := self._farewell():
                operation["x-sunset"] = farewell.sunset.isoformat()
        return operation

    def get_operation_id(self) -> str:
        return "_".join([*(part.replace("-", "_") for part in self.parts), *self._verb()])

    def get_tags(self) -> list[str]:
        return [tag_of(self.parts)]

    def get_summary(self) -> str:
        """From the method's docstring, whose sentences begin with PUT where they are about that alone."""
        if said := SUMMARIES.get(self.get_operation_id()):
            return said
        thoughts = _THOUGHT.split(get_doc(self._method()) or "")
        for thought in thoughts:
            if thought.startswith(f"{self.method} "):
                return _as_order(thought.removeprefix(f"{self.method} "))
        if thoughts[0] and not _OF_METHOD.match(thoughts[0]) and not self._is_shared():
            return _as_title(thoughts[0])
        return self._plain_summary()

    def get_override_parameters(self) -> list[Any]:
        return parameters_of(self.view, self.method)

    def get_auth(self) -> list[dict[str, list[str]]]:
        return []  # said in `get_operation`, for all operations alike

    def is_deprecated(self) -> bool:
        return self._farewell() is not None

    @property
    def parts(self) -> list[str]:
        """The fixed parts of the address."""
        every = self.path.removeprefix(PREFIX).strip("/").split("/")
        return [part for part in every if not part.startswith("{")]

    def _verb(self) -> list[str]:
        """What a method does there; nothing more is said where the address names it, as in `jobs_cancel`."""
        if self.method == "GET" and self.parts[-1] in _DOINGS:
            return []
        if self.method == "GET":
            return ["list"] if self._is_list_view() else ["retrieve"]
        if self.method == "POST":
            return ["create"] if self._reads_too() or getattr(self.view, "action", "") == "create" else []
        if self.method == "PUT":
            return ["replace"] if self._has("patch") else ["update"]
        return ["update"] if self.method == "PATCH" else ["delete"]

    def _plain_summary(self) -> str:
        names = [part.replace("-", " ") for part in self.parts]
        verb = next(iter(self._verb()), "")
        if verb == "list":
            return f"List {names[-1]}"
        does = {
            "retrieve": "Read",
            "create": "Make",
            "update": "Change",
            "replace": "Set",
            "delete": "Delete",
        }
        thing = re.sub(r"(ch|x)es$", r"\1", re.sub(r"ies$", "y", names[-1])).removesuffix("s")
        return f"{does.get(verb, 'Do')} {'the' if thing == names[-1] else 'a'} {thing}"

    def _is_shared(self) -> bool:
        """Whether what is said of the method is about reading, and this is about writing."""
        actions: dict[str, str] = getattr(self.view, "action_map", None) or {}
        reads = actions.get("get")
        return self.method != "GET" and reads is not None and reads == actions[self.method.lower()]

    def _reads_too(self) -> bool:
        return self._has("get")

    def _has(self, method: str) -> bool:
        """Whether the same address answers to another method."""
        actions: dict[str, str] | None = getattr(self.view, "action_map", None)
        return method in actions if actions else hasattr(self.view, method)

    def _method(self) -> object:
        return getattr(self.view, getattr(self.view, "action", None) or self.method.lower(), None)

    def _farewell(self) -> Farewell | None:
        return farewell_of(self._method())

    def _scopes(self) -> Sequence[str]:
        resource = resource_of(self.view)
        return [] if resource is None else [scope_for(resource, self.method)]


def _as_title(thought: str) -> str:
    """Up to its first colon, without its full stop."""
    return re.split(r"[:;.]\s", re.sub(r"\s+", " ", thought.replace("`", "")))[0].rstrip(".;:, ")


def _as_order(thought: str) -> str:
    """“saves another text” as “Save another text”."""
    verb, _space, rest = thought.partition(" ")
    plain = re.sub(r"(?<=[^aeious])ies$", "y", verb).removesuffix("s").capitalize()
    return _as_title(f"{plain} {rest}")
