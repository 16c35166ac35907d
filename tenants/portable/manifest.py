"""`manifest.json`: what an archive says of itself, and how it is told that it is ours and unaltered."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Final
from uuid import UUID

from django.conf import settings

FORMAT: Final = 1  # raised when a reader of the one before would misunderstand an archive
NAME: Final = "manifest.json"
PEOPLE: Final = "public/people.jsonl"
OTHERS: Final = "public/others.jsonl"
FILES: Final = "files.jsonl"
FILE: Final = ("path", "name", "content_type", "size", "sha256")  # what a line of files.jsonl has
PERSON: Final = ("id", "email", "name", "language", "time_zone")  # and one of people.jsonl
PARTICULARS: Final = frozenset(  # of the organisation
    {"id", "name", "slug", "language", "time_zone", "accent", "status", "personal", "created_at", "schema"}
)
MOST_BYTES: Final = 16 * 1024 * 1024  # of a manifest


class NotAnArchive(ValueError):
    """The file is no archive of an organisation, or not a whole one; the message says what is wrong."""


class Newer(NotAnArchive):
    """The archive was made by a version that this one does not understand."""


class Tampered(NotAnArchive):
    """What is in the archive is not what was written into it."""


@dataclass(frozen=True, slots=True)
class Member:
    """One member with rows or lines. `columns` in their order in it; `size` in bytes, unpacked."""

    member: str
    rows: int
    size: int
    sha256: str
    table: str = ""
    model: str = ""  # of a shared table
    columns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Manifest:
    """`organisation` has its particulars, `state` the migrations that its schema and public had.

    `tables` are those of its schema, `public` its rows of shared tables. `files` counts the lines of
    `files.jsonl`, `files_size` their bytes, and `missing` has the paths of files that could not be had.
    """

    product_version: str
    made_at: str
    organisation: Mapping[str, Any]
    state: Mapping[str, Any]
    tables: tuple[Member, ...]
    public: tuple[Member, ...]
    people: Member
    others: Member
    file_list: Member
    files: int
    files_size: int
    missing: tuple[str, ...] = ()
    format: int = FORMAT
    extra: Mapping[str, Any] = field(default_factory=dict)

    def members(self) -> tuple[Member, ...]:
        return (*self.tables, *self.public, self.people, self.others, self.file_list)


def written(manifest: Manifest) -> bytes:
    """As it is put into the archive, with its signature."""
    told = {"product": "octavo", **asdict(manifest)}
    told["signature"] = {"by": _signer(), "hmac_sha256": _signature(told)}
    return json.dumps(told, indent=1, ensure_ascii=False).encode()


@dataclass(frozen=True, slots=True)
class Read:
    """A manifest as read; `ours` where this installation has signed it; `digest` is its SHA-256."""

    manifest: Manifest
    ours: bool
    digest: str


def read(data: bytes) -> Read:
    """Raises `NotAnArchive`, `Newer`, `Tampered`."""
    try:
        told = json.loads(data)
        product, format = told["product"], int(told["format"])
    except (ValueError, KeyError, TypeError) as error:
        raise NotAnArchive("its manifest cannot be read") from error
    if product != "octavo":
        raise NotAnArchive("it is no archive of Octavo's")
    if format > FORMAT:
        raise Newer(
            f"it has format {format}, made by Octavo {told.get('product_version', '?')};"
            f" this version reads up to {FORMAT}: update this installation first"
        )
    signature = told.pop("signature", None)
    signature = signature if isinstance(signature, dict) else {}
    ours = signature.get("by") == _signer()
    if ours and not hmac.compare_digest(str(signature.get("hmac_sha256")), _signature(told)):
        raise Tampered("its manifest was altered after this installation had signed it")
    try:
        return Read(_manifest(told), ours, hashlib.sha256(data).hexdigest())
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise NotAnArchive("its manifest lacks what this format has") from error


def _manifest(told: dict[str, Any]) -> Manifest:
    told = {name: value for name, value in told.items() if name != "product"}
    _check(told)
    many = {name: tuple(_member(one) for one in told[name]) for name in ("tables", "public")}
    single = {name: _member(told[name]) for name in ("people", "others", "file_list")}
    return Manifest(**{**told, **many, **single, "missing": tuple(told["missing"])})


def _check(told: dict[str, Any]) -> None:
    """What is read of it later. Raises whatever comes of looking it up."""
    if missing := PARTICULARS - told["organisation"].keys():
        raise KeyError(*missing)
    UUID(str(told["organisation"]["id"]))
    for _app, _name in told["state"]["migrations"]:
        pass


def _member(told: dict[str, Any]) -> Member:
    return Member(**{**told, "columns": tuple(told["columns"])})


def _signature(told: Mapping[str, Any]) -> str:
    canonical = json.dumps(told, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    return hmac.new(_key(), canonical, hashlib.sha256).hexdigest()


def _signer() -> str:
    """Tells installations apart, and nothing of the key."""
    return hashlib.sha256(b"octavo archive signer" + _key()).hexdigest()[:16]


def _key() -> bytes:
    return hashlib.sha256(b"octavo archive" + settings.SECRET_KEY.encode()).digest()
