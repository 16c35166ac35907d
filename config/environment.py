"""Typed readers of environment variables, which refuse nonsense when the process starts."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Sequence
from ipaddress import ip_address
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

HOST_NAME = re.compile(r"[a-z0-9][a-z0-9.-]*\Z")
YES = {"1", "true", "yes", "on"}
NO = {"0", "false", "no", "off"}


class BadSetting(ImproperlyConfigured):
    """An environment variable holds something that cannot be meant."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"{name} {reason}")


def text(name: str, default: str = "") -> str:
    return os.environ.get(name, "").strip() or default


def flag(name: str, default: bool = False) -> bool:
    value = text(name).lower()
    if not value:
        return default
    if value not in YES | NO:
        raise BadSetting(name, f"must be yes or no, not {value!r}")
    return value in YES


def numbers(name: str) -> dict[str, int]:
    """Numbers by name, as `FREE=60,PRO=600`."""
    pairs = [pair.partition("=") for pair in text(name).split(",") if pair.strip()]
    try:
        return {key.strip(): int(value) for key, _equals, value in pairs}
    except ValueError:
        raise BadSetting(name, f"must be numbers by name, as FREE=60,PRO=600, not {text(name)!r}") from None


def integer(name: str, default: int, *, least: int = 0, most: int | None = None) -> int:
    value = text(name)
    try:
        number = int(value) if value else default
    except ValueError:
        raise BadSetting(name, f"must be a whole number, not {value!r}") from None
    if number < least or (most is not None and number > most):
        bounds = f"at least {least}" if most is None else f"from {least} to {most}"
        raise BadSetting(name, f"must be {bounds}, not {number}")
    return number


def choice(name: str, default: str, allowed: Sequence[str]) -> str:
    value = text(name, default)
    if value not in allowed:
        raise BadSetting(name, f"must be one of {', '.join(allowed)}, not {value!r}")
    return value


def folder(name: str, default: Path) -> Path:
    return Path(text(name, str(default))).expanduser().resolve()


def address(name: str, default: str, schemes: Sequence[str]) -> SplitResult:
    """A URL with one of the schemes. The message never repeats the value, which may hold a password."""
    return _parsed(name, text(name, default), schemes)


def _parsed(name: str, url: str, schemes: Sequence[str]) -> SplitResult:
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        raise BadSetting(name, "is not an address") from None
    if parts.scheme not in schemes:
        raise BadSetting(name, f"must begin with {' or '.join(f'{scheme}:' for scheme in schemes)}")
    return parts


def one_of_servers(name: str, known: Sequence[str]) -> str:
    """The name of a server, or nothing."""
    value = text(name)
    if value and value not in known:
        raise BadSetting(name, f"must be one of {', '.join(known)}, not {value!r}")
    return value


def server_weights(name: str, known: Sequence[str]) -> dict[str, int]:
    """The share of new organisations that each server takes, as `default=1,north=3`; 1 where none is said."""
    given = numbers(name)
    if unknown := set(given) - set(known):
        raise BadSetting(name, f"names no server of ours: {', '.join(sorted(unknown))}")
    weights = {server: given.get(server, 1) for server in known}
    if min(weights.values()) < 0 or not any(weights.values()):
        raise BadSetting(name, "must be numbers from 0, at least one above 0")
    return weights


def host(name: str, default: str) -> str:
    """A host name with or without a port, in lower case."""
    value = text(name, default).lower()
    try:
        parts = urlsplit(f"//{value}")
        port = parts.port
    except ValueError:
        raise BadSetting(name, f"is not a host name: {value!r}") from None
    name_and_port = f"{parts.hostname}:{port}" if port else parts.hostname
    if value != name_and_port or not HOST_NAME.match(str(parts.hostname)):
        raise BadSetting(name, f"must be a host name such as octavo.example or localhost:8000, not {value!r}")
    return value


def servers(name: str, *, port: int) -> list[tuple[str, int]]:
    """Numeric addresses with or without a port, separated by commas: `127.0.0.1:5353,[::1]`."""
    return [_server(name, value.strip(), port) for value in text(name).split(",") if value.strip()]


def addresses(name: str) -> list[str]:
    """Numeric addresses, separated by commas."""
    try:
        return [str(ip_address(value.strip())) for value in text(name).split(",") if value.strip()]
    except ValueError:
        raise BadSetting(name, "must be numeric addresses such as 203.0.113.7") from None


