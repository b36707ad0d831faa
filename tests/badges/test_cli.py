from __future__ import annotations

import io
from pathlib import Path

import pytest
from flask import Flask
from pypdf import PdfReader

from camp.cli import run
from tests import make


@pytest.fixture
def folder(app: Flask, monkeypatch: pytest.MonkeyPatch) -> str:
    config = app.config["CAMP"]
    for key in ("secret_key", "vote_key", "badge_key", "database_url"):
        monkeypatch.setenv(f"CAMP_{key.upper()}", getattr(config, key))
    return str(config.folder)


def test_badges_go_into_the_file(app: Flask, folder: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    camp = make.camp()
    for n in range(11):
        make.participant(camp, f"Mai{n}")
    target = tmp_path / "badges.pdf"
    assert run(["--instance", folder, "badges", "--camp", "ecm27", "-o", str(target)]) == 0
    assert len(PdfReader(io.BytesIO(target.read_bytes())).pages) == 2
    out = capsys.readouterr()
    assert (out.out, out.err.startswith("11 badges")) == ("", True)


def test_without_anybody_it_ends_with_3_and_leaves_no_file(app: Flask, folder: str, tmp_path: Path,
                                                           capsys: pytest.CaptureFixture[str]) -> None:
    make.camp()
    target = tmp_path / "badges.pdf"
    assert run(["--instance", folder, "badges", "--camp", "ecm27", "-o", str(target)]) == 3
    assert "Nobody has a place yet" in capsys.readouterr().err
    assert not target.exists()


def test_an_unknown_camp_is_answered_with_those_there_are(app: Flask, folder: str, tmp_path: Path,
                                                          capsys: pytest.CaptureFixture[str]) -> None:
    make.camp()
    assert run(["--instance", folder, "badges", "--camp", "nope", "-o", str(tmp_path / "x.pdf")]) == 1
    assert "ecm27" in capsys.readouterr().err


def test_the_file_is_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["badges", "--camp", "ecm27"]) == 2
    assert "--output" in capsys.readouterr().err
