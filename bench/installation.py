"""An installation to measure: its database, an organisation with a member, and the platform's processes."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

import psutil

if TYPE_CHECKING:
    from tenants.models import Membership, Organisation

ROOT = Path(__file__).resolve().parent.parent
_START = 60.0  # seconds in which a process must be ready


def prepare() -> None:
    """Set Django up and bring the database in step with the code. The environment names the servers."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    os.environ.setdefault("OCTAVO_LOG_LEVEL", "WARNING")
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate_organisations", verbosity=0)


def member_of_a_new_organisation(slug: str) -> Membership:
    """An organisation on a plan without a limit of books, and its owner."""
    from billing.models import Subscription
    from billing.plans import offered_plan
    from tenants.accounts.models import User
    from tenants.models import Membership
    from tenants.schemas.provisioning import create_organisation

    slug = f"{slug}-{os.getpid()}"
    owner = User.objects.create(email=f"{slug}@bench.example", name="Bench Marker")
    organisation = create_organisation(name=slug, slug=slug, owner=owner)
    Subscription.objects.filter(organisation=organisation).update(plan=offered_plan("PRO"))
    return Membership.objects.select_related("organisation", "user").get(organisation=organisation)


def set_cap(organisation: Organisation, calls: int) -> None:
    """How many calls the organisation may have in flight."""
    from jobs.models import OrganisationLane

    OrganisationLane.objects.update_or_create(
        organisation=organisation, lane="calls", defaults={"cap": calls}
    )


def commission(member: Membership, topic: str, chapters: int) -> UUID:
    """Ask for a book as the web app does; answers the id of its job."""
    from generation.commission import commission_book
    from tenants.context import entered

    with entered(member.organisation):
        _book, job = commission_book(
            membership=member, topic=topic, goal="Something to measure", kind="guide", chapters=chapters
        )
    job_id: UUID = job.pk
    return job_id


def adopt_settings(environment: Mapping[str, str]) -> None:
    """This process commissions the books, so it has to know the provider too."""
    from django.conf import settings

    for name, value in environment.items():
        setattr(settings, name, value)


@contextmanager
def provider(**options: Any) -> Iterator[Provider]:
    """The paced emulator in a process of its own."""
    words = [part for name, value in options.items() for part in (f"--{name.replace('_', '-')}", str(value))]
    command = [sys.executable, "-m", "tests.emulators.paced_openai", *words]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        yield Provider(int(process.stdout.readline()))
    finally:
        process.kill()
        process.wait()


class Provider:
    """What the emulator tells of itself."""

    def __init__(self, port: int) -> None:
        self.url = f"http://127.0.0.1:{port}/v1"
        self._account = f"http://127.0.0.1:{port}/calls"

    def account(self) -> dict[str, Any]:
        with urllib.request.urlopen(self._account) as answer:  # noqa: S310  # our own emulator
            account: dict[str, Any] = json.load(answer)
            return account

    def calls(self) -> list[dict[str, Any]]:
        calls: list[dict[str, Any]] = self.account()["calls"]
        return calls

    def environment(self, **more: str) -> dict[str, str]:
        """Settings under which books are written and their covers drawn by this provider."""
        return {
            "OPENAI_API_KEY": "bench",
            "OPENAI_BASE_URL": self.url,
            "OCTAVO_TEXT_PROVIDER": "openai",
            "OCTAVO_PICTURE_PROVIDER": "openai",
            **more,
        }


class Processes:
    """Processes of the platform, as `./octavo up` starts them, with what they cost."""

    def __init__(self, log: Path, environment: dict[str, str]) -> None:
        self._log = log
        self.environment = {**os.environ, "OCTAVO_LOG_LEVEL": "WARNING", **environment}
        self._running: dict[str, subprocess.Popen[bytes]] = {}

    def start(self, name: str, words: Sequence[str]) -> None:
        with (self._log / f"{name}.log").open("ab") as log:
            self._running[name] = subprocess.Popen(
                [sys.executable, *words], cwd=ROOT, env=self.environment, stdout=log, stderr=log
            )

    def pid(self, name: str) -> int:
        return self._running[name].pid

    def is_running(self, name: str) -> bool:
        return name in self._running and self._running[name].poll() is None

    def kill(self, name: str) -> None:
        """As the kernel kills: no warning."""
        self._running[name].kill()
        self._running.pop(name).wait()

    def show_logs(self, lines: int = 30) -> None:
        """Print the end of each log, for whoever has to find out what went wrong."""
        for log in sorted(self._log.glob("*.log")):
            print(f"--- {log.name}", *log.read_text().splitlines()[-lines:], sep="\n", file=sys.stderr)

    def stop(self) -> None:
        for process in self._running.values():
            process.terminate()
        for process in self._running.values():
            try:
                process.wait(15)
            except subprocess.TimeoutExpired:
                process.kill()
        self._running.clear()

    def processor_seconds(self) -> float:
        """Of all processes and their children, up to now."""
        return sum(_processor_seconds(process) for process in self._all())

    def memory_megabytes(self, name: str) -> float:
        return float(psutil.Process(self._running[name].pid).memory_info().rss) / 1e6

    def _all(self) -> Iterator[psutil.Process]:
        for running in self._running.values():
            process = psutil.Process(running.pid)
            yield process
            yield from process.children(recursive=True)


def worker_words(queues: str, name: str) -> tuple[str, ...]:
    """The command of a worker, taken from the launcher."""
    from launcher.processes import WORKER

    return (*WORKER, "--queues", queues, "--hostname", f"{name}@%h", "--loglevel", "WARNING")


def beat_words(schedule: Path) -> tuple[str, ...]:
    from launcher.processes import CELERY

    return (*CELERY, "beat", "--pidfile=", "--schedule", str(schedule), "--loglevel", "WARNING")


def wait_until(condition: Callable[[], Any], what: str, *, seconds: float = _START) -> Any:
    """Ask until the answer is true. Raises TimeoutError."""
    give_up_at = time.monotonic() + seconds
    while not (found := condition()):
        if time.monotonic() > give_up_at:
            raise TimeoutError(f"{what} not within {seconds:.0f} s")
        time.sleep(0.02)
    return found


def _processor_seconds(process: psutil.Process) -> float:
    try:
        times = process.cpu_times()
    except psutil.NoSuchProcess:
        return 0.0
    ended = times.children_user + times.children_system  # of children that have ended and been waited for
    return float(times.user + times.system + ended)


def free_port() -> int:
    """On loopback; nobody has it at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def is_open(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
