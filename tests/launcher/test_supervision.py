"""Programs are kept up, given up on, and stopped in order."""

import os
import signal
import subprocess
import sys
import textwrap
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from launcher.places import ROOT
from launcher.refusals import Refusal
from launcher.supervision import Supervisor
from tests.launcher.ending import ended


@dataclass
class Script:
    """A shell script as a program; it is ready when its log says so."""

    name: str
    script: str
    log: Path
    stop_signal: signal.Signals = signal.SIGTERM
    environment: dict = field(default_factory=dict)
    mended: int = 0

    def prepare(self):
        pass

    def command(self):
        return ["/bin/sh", "-c", self.script]

    def is_ready(self, pid):
        return f"ready {pid}" in self.log.read_text()

    def mend(self):
        self.mended += 1


@pytest.fixture
def said():
    return []


@pytest.fixture
def supervisor(said):
    supervisor = Supervisor(say=said.append)
    yield supervisor
    supervisor.stop()


@pytest.fixture
def script(tmp_path):
    def make(name, text="echo ready $$; exec sleep 60"):
        return Script(name, text, tmp_path / f"{name}.log")

    return make


def only_child(supervisor):
    return supervisor.stages[-1][0]


def look_until(supervisor, condition):
    """Each round takes a moment of its own in `follow`, so that nothing here has to sleep."""
    for _ in range(200):
        if condition():
            return
        supervisor.follow(["/bin/sleep", "0.05"], environment={})
    pytest.fail("it never came to that")


def test_start_waits_until_all_are_ready(supervisor, script):
    programs = [script("quick"), script("slow", "sleep 0.4; echo ready $$; exec sleep 60")]
    supervisor.start(programs)
    assert all("ready" in program.log.read_text() for program in programs)


def test_program_that_is_killed_is_started_again_and_said(supervisor, script, said):
    program = script("worker")
    supervisor.start([program])
    first = only_child(supervisor).process.pid
    os.kill(first, signal.SIGKILL)
    look_until(supervisor, lambda: said and only_child(supervisor).is_ready)
    assert only_child(supervisor).process.pid != first
    assert said == [f"worker ended unasked (signal SIGKILL); starting it again in 0.2 s, see {program.log}."]
    assert program.mended == 1


def test_program_that_keeps_ending_is_given_longer_pauses(supervisor, script):
    supervisor.start([script("worker")])
    child = only_child(supervisor)
    pauses = [child.note_failure() for _ in range(10)]
    assert pauses == [0.25, 0.5, 1, 2, 4, 8, 16, 30, 30, 30]


def test_program_that_never_starts_is_given_up_with_its_last_words(supervisor, script, monkeypatch):
    monkeypatch.setattr("launcher.supervision.LONGEST_PAUSE", 0.01)
    program = script("worker", "echo; echo 'ImportError: no module named books'; echo; exit 3")
    with pytest.raises(Refusal) as caught:
        supervisor.start([program])
    assert str(caught.value) == (
        f"worker does not start (ImportError: no module named books): see {program.log}."
    )
    assert program.log.read_text().count("ImportError") == 6


def test_program_that_is_not_ready_in_time_is_given_up(supervisor, script, monkeypatch):
    monkeypatch.setattr("launcher.supervision.FIRST_START", 0.2)
    with pytest.raises(Refusal, match="worker is not ready after 0 s"):
        supervisor.start([script("worker", "exec sleep 60")])


def test_stop_ends_the_last_stage_first(supervisor, script, tmp_path):
    trace = tmp_path / "trace"
    trapping = f"trap 'echo $0 >> {trace}; exit' TERM; echo ready $$; while :; do sleep 0.02; done"
    for name in ("database", "web"):
        supervisor.start([script(name, trapping.replace("$0", name))])
    supervisor.stop()
    assert trace.read_text().split() == ["web", "database"]


def test_program_that_does_not_end_is_killed_with_what_it_started(supervisor, script, monkeypatch):
    monkeypatch.setattr("launcher.supervision.GRACE", 0.1)
    program = script(
        "stubborn", "trap '' TERM; sleep 61 & echo started $!; echo ready $$; wait; wait; sleep 60"
    )
    supervisor.start([program])
    started = int(program.log.read_text().split()[1])
    supervisor.stop()
    assert ended(started, within=10)


def test_follow_passes_on_status_surroundings_and_place(supervisor, tmp_path):
    command = ["/bin/sh", "-c", '[ "$WORD" = kept ] && [ "$(pwd)" = "$PLACE" ] && exit 7']
    assert supervisor.follow(command, environment={"WORD": "kept", "PLACE": str(tmp_path)}, cwd=tmp_path) == 7


def test_follow_tells_of_a_signal_as_a_shell_does(supervisor):
    assert supervisor.follow(["/bin/sh", "-c", "kill -KILL $$"], environment={}) == 128 + signal.SIGKILL


def test_long_log_gets_a_new_file(supervisor, script, monkeypatch):
    monkeypatch.setattr("launcher.supervision.LONGEST_LOG", 10)
    program = script("worker")
    program.log.write_text("what was said before\n")
    supervisor.start([program])
    assert "before" in program.log.with_suffix(".log.1").read_text()
    assert "before" not in program.log.read_text()


def test_ctrl_c_is_the_followed_commands_to_answer(tmp_path):
    """As in a shell of Django's, which goes on; what the launcher runs must outlive it."""
    code = textwrap.dedent(
        """
        import sys
        from launcher.supervision import Supervisor
        answer = "trap 'echo heard; read word; echo $word; exit 5' INT"
        shell = answer + "; echo ready; while :; do sleep 0.02; done"
        sys.exit(Supervisor(say=print).follow(["/bin/sh", "-c", shell], environment={}))
        """
    )
    with subprocess.Popen(
        [sys.executable, "-c", code], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout.readline() == "ready\n"
        process.send_signal(signal.SIGINT)
        assert process.stdout.readline() == "heard\n"
        process.stdin.write("still here\n")
        process.stdin.flush()
        assert process.stdout.readline() == "still here\n"
        assert process.wait(10) == 5
