"""A connection to a server that can be cut in the middle of what is sent."""

from __future__ import annotations

import socket
import struct
import threading
from contextlib import suppress


class Wire:
    """Passes on what it gets at `port`. `cut_after` is how many bytes a connection may send before its reset;
    `cut_answers_after` how many it may get; `cuts` how many more are to be, `broken` how many were."""

    def __init__(self, *, to: int) -> None:
        self.cut_after: int | None = None
        self.cut_answers_after: int | None = None
        self.cuts: int | None = None
        self.broken = 0
        self._to = to
        self._ears = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._ears.getsockname()[1]
        threading.Thread(target=self._listen, daemon=True).start()

    def stop(self) -> None:
        self._ears.close()

    def _listen(self) -> None:
        with suppress(OSError):  # closed
            while True:
                near, _address = self._ears.accept()
                try:
                    far = socket.create_connection(("127.0.0.1", self._to))
                except OSError:
                    near.close()
                    continue
                threading.Thread(target=self._up, args=(near, far), daemon=True).start()
                threading.Thread(target=self._down, args=(near, far), daemon=True).start()

    def heal(self) -> None:
        self.cut_after = self.cut_answers_after = self.cuts = None

    def _up(self, near: socket.socket, far: socket.socket) -> None:
        sent = 0
        with suppress(OSError):
            while data := near.recv(16 * 1024):
                sent += len(data)
                if self._is_to_be_cut(sent, self.cut_after):
                    _reset(near)
                    _reset(far)
                    return
                far.sendall(data)
        with suppress(OSError):
            far.shutdown(socket.SHUT_WR)

    def _is_to_be_cut(self, passed: int, most: int | None) -> bool:
        if most is None or passed <= most or self.cuts == 0:
            return False
        self.broken += 1
        self.cuts = None if self.cuts is None else self.cuts - 1
        return True

    def _down(self, near: socket.socket, far: socket.socket) -> None:
        got = 0
        with suppress(OSError):
            while data := far.recv(64 * 1024):
                got += len(data)
                if self._is_to_be_cut(got, self.cut_answers_after):
                    _reset(near)
                    _reset(far)
                    return
                near.sendall(data)
        for end in (near, far):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()


def _reset(end: socket.socket) -> None:
    """Not a farewell but a reset, as a lost network shows itself."""
    with suppress(OSError):
        end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        end.shutdown(socket.SHUT_RDWR)
    end.close()
