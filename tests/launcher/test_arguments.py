"""What ./octavo understands, and the one sentence that it says otherwise."""

import os
import subprocess
from pathlib import Path

import pytest

from launcher import arguments
from launcher.arguments import Hero
from launcher.places import ROOT
from launcher.refusals import Refusal

OCTAVO = ROOT / "octavo"


def octavo(*words, cwd=None, **environment):
    return subprocess.run(
        [OCTAVO, *words], capture_output=True, text=True, cwd=cwd, env=os.environ | environment, check=False
    )


@pytest.fixture
def refusal():
    def read(*words):
        with pytest.raises(Refusal) as caught:
            arguments.read(list(words))
        assert caught.value.code == 2
        return str(caught.value)

    return read


@pytest.mark.parametrize("words", [(), ("--help",), ("-h",), ("help",), ("demo", "--help"), ("up", "-h")])
def test_help_names_every_command_and_sets_nothing_up(words):
    done = octavo(*words)
    assert done.returncode == 0
    assert done.stderr == ""
    for command in arguments.COMMANDS:
        assert f"./octavo {command}" in done.stdout
    assert max(len(line) for line in done.stdout.splitlines()) <= 110


def test_version_is_the_projects():
    assert octavo("--version").stdout == "Octavo 0.1.0\n"


def test_command_works_through_a_link_and_from_anywhere(tmp_path):
    link = tmp_path / "a link"
    link.symlink_to(OCTAVO)
    done = subprocess.run([link, "--version"], capture_output=True, text=True, cwd=tmp_path, check=False)
    assert done.stdout == "Octavo 0.1.0\n"


def test_unknown_command_gets_one_sentence_and_exit_2():
    done = octavo("dmeo")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "octavo: there is no command 'dmeo', perhaps 'demo'; ./octavo --help lists them.\n"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--language", "de"), "--language is en or fr, not 'de'."),
        (("--language", ""), "--language is en or fr, not ''."),
        (("--kind", "opera"), "--kind is story or guide, not 'opera'."),
        (("--out", ""), "--out must be a folder to write to, and '' is not (it is empty)."),
        (("--topic", "  "), "--topic is empty; say it in a few words, or leave it out."),
        (("--topic", "x" * 4001), "--topic has 4001 characters; 4000 are the most."),
        (("--goal", "\udcff"), "--goal is not text in UTF-8."),
        (("--hero", ",6"), "--hero is a name, an age and she, he or they, as in Maya,6,she; not ',6'."),
        (("--kind", "guide", "--hero", "Maya"), "--hero goes with --kind story; a guide has no hero."),
        (
            ("--colour", "red"),
            "unrecognized arguments: --colour red; ./octavo --help shows how it is called.",
        ),
        (("--kind",), "argument --kind: expected one argument; ./octavo --help shows how it is called."),
    ],
)
def test_nonsense_for_the_demo_gets_one_sentence(refusal, tmp_path, monkeypatch, words, sentence):
    monkeypatch.chdir(tmp_path)
    assert refusal("demo", *words) == sentence
    assert list(tmp_path.iterdir()) == []


def test_nonsense_for_the_demo_ends_with_2_before_anything_is_set_up(tmp_path):
    done = octavo("demo", "--language", "klingon", cwd=tmp_path, OCTAVO_DATA=str(tmp_path / "data"))
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "octavo: --language is en or fr, not 'klingon'.\n"
    assert list(tmp_path.iterdir()) == []


def test_out_must_be_a_folder_that_can_be_written_to(refusal, tmp_path):
    file = tmp_path / "file"
    file.touch()
    for place in (file, file / "below", "/dev/null/x", "a\0b", "x" * 5000):
        assert refusal("demo", "--out", str(place)).startswith("--out must be a folder to write to, and ")


def test_demo_without_arguments_makes_a_story_in_out(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    request = arguments.read(["demo"])
    assert request.lock == "base"
    assert request.book == arguments.DemoBook("", "", "story", "en", None, tmp_path / "out")


@pytest.mark.parametrize(
    ("value", "hero"),
    [
        ("Maya", Hero("Maya")),
        ("Maya,6", Hero("Maya", 6)),
        ("Zoé Anne, 10, she", Hero("Zoé Anne", 10, "she")),
        ("Noor,they", Hero("Noor", 6, "they")),
    ],
)
def test_hero_is_a_name_an_age_and_a_pronoun(value, hero):
    assert arguments.hero(value) == hero


def test_arguments_of_test_and_manage_are_passed_on():
    assert arguments.read(["test", "-x", "tests/books", "--help"]).words == ("-x", "tests/books", "--help")
    assert arguments.read(["manage", "shell", "-c", "1"]).words == ("shell", "-c", "1")


@pytest.mark.parametrize("value", ["0", "65536", "web", "-1", "80.5", "²"])
def test_port_must_be_one(monkeypatch, value):
    monkeypatch.setenv("OCTAVO_PORT", value)
    with pytest.raises(Refusal, match="OCTAVO_PORT is a number from 1 to 65535, not ") as caught:
        arguments.port()
    assert caught.value.code == 2


def test_python_that_is_too_old_or_missing_is_named(tmp_path):
    """A clone without its environment, on a machine whose only Python is an old one."""
    (tmp_path / "octavo").write_text(OCTAVO.read_text())
    tools = tmp_path / "tools"
    tools.mkdir()
    old = tools / "python3"
    old.write_text('#!/bin/sh\nif [ "$1" = --version ]; then echo "Python 3.9.2"; else exit 1; fi\n')
    old.chmod(0o755)
    for name in ("sh", "dirname", "readlink"):
        (tools / name).symlink_to(
            next(path for path in (Path("/bin", name), Path("/usr/bin", name)) if path.exists())
        )
    done = subprocess.run(
        ["/bin/sh", tmp_path / "octavo", "up"],
        env={"PATH": str(tools)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr == (
        "octavo: needs Python 3.11 or newer and found Python 3.9.2: install one "
        "(Debian, Ubuntu: apt install python3 python3-venv).\n"
    )
