"""When the environment is set up, when it is left alone, and what is said when it cannot be."""

import json

import pytest

from launcher import environment
from launcher.refusals import Refusal


@pytest.fixture
def place(tmp_path, monkeypatch):
    """A clone of its own, whose environment counts how often it is installed."""
    (tmp_path / "requirements").mkdir()
    for name in ("base", "dev"):
        (tmp_path / "requirements" / f"{name}.txt").write_text(f"{name}==1\n")
    scripts = tmp_path / ".venv" / "bin"
    scripts.mkdir(parents=True)
    (scripts / "python").touch()
    monkeypatch.delenv("OCTAVO_PYTHON", raising=False)
    monkeypatch.setattr(environment, "ROOT", tmp_path)
    monkeypatch.setattr(environment, "VAR", tmp_path / "var")
    monkeypatch.setattr(environment, "ENVIRONMENT", tmp_path / ".venv")
    monkeypatch.setattr(environment, "PYTHON", scripts / "python")
    monkeypatch.setattr(environment, "STAMP", tmp_path / ".venv" / "octavo-stamp.json")
    return tmp_path


def stamp(lock):
    environment.STAMP.write_text(json.dumps(environment.wanted(lock)))


def test_environment_is_in_step_only_with_its_own_lock(place):
    assert not environment.is_in_step("base")
    stamp("base")
    assert environment.is_in_step("base")
    assert not environment.is_in_step("dev")


def test_environment_of_development_serves_for_running(place):
    stamp("dev")
    assert environment.is_in_step("base")
    assert environment.is_in_step("dev")


@pytest.mark.parametrize("change", ["lock", "interpreter", "half-written stamp", "moved clone"])
def test_environment_is_set_up_again_after_a_change(place, monkeypatch, change):
    stamp("base")
    if change == "lock":
        (place / "requirements" / "base.txt").write_text("base==2\n")
    elif change == "interpreter":
        environment.PYTHON.unlink()
    elif change == "half-written stamp":
        environment.STAMP.write_text('{"lock": "ba')
    else:
        monkeypatch.setattr(environment, "ENVIRONMENT", place / "elsewhere" / ".venv")
    assert not environment.is_in_step("base")


def test_full_disk_is_said_before_anything_is_fetched(place, monkeypatch):
    monkeypatch.setattr(environment, "SPACE", 10**18)
    with pytest.raises(
        Refusal, match=r"^The disk of \S+ has [\d.,]+ GB free and the set-up takes .*: free some"
    ):
        environment.ensure("base")
    assert not environment.STAMP.exists()


@pytest.mark.parametrize(
    ("complaint", "sentence"),
    [
        (
            "error: Failed to write: No space left on device (os error 28)",
            "The disk of .* is full: free some space",
        ),
        (
            "error: failed to create directory: Permission denied",
            "Octavo may not write to .*: make the folder yours",
        ),
        (
            "error: Could not connect, are you offline?",
            "could not be fetched: check the network or the proxy",
        ),
        (
            "error: Hash mismatch for `django==1`",
            r"could not be installed \(error: Hash mismatch for `django==1`\)",
        ),
    ],
)
def test_failed_set_up_is_one_sentence_with_the_remedy(place, complaint, sentence):
    (place / "var").mkdir()
    with pytest.raises(Refusal, match=sentence) as caught:
        environment.run(["/bin/sh", "-c", f"echo '{complaint}' >&2; exit 2"])
    assert "\n" not in str(caught.value)
    assert (place / "var" / "setup.log").read_text() == complaint + "\n"


def test_other_machines_are_told_where_octavo_runs(place, monkeypatch):
    monkeypatch.setattr(environment.platform, "system", lambda: "Windows")
    with pytest.raises(Refusal, match=r"Octavo runs on Linux and macOS .* and this is Windows on"):
        environment.ensure("base")


def test_two_set_ups_at_once_take_turns(place):
    (place / "var").mkdir()
    with environment.set_up_alone():
        lock = (place / "var" / "setup.lock").open()
        with pytest.raises(BlockingIOError):
            environment.fcntl.flock(lock, environment.fcntl.LOCK_EX | environment.fcntl.LOCK_NB)
    environment.fcntl.flock(lock, environment.fcntl.LOCK_EX | environment.fcntl.LOCK_NB)
    lock.close()


def test_other_environments_leave_no_mark_on_ours(place, monkeypatch):
    monkeypatch.setenv("VIRTUAL_ENV", "/elsewhere")
    monkeypatch.setenv("PYTHONPATH", "/elsewhere")
    surroundings = environment.surroundings()
    assert not {"VIRTUAL_ENV", "PYTHONPATH"} & set(surroundings)
    assert surroundings["UV_CACHE_DIR"] == str(place / "var" / "cache" / "uv")


def test_container_that_brings_its_packages_is_left_alone(place, monkeypatch):
    monkeypatch.setenv("OCTAVO_PYTHON", "/usr/bin/python3")
    environment.ensure("base")
    assert environment.is_inside()
    assert not (place / "var").exists()
