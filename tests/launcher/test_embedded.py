"""The embedded servers, really started, and what they survive."""

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import psutil
import psycopg
import pytest
import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from launcher.embedded import identity
from launcher.embedded.identity import Identity, as_child
from launcher.embedded.leftovers import has_ended
from launcher.embedded.postgresql import PostgreSQL
from launcher.places import ROOT
from tests.launcher.ending import ended

HOLDER = Path(__file__).parent / "holder.py"
NOBODY = 65534


@dataclass
class Holding:
    """A process that runs the servers, and what it told."""

    process: subprocess.Popen
    environment: dict
    pids: dict

    @property
    def database(self):
        return self.environment["DATABASE_URL"]

    def broker(self):
        return redis.Redis.from_url(self.environment["REDIS_URL"])

    def stop(self):
        self.process.send_signal(signal.SIGINT)
        assert self.process.wait(30) == 0, self.process.stderr.read()

    def kill(self):
        """As if the machine's memory had run out: nothing gets to clean up."""
        self.process.kill()
        self.process.wait()


@pytest.fixture
def hold():
    with contextlib.ExitStack() as stack:

        def start(data, *, wrapper=(), python=sys.executable, **environment):
            process = subprocess.Popen(
                [*wrapper, python, str(HOLDER), str(data)],
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
                cwd="/",
                env=without_servers() | environment,
            )
            stack.callback(end, process)
            line = process.stdout.readline()
            assert line, process.stderr.read()
            return Holding(process, **json.loads(line))

        yield start


def without_servers():
    return {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "REDIS_URL")}


def end(process):
    if process.poll() is None:
        process.send_signal(signal.SIGINT)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(20)
    process.kill()
    for stream in (process.stdout, process.stderr):
        stream.close()


def remember(url, word):
    with psycopg.connect(url) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS kept (word text)")
        connection.execute("INSERT INTO kept VALUES (%s)", [word])


def remembered(url):
    with psycopg.connect(url) as connection:
        return [word for (word,) in connection.execute("SELECT word FROM kept")]


def test_servers_start_stop_and_keep_their_data(hold, tmp_path):
    first = hold(tmp_path / "data")
    remember(first.database, "kept")
    first.broker().set("word", "kept")
    first.stop()

    second = hold(tmp_path / "data")
    assert remembered(second.database) == ["kept"]
    assert second.broker().get("word") == b"kept"


def test_role_owns_its_database_and_nothing_more(hold, tmp_path):
    with psycopg.connect(hold(tmp_path / "data").database, autocommit=True) as connection:
        role = connection.execute(
            "SELECT rolsuper, rolcreatedb, rolcreaterole FROM pg_roles WHERE rolname = current_user"
        ).fetchone()
        connection.execute("CREATE EXTENSION pg_trgm")  # a trusted one, as on managed services
        locks = connection.execute("SHOW max_locks_per_transaction").fetchone()
        durable = [
            connection.execute(f"SHOW {name}").fetchone()[0] for name in ("fsync", "synchronous_commit")
        ]
    assert role == (False, True, False)
    assert locks == ("256",)
    assert durable == ["on", "on"]


def test_servers_refuse_whoever_does_not_know_the_password(hold, tmp_path):
    running = hold(tmp_path / "data")
    with pytest.raises(psycopg.OperationalError, match="password"):
        psycopg.connect(running.database, password="wrong")
    port = urlsplit(running.environment["REDIS_URL"]).port
    with pytest.raises(redis.AuthenticationError):
        redis.Redis(port=port, retry=Retry(NoBackoff(), 0)).ping()


def test_only_the_owner_can_read_secrets_and_addresses(hold, tmp_path):
    data = tmp_path / "data"
    hold(data)
    secrets = [*data.glob("secrets/*"), data / "valkey" / "valkey.conf"]
    assert len(secrets) == 4
    assert {path.stat().st_mode & 0o777 for path in secrets} == {0o600}
    assert data.stat().st_mode & 0o777 == 0o700


