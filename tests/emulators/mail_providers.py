"""The sending doors of SendGrid, Postmark and Mailgun on loopback, as strict as their documentation.

Sources: SendGrid v3 "Mail Send" (POST /v3/mail/send, 202), Postmark "Email API" (POST /email, 200 with
ErrorCode, 422 for 406 inactive recipient), Mailgun "Sending messages" (POST /v3/DOMAIN/messages as a form,
200 and an id).
"""

from __future__ import annotations

import base64
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

KEY = "SG.Test_Key-1"
DOMAIN = "mg.octavo.example"


@dataclass
class Taken:
    """A letter as the provider understood it."""

    to: str
    sender: str
    subject: str
    text: str
    html: str
    headers: dict[str, str]


@dataclass
class Providers:
    """All three at one address. `answer`, a status and a body, is what they say instead of taking letters."""

    url: str = ""
    taken: list[Taken] = field(default_factory=list)
    answer: tuple[int, dict[str, Any]] | None = None


class BadRequest(Exception):
    """What the vendor would answer with 400, or with the status given."""

    def __init__(self, reason: str, status: int = 400) -> None:
        super().__init__(reason)
        self.status = status


def sendgrid(path: str, headers: Any, body: bytes) -> tuple[Taken, int, dict[str, Any]]:
    if headers["Authorization"] != f"Bearer {KEY}":
        raise BadRequest("The provided authorization grant is invalid", 401)
    sent = json.loads(body)
    (person,) = sent["personalizations"]
    ((to),) = person["to"]
    parts = {part["type"]: part["value"] for part in sent["content"]}
    if list(parts) != ["text/plain", "text/html"]:
        raise BadRequest("text/plain must come first, then text/html")
    extra = {**sent.get("headers", {}), **person.get("headers", {})}
    subject = person.get("subject") or sent["subject"]
    letter = Taken(
        to["email"], sent["from"]["email"], subject, parts["text/plain"], parts["text/html"], extra
    )
    return letter, 202, {}


def postmark(path: str, headers: Any, body: bytes) -> tuple[Taken, int, dict[str, Any]]:
    if headers["X-Postmark-Server-Token"] != KEY:
        raise BadRequest("The Server Token you provided is invalid", 401)
    sent = json.loads(body)
    extra = {one["Name"]: one["Value"] for one in sent.get("Headers", [])}
    letter = Taken(sent["To"], sent["From"], sent["Subject"], sent["TextBody"], sent["HtmlBody"], extra)
    answer = {"To": sent["To"], "MessageID": "b7bc2f4a", "ErrorCode": 0, "Message": "OK"}
    return letter, 200, answer


def mailgun(path: str, headers: Any, body: bytes) -> tuple[Taken, int, dict[str, Any]]:
    if headers["Authorization"] != "Basic " + base64.b64encode(f"api:{KEY}".encode()).decode():
        raise BadRequest("Forbidden", 401)
    sent = _form(headers, body)
    extra = {name[2:]: value for name, value in sent.items() if name.startswith("h:")}
    letter = Taken(sent["to"], sent["from"], sent["subject"], sent["text"], sent["html"], extra)
    return letter, 200, {"id": f"<1@{DOMAIN}>", "message": "Queued. Thank you."}


def _form(headers: Any, body: bytes) -> dict[str, str]:
    kind = headers["Content-Type"]
    if kind.startswith("application/x-www-form-urlencoded"):
        return {name: values[0] for name, values in parse_qs(body.decode()).items()}
    parts = message_from_bytes(f"Content-Type: {kind}\r\n\r\n".encode() + body).get_payload()
    return {
        part.get_param("name", header="content-disposition"): part.get_payload(decode=True).decode()
        for part in parts
    }


DOORS = {
    "/v3/mail/send": sendgrid,
    "/email": postmark,
    f"/v3/{DOMAIN}/messages": mailgun,
}


@contextmanager
def running() -> Iterator[Providers]:
    providers = Providers()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            status, answer = self._answer(body)
            data = json.dumps(answer).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def _answer(self, body: bytes) -> tuple[int, dict[str, Any]]:
            if providers.answer:
                return providers.answer
            try:
                taken, status, answer = DOORS[self.path](self.path, self.headers, body)
            except (BadRequest, KeyError, ValueError) as error:
                return getattr(error, "status", 400), {"message": f"{type(error).__name__}: {error}"}
            providers.taken.append(taken)
            return status, answer

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    providers.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield providers
    finally:
        server.shutdown()
        server.server_close()
