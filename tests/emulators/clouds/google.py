"""What Google checks before it answers, for fake-gcs-server, which checks nothing.

- the service account: developers.google.com/identity/protocols/oauth2/service-account#httprest
- signed links: cloud.google.com/storage/docs/authentication/canonical-requests and .../signatures
"""

from __future__ import annotations

import hashlib
import http.client
import json
import secrets
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any, Final
from urllib.parse import parse_qs, parse_qsl, quote, urlsplit

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from google.auth import jwt

ACCOUNT: Final = "octavo@tests.iam.gserviceaccount.com"


class Door(ThreadingHTTPServer):
    """Lets through to the server at `to` who has a token or a signed link of the account that it knows."""

    daemon_threads = True

    def __init__(self, *, to: int) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.to = to
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.token = secrets.token_urlsafe()
        Thread(target=self.serve_forever, daemon=True).start()

    def credentials(self, key: rsa.RSAPrivateKey | None = None) -> str:
        """The file of the account's key, as the console hands it out; or of another key, by that name."""
        pem = (key or self.key).private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        told = {
            "type": "service_account",
            "project_id": "tests",
            "private_key_id": "1",
            "private_key": pem.decode(),
            "client_email": ACCOUNT,
            "token_uri": f"http://127.0.0.1:{self.server_port}/token",
        }
        return json.dumps(told)

    def public_key(self) -> bytes:
        return self.key.public_key().public_bytes(
            serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
        )


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Door

    def _answer(self) -> None:
        body = self._body()
        if len(body) < int(self.headers.get("Content-Length", 0)):
            self.close_connection = True  # it was cut
        elif self.path == "/token":
            self._give_token(body)
        elif "X-Goog-Signature" in self.path:
            fault = self._fault_of_link()
            self._refuse(*fault) if fault else self._pass_on(body)
        elif self.headers.get("Authorization") == f"Bearer {self.server.token}":
            self._pass_on(body)
        else:
            self._refuse(401, "Invalid Credentials")

    do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = do_PATCH = _answer

    def _body(self) -> bytes:
        if self.headers.get("Transfer-Encoding") != "chunked":
            return self.rfile.read(int(self.headers.get("Content-Length", 0)))
        body = b""
        while size := int(self.rfile.readline().split(b";")[0], 16):
            body += self.rfile.read(size)
            self.rfile.readline()
        self.rfile.readline()
        return body

    def _give_token(self, body: bytes) -> None:
        try:
            claims: Any = jwt.decode(
                parse_qs(body.decode())["assertion"][0], certs=self.server.public_key(), verify=True
            )
        except ValueError as error:
            told = {"error": "invalid_grant", "error_description": f"Invalid JWT Signature. {error}"}
            self._send(400, json.dumps(told).encode(), "application/json")
            return
        assert claims["iss"] == ACCOUNT
        told = {"access_token": self.server.token, "expires_in": 3600, "token_type": "Bearer"}
        self._send(200, json.dumps(told).encode(), "application/json")

    def _fault_of_link(self) -> tuple[int, str] | None:
        parts = urlsplit(self.path)
        asked = dict(parse_qsl(parts.query, keep_blank_values=True))
        signature = bytes.fromhex(asked.pop("X-Goog-Signature"))
        begun = datetime.strptime(asked["X-Goog-Date"], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
        if datetime.now(UTC) > begun + timedelta(seconds=int(asked["X-Goog-Expires"])):
            return 400, "ExpiredToken"
        names = asked["X-Goog-SignedHeaders"].split(";")
        canonical = "\n".join(
            [
                self.command,
                parts.path,
                "&".join(f"{quote(name, safe='~')}={quote(asked[name], safe='~')}" for name in sorted(asked)),
                *(f"{name}:{self.headers[name]}" for name in names),
                "",
                asked["X-Goog-SignedHeaders"],
                "UNSIGNED-PAYLOAD",
            ]
        )
        scope = asked["X-Goog-Credential"].partition("/")[2]
        digest = hashlib.sha256(canonical.encode()).hexdigest()
        signed = f"GOOG4-RSA-SHA256\n{asked['X-Goog-Date']}\n{scope}\n{digest}"
        try:
            self.server.key.public_key().verify(
                signature, signed.encode(), padding.PKCS1v15(), hashes.SHA256()
            )
        except InvalidSignature:
            return 403, "SignatureDoesNotMatch"
        return None

    def _pass_on(self, body: bytes) -> None:
        behind = http.client.HTTPConnection("127.0.0.1", self.server.to)
        headers = {name: value for name, value in self.headers.items() if name != "Transfer-Encoding"}
        behind.request(self.command, self.path, body, {**headers, "Content-Length": str(len(body))})
        answer = behind.getresponse()
        self.send_response(answer.status)
        content = answer.read()
        for name, value in answer.getheaders():
            if name.lower() not in ("transfer-encoding", "content-length", "connection"):
                self.send_header(name, self._asked_for(name, value))
        self.send_header("Content-Length", answer.getheader("Content-Length") or str(len(content)))
        self.end_headers()
        self.wfile.write(content)
        behind.close()

    def _asked_for(self, name: str, value: str) -> str:
        """What a signed link asks for takes the place of what the object says of itself."""
        asked = dict(parse_qsl(urlsplit(self.path).query))
        return asked.get(f"response-{name.lower()}", value) if "X-Goog-Signature" in asked else value

    def _refuse(self, status: int, code: str) -> None:
        self._send(status, f"<Error><Code>{code}</Code></Error>".encode(), "application/xml")

    def _send(self, status: int, content: bytes, content_type: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: Any) -> None:
        pass
