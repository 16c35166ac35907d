"""One command at a time holds a data folder, and others find what it runs."""

import os
import stat

import pytest

from launcher.holding import held, is_held, publish, published, run_file
from launcher.places import private_folder
from launcher.refusals import Refusal


def test_addresses_are_published_for_the_owner_alone_and_taken_back(tmp_path):
    with held(tmp_path):
        publish(tmp_path, {"DATABASE_URL": "postgresql://secret"})
        assert published(tmp_path) == {"DATABASE_URL": "postgresql://secret"}
        assert stat.S_IMODE(run_file(tmp_path).stat().st_mode) == 0o600
    assert not is_held(tmp_path)
    assert published(tmp_path) is None
    assert not run_file(tmp_path).exists()


def test_addresses_that_a_crash_left_are_not_believed(tmp_path):
    publish(tmp_path, {"DATABASE_URL": "postgresql://gone"})
    assert published(tmp_path) is None
    with held(tmp_path):
        assert not run_file(tmp_path).exists()


def test_command_that_never_comes_up_is_named(tmp_path, monkeypatch):
    monkeypatch.setattr("launcher.holding.COMING_UP", 0.0)
    with (
        held(tmp_path),
        pytest.raises(Refusal, match=rf"\(process {os.getpid()}\) is not coming up: stop it and"),
    ):
        published(tmp_path)


def test_data_folder_is_closed_to_others(tmp_path):
    folder = tmp_path / "data"
    folder.mkdir(mode=0o755)
    private_folder(folder)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


@pytest.mark.skipif(os.geteuid() != 0, reason="gives a folder away")
def test_data_folder_of_another_user_is_refused(tmp_path):
    os.chown(tmp_path, 65534, 65534)
    with pytest.raises(
        Refusal, match=r"cannot write to .* \(it belongs to another user\): make it yours, or set"
    ):
        private_folder(tmp_path)


def test_data_folder_that_cannot_be_made_is_refused(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(Refusal, match=r"cannot write to .*/file/data \(Not a directory\)"):
        private_folder(tmp_path / "file" / "data")
