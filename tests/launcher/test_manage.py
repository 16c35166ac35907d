"""Django's commands by manage.py: how they end when somebody stops them, or reads no further."""

from __future__ import annotations

import os
import sys

import pytest
from django.core import management
from django.db import OperationalError

import manage


def ending_with(error, monkeypatch):
    def execute(arguments):
        raise error

    monkeypatch.setattr(management, "execute_from_command_line", execute)


def test_who_is_interrupted_says_so_in_a_word(monkeypatch, capsys):
    ending_with(KeyboardInterrupt(), monkeypatch)
    assert manage.main() == 130
    assert capsys.readouterr().err == "Interrupted.\n"


def test_who_has_no_reader_any_more_ends_quietly(monkeypatch, tmp_path):
    ending_with(BrokenPipeError(), monkeypatch)
    with (tmp_path / "said").open("w") as said:
        monkeypatch.setattr(sys, "stdout", said)
        assert manage.main() == 141
        os.write(said.fileno(), b"what is said now is nobody's")
    assert (tmp_path / "said").read_text() == ""


def test_a_database_that_is_away_is_told_in_a_line(monkeypatch, capsys):
    ending_with(OperationalError("connection refused\nIs the server running?"), monkeypatch)
    assert manage.main() == 1
    assert capsys.readouterr().err == "The database says: connection refused\n"
    monkeypatch.setattr(sys, "argv", ["manage.py", "inside", "acme", "shell", "--traceback"])
    with pytest.raises(OperationalError):
        manage.main()


@pytest.mark.parametrize("status", [0, 2])
def test_the_commands_own_status_stays(monkeypatch, status):
    monkeypatch.setattr(management, "execute_from_command_line", lambda arguments: sys.exit(status))
    with pytest.raises(SystemExit) as ended:
        manage.main()
    assert ended.value.code == status
