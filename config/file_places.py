"""Where members' files may be kept, read from the environment: one place, or several that have names."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from config.environment import BadSetting, address, choice, text

Entry = dict[str, Any]  # of Django's STORAGES: {"BACKEND": dotted path, "OPTIONS": {...}}

DEFAULT = "default"  # the place that FILES_URL names
SCHEMES = ("file", "s3", "s3+https", "gs", "azure", "azure+https")
_NAME = re.compile(r"[a-z][a-z0-9-]{0,31}\Z")
_CDN = {"cdn", "cdn_key"}
_KNOWN = {
    "file": set[str](),
    "s3": {"region"} | _CDN,
    "gs": {"credentials", "endpoint"} | _CDN,
    "azure": _CDN,
}


def file_places(*, default: Path) -> dict[str, Entry]:
    """Entries for STORAGES: "files" from FILES_URL, and "files-NAME" for each `NAME=ADDRESS` of FILES_PLACES,
    which are separated by spaces. An address is one of:

    - `file:///folder`;
    - `s3://key:secret@host:port/bucket` (`s3+https://` over TLS) or, at Amazon, `s3://key:secret@/bucket` and
      `s3:///bucket` with the machine's own credentials; `?region=eu-west-1`;
    - `gs://bucket?credentials=/file.json`, or with the machine's own credentials; `&endpoint=` elsewhere;
    - `azure://account:key@/container`, or `azure://account:key@host:port/container` elsewhere than at Azure.

    `cdn=https://host` has links begin with that; `cdn_key=` says how they are signed: `public` not at all,
    `cloudfront:KEY-ID:/key.pem`, or `google:KEY-NAME:KEY`. Characters that an address cannot hold are
    percent-encoded. No message repeats an address, which may hold a key.
    """
    found = {"files": file_storage("FILES_URL", default)}
    for word in text("FILES_PLACES").split():
        name, equals, written = word.partition("=")
        if not equals or not _NAME.match(name) or name == DEFAULT or f"files-{name}" in found:
            raise BadSetting("FILES_PLACES", "must be NAME=ADDRESS, each name once, in small letters")
        found[f"files-{name}"] = _entry(f"FILES_PLACES ({name})", _parts(f"FILES_PLACES ({name})", written))
    return found


def chosen_place(places: Mapping[str, Entry]) -> str:
    """The place of organisations for which none was chosen: that of FILES_PLACE, else of FILES_URL."""
    names = [DEFAULT, *(name.removeprefix("files-") for name in places if name.startswith("files-"))]
    return choice("FILES_PLACE", DEFAULT, names)


def file_storage(name: str, default: Path) -> Entry:
    """The entry for the address in one variable; `default` is the folder where it is not set."""
    return _entry(name, address(name, default.as_uri(), SCHEMES))


def _parts(name: str, written: str) -> SplitResult:
    try:
        parts = urlsplit(written)
        _ = parts.port
    except ValueError:
        raise BadSetting(name, "is not an address") from None
    if parts.scheme not in SCHEMES:
        raise BadSetting(name, f"must begin with {' or '.join(f'{scheme}:' for scheme in SCHEMES)}")
    return parts


def _entry(name: str, parts: SplitResult) -> Entry:
    kind = parts.scheme.partition("+")[0]
    asked = dict(parse_qsl(parts.query))
    if unknown := set(asked) - _KNOWN[kind]:
        raise BadSetting(name, f"has unknown options: {', '.join(sorted(unknown))}")
    readers: dict[str, Callable[[str, SplitResult, dict[str, str]], Entry]] = {
        "file": _folder,
        "s3": _s3,
        "gs": _google,
        "azure": _azure,
    }
    entry = readers[kind](name, parts, asked)
    if kind != "file":
        entry["OPTIONS"]["cdn"] = _cdn(name, asked)
    return entry


def _folder(name: str, parts: SplitResult, asked: dict[str, str]) -> Entry:
    if parts.netloc or not parts.path.startswith("/"):
        raise BadSetting(name, "must be file:///folder, with the whole path")
    return {"BACKEND": "storage.places.disk.Disk", "OPTIONS": {"location": unquote(parts.path)}}


def _s3(name: str, parts: SplitResult, asked: dict[str, str]) -> Entry:
    """Without a key, boto3 finds credentials in the environment or asks the machine for its role's."""
    if bool(parts.username) != bool(parts.password):
        raise BadSetting(name, "has a key without its secret, or a secret without its key")
    options = {
        "bucket_name": _container(name, parts, "bucket"),
        "access_key": unquote(parts.username or "") or None,
        "secret_key": unquote(parts.password or "") or None,
        "region_name": asked.get("region") or ("us-east-1" if parts.hostname else None),
        "endpoint_url": _endpoint(parts) if parts.hostname else None,
        "addressing_style": "path" if parts.hostname else "auto",
    }
    return {"BACKEND": "storage.places.s3.S3", "OPTIONS": options}


def _google(name: str, parts: SplitResult, asked: dict[str, str]) -> Entry:
    if not parts.netloc or parts.path.strip("/") or any(mark in parts.netloc for mark in "@:"):
        raise BadSetting(name, "must be gs://bucket, with the service account's key file in ?credentials=")
    key_file = asked.get("credentials")
    if key_file and not Path(key_file).is_file():
        raise BadSetting(name, f"names a file of credentials that is not there: {key_file}")
    options = {"bucket_name": parts.netloc, "key_file": key_file, "endpoint": asked.get("endpoint")}
    return {"BACKEND": "storage.places.google.Google", "OPTIONS": options}


def _azure(name: str, parts: SplitResult, asked: dict[str, str]) -> Entry:
    if not parts.username or not parts.password:
        raise BadSetting(name, "must hold the storage account and its key: azure://account:key@/container")
    options = {
        "azure_container": _container(name, parts, "container"),
        "account_name": unquote(parts.username),
        "account_key": unquote(parts.password),
        "endpoint": _endpoint(parts) if parts.hostname else None,
    }
    return {"BACKEND": "storage.places.azure.Azure", "OPTIONS": options}


def _container(name: str, parts: SplitResult, called: str) -> str:
    found = parts.path.strip("/")
    if not found:
        raise BadSetting(name, f"names no {called}")
    if "/" in found:
        raise BadSetting(name, f"names a folder in its {called}: it has to be a {called} of its own")
    return unquote(found)


def _endpoint(parts: SplitResult) -> str:
    port = f":{parts.port}" if parts.port else ""
    return f"{'https' if parts.scheme.endswith('+https') else 'http'}://{parts.hostname}{port}"


def _cdn(name: str, asked: dict[str, str]) -> tuple[str, ...] | None:
    """(base address, "public"), or (base address, "cloudfront" or "google", name of the key, key)."""
    if not _CDN & set(asked):
        return None
    base, key = asked.get("cdn", "").rstrip("/"), asked.get("cdn_key", "").split(":", 2)
    if not base.startswith("https://"):
        raise BadSetting(name, "must have cdn=https://host beside cdn_key")
    if key == ["public"]:
        return base, "public"
    if len(key) != 3 or key[0] not in ("cloudfront", "google"):
        raise BadSetting(
            name,
            "must have cdn_key=public, cdn_key=cloudfront:KEY-ID:/key.pem or cdn_key=google:KEY-NAME:KEY",
        )
    if key[0] == "cloudfront" and not Path(key[2]).is_file():
        raise BadSetting(name, f"names a key that is not there: {key[2]}")
    return base, *key