def test_second_start_on_the_same_data_is_refused_in_one_sentence(hold, tmp_path):
    first = hold(tmp_path / "data")
    again = [sys.executable, HOLDER, tmp_path / "data"]
    done = subprocess.run(again, env=without_servers(), capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr == (
        f"Octavo is already running on {tmp_path}/data (process {first.process.pid}): stop it with Ctrl-C "
        "where it runs, or set OCTAVO_DATA to another folder.\n"
    )
    remember(first.database, "unharmed")


def test_servers_end_with_a_killed_command_and_recover_at_the_next_start(hold, tmp_path):
    first = hold(tmp_path / "data")
    remember(first.database, "saved")
    first.kill()
    assert all(ended(pid) for pid in first.pids.values())

    assert remembered(hold(tmp_path / "data").database) == ["saved"]


@pytest.mark.parametrize("server", ["PostgreSQL", "Valkey"])
def test_killed_server_is_started_again_at_the_same_address(hold, tmp_path, server):
    running = hold(tmp_path / "data")
    remember(running.database, "saved")
    running.broker().set("word", "saved")

    os.kill(running.pids[server], signal.SIGKILL)
    notice = running.process.stderr.readline()
    assert notice.startswith(f"{server} ended unasked (signal SIGKILL); starting it again in 0.2 s, see ")
    until_it_answers(running)

    assert remembered(running.database) == ["saved"]
    running.stop()


def test_what_a_killed_server_left_running_ends_before_the_next_one_starts(hold, tmp_path):
    """Two servers on one data folder lose what either commits."""
    running = hold(tmp_path / "data")
    with contextlib.suppress(psycopg.OperationalError), psycopg.connect(running.database) as connection:
        backend = psutil.Process(connection.info.backend_pid)
        backend.suspend()  # it cannot see that its parent has gone
        os.kill(running.pids["PostgreSQL"], signal.SIGKILL)
        running.process.stderr.readline()
        until_it_answers(running)
        assert has_ended(backend, within=0.1)


def until_it_answers(running):
    """Connects again and again for at most 20 s; each refusal takes a moment."""
    pause = threading.Event()
    for _ in range(200):
        try:
            psycopg.connect(running.database).close()
            running.broker().ping()
        except (psycopg.OperationalError, redis.RedisError):
            pause.wait(0.1)
        else:
            return
    pytest.fail("the server did not come back")


def test_servers_that_outlived_their_command_are_stopped_first(hold, tmp_path):
    """As on macOS, where nothing ends them with the command."""
    data = tmp_path / "data"
    first = hold(data)
    remember(first.database, "saved")
    first.stop()
    server = PostgreSQL(data)
    orphan = subprocess.Popen(
        [word for word in server.command() if word not in ("--parent", str(os.getpid()))],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    with orphan:
        while not server.is_ready(orphan.pid):
            assert orphan.poll() is None
        second = hold(data)
        assert orphan.wait(20) == 0
        assert remembered(second.database) == ["saved"]


def test_pid_file_of_a_crash_whose_number_belongs_to_another_process(hold, tmp_path):
    data = tmp_path / "data"
    hold(data).stop()
    bystander = subprocess.Popen([shutil.which("sleep"), "60"])
    try:
        for pid_file in (data / "postgresql" / "postmaster.pid", data / "valkey" / "valkey.pid"):
            pid_file.write_text(f"{bystander.pid}\n{data}/postgresql\n1\n5432\n\n\n\nready\n")
        remember(hold(data).database, "started")
        assert bystander.poll() is None
    finally:
        bystander.kill()
        bystander.wait()


def test_half_made_cluster_is_made_again(hold, tmp_path):
    half_made = tmp_path / "data" / "postgresql.new"
    half_made.mkdir(parents=True)
    (half_made / "PG_VERSION").write_text("18\n")
    remember(hold(tmp_path / "data").database, "started")
    assert not half_made.exists()


def test_damaged_broker_file_is_set_aside(hold, tmp_path):
    data = tmp_path / "data"
    first = hold(data)
    first.broker().set("word", "lost")
    first.stop()
    damaged = next((data / "valkey" / "appendonlydir").glob("*.incr.aof"))
    damaged.write_bytes(b"*3\r\n$3\r\nnonsense" + damaged.read_bytes())

    second = hold(data)
    assert second.broker().get("word") is None
    assert (data / "valkey.damaged").exists()


def test_long_path_with_blanks_and_accents(hold, tmp_path):
    data = tmp_path.joinpath(*["très long dossier, vraiment"] * 5) / "data"
    running = hold(data)
    remember(running.database, "reached")
    socket_folder = Path(psycopg.conninfo.conninfo_to_dict(running.database)["host"])
    assert not socket_folder.is_relative_to(tmp_path)
    assert socket_folder.stat().st_mode & 0o777 == 0o700
    running.stop()
    shutil.rmtree(socket_folder)


@pytest.mark.skipif(os.geteuid() != 0, reason="becomes another user")
@pytest.mark.parametrize("options", [("--namespace",), ("--uid",)])
def test_root_runs_postgresql_as_a_lesser_user(tmp_path, monkeypatch, options):
    chosen = Identity((*options, str(NOBODY)), owner=NOBODY if options == ("--uid",) else None)
    if not identity.works(chosen):
        pytest.skip(f"this machine does not allow {options[0]}")
    tmp_path.chmod(0o700)  # as /root is: a lesser user may not pass
    monkeypatch.setattr("launcher.embedded.postgresql.ordinary_identity", lambda: chosen)
    for _ in range(2):
        server = PostgreSQL(tmp_path / "data", throw_away=True)
        server.prepare()
        process = subprocess.Popen(server.command(), stderr=subprocess.DEVNULL)
        with process:
            while not server.is_ready(process.pid):
                assert process.poll() is None
            remember(server.url, "written")
            process.send_signal(server.stop_signal)
        assert process.returncode == 0
    assert (tmp_path / "data" / "postgresql").stat().st_uid == (NOBODY if options == ("--uid",) else 0)


@pytest.mark.skipif(os.geteuid() != 0, reason="becomes another user")
def test_ordinary_user_runs_both_servers(hold):
    drop = (shutil.which("setpriv"), "--reuid", str(NOBODY), "--regid", str(NOBODY), "--clear-groups")
    python = shutil.which("python3", path="/usr/local/bin:/usr/bin")
    place = Path(tempfile.mkdtemp(prefix="octavo-user-"))
    try:
        os.chown(place, NOBODY, NOBODY)
        if not can_run(drop, python):
            pytest.skip("an ordinary user cannot reach this clone and its packages")
        packages = os.pathsep.join(path for path in sys.path if path.endswith("site-packages"))
        running = hold(place / "data", wrapper=drop, python=python, PYTHONPATH=packages, HOME="/nonexistent")
        remember(running.database, "written")
        assert (place / "data" / "postgresql").stat().st_uid == NOBODY
        running.stop()
    finally:
        shutil.rmtree(place)


def can_run(drop, python):
    """Whether that user has the same kind of Python and may read the clone: not so in /root."""
    version = f"import sys; sys.exit(sys.version_info[:2] != {sys.version_info[:2]})"
    if python is None or drop[0] is None:
        return False
    reads = [*drop, "test", "-r", str(ROOT / "launcher" / "servers.py")]
    packages = [*drop, "test", "-r", psutil.__file__]
    tries = ([*drop, python, "-c", version], reads, packages)
    return all(
        subprocess.run(one, capture_output=True, cwd="/", check=False).returncode == 0 for one in tries
    )


def test_child_ends_with_its_parent(tmp_path):
    """Also when the parent is killed between two instructions."""
    code = (
        "import subprocess, sys; from launcher.embedded.identity import as_child; "
        "child = subprocess.Popen(as_child(['/bin/sleep', '60'])); print(child.pid, flush=True); child.wait()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, cwd=ROOT
    ) as parent:
        pid = int(parent.stdout.readline())
        assert psutil.pid_exists(pid)
        parent.kill()
        assert ended(pid)


def test_child_of_a_parent_that_is_gone_never_starts(tmp_path):
    command = as_child(["/bin/sh", "-c", f"touch {tmp_path}/started"])
    command[command.index("--parent") + 1] = "1"
    assert subprocess.run(command, check=False).returncode == 1
    assert not (tmp_path / "started").exists()
