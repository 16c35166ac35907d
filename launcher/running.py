"""The whole platform on one machine: set up, servers, processes."""

from __future__ import annotations

import contextlib
import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from launcher import frontend, translations
from launcher.embedded.identity import as_child
from launcher.holding import publish
from launcher.installing import SLUG, DemoAccess, demo_access
from launcher.notices import step
from launcher.places import ROOT
from launcher.processes import platform_processes, require_free
from launcher.refusals import Refusal
from launcher.sandbox import sandbox_process, sandbox_settings
from launcher.servers import servers
from launcher.supervision import Supervisor


@dataclass(frozen=True)
class Running:
    """A platform that answers, and how to reach it."""

    supervisor: Supervisor
    environment: Mapping[str, str]
    data: Path
    port: int

    @property
    def access(self) -> DemoAccess:
        return demo_access(self.data)

    @property
    def organisation_host(self) -> str:
        return f"{SLUG}.{self.environment['OCTAVO_PUBLIC_HOST']}"

    def welcome(self) -> str:
        host = self.environment["OCTAVO_PUBLIC_HOST"]
        return f"""
Octavo is ready: http://{host} (Ctrl-C stops it)

  Make books     http://{self.organisation_host}
                 as {self.access.member}, password {self.access.member_password}
  Run it         http://{host}/console/
                 as {self.access.operator}, password {self.access.operator_password}
{self.payments()}  E-mails        {self.data / "mail"}
  Logs           {self.data / "log"}
"""

    def payments(self) -> str:
        """A line on the sandbox, where there is one."""
        url = self.environment.get("PAYSTACK_SANDBOX_URL")
        return f"  Payments       {url}  a sandbox, in which no money moves\n" if url else ""


@contextlib.contextmanager
def platform(data: Path, *, port: int) -> Iterator[Running]:
    """Everything that is needed, set up and started; stopped at the end. Raises Refusal."""
    frontend.ensure()
    translations.ensure()
    require_free(port)
    with servers(data, port=port) as (supervisor, environment):
        environment.update(sandbox_settings(data, environment, port=port))
        publish(data, environment)
        install(data, environment)
        with step("Starting the platform"):
            first, second = platform_processes(data=data, environment=environment, port=port)
            supervisor.start(first)
            supervisor.start(second + sandbox_process(data, environment))
        yield Running(supervisor, environment, data, port)


def install(data: Path, environment: Mapping[str, str]) -> None:
    """Database, static files and the demonstration's people, where the code has changed since last time.

    A database that is not ours may have been changed or restored meanwhile, so it is always looked at.
    """
    stamp = data / "installed.stamp"
    digest = installed_digest()
    if "DATABASE_URL" not in os.environ and stamp.exists() and stamp.read_text() == digest:
        return
    log = data / "log" / "install.log"
    with step("Preparing the database and the pages"), log.open("ab") as file:
        done = subprocess.run(
            as_child([sys.executable, "-m", "launcher.installing"]), cwd=ROOT, env=os.environ | environment,
            stdin=subprocess.DEVNULL, stdout=file, stderr=file, check=False,
        )  # fmt: skip
    if done.returncode != 0:
        lines = [line for line in log.read_text(errors="replace").splitlines() if line.strip()]
        raise Refusal(
            f"The database could not be prepared ({lines[-1] if lines else 'no reason'}): see {log}."
        )
    stamp.write_text(digest)


def installed_digest() -> str:
    """Of the migrations, the models that they mirror, the static files and the packages."""
    digest = hashlib.sha256()
    patterns = (
        "*/migrations/*.py",
        "*/*/migrations/*.py",
        "*/static/**/*",
        "config/*.py",
        "tenants/schemas/artifact.py",
    )
    paths = {path for pattern in patterns for path in ROOT.glob(pattern) if path.is_file()}
    for path in sorted(paths | {ROOT / "web/static/built/.stamp", ROOT / "requirements/base.txt"}):
        if "node_modules" not in path.parts:
            digest.update(f"{path.relative_to(ROOT)}\n".encode())
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()
