"""Asking an AI service of the organisation’s own whether it is there and knows the key: it costs nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import httpx
from asgiref.sync import async_to_sync
from django.utils.translation import gettext as _

from generation.models import OwnProvider
from generation.own_providers import Service, Wishes, checked, key_for
from generation.providers.crewai.client import CrewClient
from generation.providers.crewai.config import CrewConfig
from generation.providers.crewai.inputs import INSTRUCTION, unknown_inputs
from generation.providers.errors import ProviderError, ProviderMisconfigured
from tenants import outgoing

_MOST_BYTES = 4 * 1024 * 1024  # a list of models can be long


@dataclass(frozen=True, slots=True)
class Trial:
    """Whether it would work, and what it is that was found, as a sentence or two."""

    works: bool
    told: str


def try_out(*, purpose: str, wishes: Wishes, known: OwnProvider | None) -> Trial:
    """Ask the service, as it would be set up. Raises `InvalidProvider`; within 15 seconds or so."""
    wishes = checked(purpose=purpose, wishes=wishes, known=known)
    try:
        key = key_for(wishes=wishes, known=known)
    except ProviderMisconfigured:
        return Trial(False, _("The key that is known can no longer be read. Type it again."))
    return _try_crew(wishes, key) if wishes.service == Service.CREWAI else _try_models(wishes, key)


def _try_models(wishes: Wishes, key: str) -> Trial:
    headers = {"Authorization": f"Bearer {key}", "Accept": "application/json"}
    try:
        with outgoing.client(most_bytes=_MOST_BYTES) as http:
            answer = http.get(f"{wishes.address}/models", headers=headers)
        listed = _models(answer)
    except httpx.HTTPError:
        return _nothing_there()
    if answer.status_code in (401, 403):
        return _wrong_key()
    if answer.status_code != 200 or listed is None:
        return Trial(False, _("Something answers there, but it does not speak OpenAI’s protocol."))
    if wishes.model not in listed:
        told = _("The key is accepted, but “%(model)s” is not among the models that it lists.")
        return Trial(False, told % {"model": wishes.model})
    return Trial(True, _("It works: the key is accepted, and the model is there."))


def _try_crew(wishes: Wishes, key: str) -> Trial:
    config = CrewConfig(wishes.address, key, guarded=True)
    try:
        wanted: tuple[str, ...] = async_to_sync(CrewClient(config).inputs)()
    except ProviderError as error:
        return _trial_of(error)
    if unknown := unknown_inputs(wanted):
        told = _("The crew answers, but asks for what a book does not have: %(names)s.")
        return Trial(False, told % {"names": _names(unknown)})
    told = _("It works. The crew asks for: %(names)s.") % {"names": _names(wanted)}
    if INSTRUCTION not in wanted:
        told += " " + _("It writes whole books only: without an input called “instruction”, no chapter anew.")
    return Trial(True, told)


def _trial_of(error: ProviderError) -> Trial:
    if error.code == "wrong_key":
        return _wrong_key()
    if error.code == "crew_not_found":
        return Trial(False, _("There is no crew at this address."))
    if error.code == "unusable_answer":
        return Trial(False, _("Something answers there, but it is no crew."))
    return _nothing_there()


def _models(answer: httpx.Response) -> set[str] | None:
    """The names of the models; None for an answer that is no list of them."""
    try:
        data: Any = answer.json()
        return {str(model["id"]) for model in data["data"]}
    except (ValueError, LookupError, TypeError, RecursionError):
        return None


def _names(names: list[str] | tuple[str, ...]) -> str:
    return ", ".join(name[:60] for name in names[:20])


def _wrong_key() -> Trial:
    return Trial(False, _("It answers, but does not accept the key."))


def _nothing_there() -> Trial:
    return Trial(False, _("Nothing answers at this address."))
