"""A mail server on loopback (aiosmtpd) that keeps what it takes."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller

PATIENCE = 30  # seconds


class Inbox:
    """What was taken, oldest first. `refusal` is what the server answers instead of taking anything."""

    def __init__(self) -> None:
        self.messages: list[EmailMessage] = []
        self.refusal = ""
        self.address = ""
        self._came = threading.Condition()

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        if self.refusal:
            return self.refusal
        with self._came:
            self.messages.append(message_from_bytes(envelope.content, policy=policy.default))
            self._came.notify_all()
        return "250 Message accepted for delivery"

    def to(self, address: str) -> list[EmailMessage]:
        return [message for message in self.messages if message["To"] == address]

    def wait_for(self, address: str, *, number: int = 1) -> EmailMessage:
        """The letter of that number to somebody, once it has come. Raises TimeoutError."""
        with self._came:
            if not self._came.wait_for(lambda: len(self.to(address)) >= number, timeout=PATIENCE):
                subjects = [(message["To"], message["Subject"]) for message in self.messages]
                raise TimeoutError(f"no letter {number} to {address}, but {subjects}")
            return self.to(address)[number - 1]


def text_of(message: EmailMessage) -> str:
    """The part in plain text."""
    body = message.get_body(preferencelist=("plain",))
    assert body is not None
    return str(body.get_content())


@contextmanager
def running() -> Iterator[Inbox]:
    inbox = Inbox()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(inbox, hostname="127.0.0.1", port=port)
    controller.start()
    inbox.address = f"127.0.0.1:{port}"
    try:
        yield inbox
    finally:
        controller.stop()
