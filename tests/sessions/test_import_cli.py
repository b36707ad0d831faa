"""`camp import-proposals`: bad lines on stdout, what happened on stderr, and an exit code for each outcome."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask

from camp.cli import run
from camp.commands.context import application, camp_of
from sessions import proposals
from tests import make
from tests.databases import Database


@pytest.fixture
def instance(_app: Flask, database: Database, tmp_path: Path) -> Path:
    folder = tmp_path / "instance"
    database.instance(folder)
    with application(folder):
        make.camp()
    return folder


def _import(instance: Path, text: str, *options: str) -> int:
    file = instance.parent / "topics.csv"
    file.write_text(text)
    return run(["--instance", str(instance), "import-proposals", str(file), "--camp", "ecm27", *options])


def test_look_first_then_do_it_and_a_second_time_changes_nothing(instance: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = "Titel;Wer\nReturns;Ada\n;Ben\n"
    capsys.readouterr()
    assert _import(instance, text, "--dry-run") == 0
    said = capsys.readouterr()
    assert (said.out, said.err) == ("topics.csv:3: A title is missing.\n", "1 new, 0 on the wall already, 1 bad lines\n")
    assert _import(instance, text) == 1
    assert _import(instance, text, "--leave-out-bad") == 0
    assert _import(instance, text, "--leave-out-bad") == 3
    assert _import(instance, "Was;Von\nPhishing;Ada\n", "--column", "Was=title", "--column", "Von=hosts") == 0
    assert _import(instance, "Was;Von\n", "--column", "Was=nonsense") == 2
    with application(instance):
        assert sorted((one.title, one.guest) for one in proposals.open_proposals(camp_of("ecm27"))) == [("Phishing", "Ada"), ("Returns", "Ada")]