def _server(name: str, value: str, port: int) -> tuple[str, int]:
    try:
        parts = urlsplit(f"//{value}")
        return str(ip_address(parts.hostname or "")), parts.port or port
    except ValueError:
        raise BadSetting(name, f"must be numeric addresses such as 127.0.0.1:5353, not {value!r}") from None


DATABASE_OPTIONS = ("sslmode", "sslrootcert", "sslcert", "sslkey", "connect_timeout", "application_name")


SERVER_NAME = re.compile(r"[a-z][a-z0-9_]{0,31}\Z")


def database(name: str) -> dict[str, Any]:
    """`postgresql://user:password@host:port/database?sslmode=...`; `?host=/folder` is a socket's folder."""
    if not text(name):
        return {"NAME": ""}  # said by the backend when something first connects
    return _database(name, text(name))


def database_servers(name: str) -> dict[str, dict[str, Any]]:
    """Further databases by name, separated by spaces: `north=postgresql://... south=postgresql://...`.

    No message repeats an address, which may hold a password.
    """
    found: dict[str, dict[str, Any]] = {}
    for pair in text(name).split():
        server, equals, url = pair.partition("=")
        if not equals or not SERVER_NAME.match(server):
            raise BadSetting(
                name,
                "must be name=postgresql://... with spaces between; a name has up to 32 of a-z, 0-9 and _, "
                "a letter first",
            )
        if server == "default":
            raise BadSetting(name, "cannot name a server default: that is the one of DATABASE_URL")
        if server in found:
            raise BadSetting(name, f"names the server {server} twice")
        found[server] = _database(f"{name} ({server})", url)
        _refuse_same_place(name, server, found)
    return found


def _refuse_same_place(name: str, server: str, found: dict[str, dict[str, Any]]) -> None:
    """Two names for one database would let an organisation be moved onto itself."""
    place = _place_of(found[server])
    for other, settings in [*found.items(), ("default", database("DATABASE_URL"))]:
        if other != server and _place_of(settings) == place:
            raise BadSetting(name, f"gives {server} the same database as {other}")


def _place_of(settings: dict[str, Any]) -> tuple[Any, ...]:
    return settings.get("HOST"), settings.get("PORT") or "5432", settings["NAME"]


def _database(name: str, url: str) -> dict[str, Any]:
    parts = _parsed(name, url, ("postgresql", "postgres"))
    options = dict(parse_qsl(parts.query))
    place = options.pop("host", "") or unquote(parts.hostname or "")
    if unknown := set(options) - set(DATABASE_OPTIONS):
        raise BadSetting(name, f"has unknown options: {', '.join(sorted(unknown))}")
    if not parts.path.strip("/"):
        raise BadSetting(name, "names no database")
    return {
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": place,
        "PORT": str(parts.port or ""),
        "OPTIONS": options,
    }


def redis(name: str, default: str) -> str:
    """The address of Redis or Valkey, as the redis client reads it; `unix://` for a socket."""
    return address(name, default, ("redis", "rediss", "unix")).geturl()


def celery_broker(redis_url: str) -> str:
    """Celery spells a socket's address in its own way."""
    parts = urlsplit(redis_url)
    if parts.scheme != "unix":
        return redis_url
    number = dict(parse_qsl(parts.query)).get("db", "0")
    return f"redis+socket://{parts.netloc}{parts.path}?virtual_host={number}"


MAIL_SCHEMES = ("smtp", "smtps", "smtp+tls", "console", "file", "sendgrid", "postmark", "mailgun", "ses")


def email(name: str, default: str) -> dict[str, Any]:
    """Django's e-mail settings, from one of:

    - `smtp://user:password@host:port`, `smtps://` (TLS from the start), `smtp+tls://` (STARTTLS);
    - `sendgrid://KEY`, `postmark://TOKEN`, `mailgun://KEY@domain`; SendGrid and Mailgun with `?region=eu`;
    - `ses://KEY:SECRET@eu-west-1`, or `ses://eu-west-1` with the machine's own credentials;
    - `console:` (printed) or `file:///folder` (a file for each message).

    Characters that an address cannot hold are percent-encoded. No message repeats the value.
    """
    parts = address(name, default, MAIL_SCHEMES)
    readers: dict[str, Callable[[], dict[str, Any]]] = {
        "console": lambda: {"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"},
        "file": lambda: {
            "EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend",
            "EMAIL_FILE_PATH": unquote(parts.path),
        },
        "sendgrid": lambda: _sendgrid(name, parts),
        "postmark": lambda: _anymail("postmark", {"POSTMARK_SERVER_TOKEN": _credential(name, parts)}),
        "mailgun": lambda: _mailgun(name, parts),
        "ses": lambda: _ses(name, parts),
    }
    known = {"sendgrid": {"region"}, "mailgun": {"region"}, "ses": {"endpoint"}}.get(parts.scheme, set())
    if unknown := set(dict(parse_qsl(parts.query))) - known:
        raise BadSetting(name, f"has unknown options: {', '.join(sorted(unknown))}")
    read = readers.get(parts.scheme)
    return read() if read else _smtp(name, parts)


