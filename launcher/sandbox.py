"""The stand-in for the payment gateway, for whoever has no account with one: no money moves.

It runs on this machine alone, beside a platform that is on this machine alone.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from launcher.embedded.valkey import free_port
from launcher.places import secret
from launcher.processes import LOOPBACK, PlatformProcess, is_free

NO = ("0", "no", "false", "off")


def sandbox_settings(data: Path, environment: Mapping[str, str], *, port: int) -> dict[str, str]:
    """What the platform needs to know of it; empty where there is a key, or where it is not wanted."""
    host = environment["OCTAVO_PUBLIC_HOST"].split(":")[0]
    unwanted = os.environ.get("PAYSTACK_SANDBOX", "").lower() in NO
    if os.environ.get("PAYSTACK_SECRET_KEY") or unwanted or not is_of_this_machine(host):
        return {}
    own_port = port + 1 if port < 65535 and is_free(port + 1) else free_port()
    return {
        "PAYSTACK_SANDBOX_URL": f"http://{host}:{own_port}",
        "PAYSTACK_SANDBOX_KEY": f"sk_test_{secret(data, 'paystack')}",
    }


def sandbox_process(data: Path, environment: Mapping[str, str]) -> list[PlatformProcess]:
    """One, or none where the settings name none."""
    url = environment.get("PAYSTACK_SANDBOX_URL")
    if not url:
        return []
    platform, port = f"http://{environment['OCTAVO_PUBLIC_HOST']}", int(url.rsplit(":", 1)[1])
    words = (
        "-m", "sandbox.paystack", "--port", str(port), "--url", url,
        "--webhook", f"{platform}/webhooks/paystack/", "--callback", f"{platform}/enter/",
        "--file", str(data / "paystack.json"),
    )  # fmt: skip
    return [PlatformProcess("sandbox", words, data / "log" / "sandbox.log", environment, port)]


def is_of_this_machine(host: str) -> bool:
    return host in ("localhost", LOOPBACK) or host.endswith(".localhost")