def _smtp(name: str, parts: SplitResult) -> dict[str, Any]:
    if not parts.hostname:
        raise BadSetting(name, "names no mail server")
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or {"smtp": 25, "smtps": 465, "smtp+tls": 587}[parts.scheme],
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_USE_TLS": parts.scheme == "smtp+tls",
    }


def _sendgrid(name: str, parts: SplitResult) -> dict[str, Any]:
    host = {"us": "api.sendgrid.com", "eu": "api.eu.sendgrid.com"}[_region(name, parts)]
    options = {"SENDGRID_API_KEY": _credential(name, parts), "SENDGRID_API_URL": f"https://{host}/v3/"}
    return _anymail("sendgrid", options)


def _mailgun(name: str, parts: SplitResult) -> dict[str, Any]:
    if not parts.hostname or not parts.username:
        raise BadSetting(name, "must be mailgun://KEY@domain")
    host = {"us": "api.mailgun.net", "eu": "api.eu.mailgun.net"}[_region(name, parts)]
    return _anymail(
        "mailgun",
        {
            "MAILGUN_API_KEY": unquote(parts.username),
            "MAILGUN_SENDER_DOMAIN": parts.hostname,
            "MAILGUN_API_URL": f"https://{host}/v3",
        },
    )


def _ses(name: str, parts: SplitResult) -> dict[str, Any]:
    """Without a key, boto3 finds credentials in the environment or asks the machine for its role's."""
    if bool(parts.username) != bool(parts.password):
        raise BadSetting(name, "must be ses://KEY:SECRET@region, or ses://region without a key")
    client: dict[str, Any] = {
        "region_name": parts.hostname,
        "aws_access_key_id": unquote(parts.username or "") or None,
        "aws_secret_access_key": unquote(parts.password or "") or None,
        "endpoint_url": dict(parse_qsl(parts.query)).get("endpoint"),
    }
    # The outbox tries again by itself, with growing waits.
    limits = {"connect_timeout": 10, "read_timeout": 20, "retries": {"max_attempts": 0}}  # seconds
    given = {key: value for key, value in client.items() if value}
    return _anymail("amazon_ses", {"AMAZON_SES_CLIENT_PARAMS": {**given, "config": limits}})


def _anymail(provider: str, options: dict[str, Any]) -> dict[str, Any]:
    timeouts = (10, 20)  # seconds: to connect, to answer
    return {
        "EMAIL_BACKEND": f"anymail.backends.{provider}.EmailBackend",
        "ANYMAIL": {"REQUESTS_TIMEOUT": timeouts, **options},
    }


def _credential(name: str, parts: SplitResult) -> str:
    """The key in the place of the host; capitals are kept, as they are not in `hostname`."""
    key = unquote(parts.netloc)
    if not key or parts.path.strip("/") or any(mark in parts.netloc for mark in "@:"):
        raise BadSetting(name, f"must be {parts.scheme}://KEY and nothing else")
    return key


def _region(name: str, parts: SplitResult) -> str:
    region = dict(parse_qsl(parts.query)).get("region", "us")
    if region not in ("us", "eu"):
        raise BadSetting(name, "must have region=us or region=eu")
    return region


def secret_key(name: str, file: Path) -> str:
    """The key from the environment, else from the data folder, where the first start makes one."""
    value = text(name)
    if value:
        if len(value) < 32:
            raise BadSetting(name, "must be at least 32 characters long")
        return value
    return _kept_key(name, file)


def _kept_key(name: str, file: Path) -> str:
    import secrets

    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(descriptor, "w") as handle:
            handle.write(secrets.token_urlsafe(48))
    except FileExistsError:
        pass
    except OSError as error:
        raise BadSetting(name, f"is not set and {file} cannot be written: {error.strerror}") from error
    key = file.read_text().strip()
    if len(key) < 32:
        raise BadSetting(name, f"is not set and {file} does not hold a key: delete that file")
    return key
