"""The command that writes the camp book: HTML or PDF, refusals with an exit code."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask import Flask

from camp.commands.context import FAILED, USAGE
from sessions import book_files
from sessions.book_cli import book
from tests import make
from tests.sessions import leave


@pytest.fixture
def folder(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The instance of the tests, with a camp that has an agenda."""
    config = app.config["CAMP"]
    for key in ("secret_key", "vote_key", "badge_key", "database_url"):
        monkeypatch.setenv(f"CAMP_{key.upper()}", getattr(config, key))
    camp = make.camp()
    leave.agenda(camp, make.session(camp, "Kühlware verschicken"))
    return config.folder


def _run(folder: Path, *args: str) -> Result:
    return CliRunner().invoke(book, args, obj=folder)


def test_html_goes_into_the_file_in_german_or_english(folder: Path, tmp_path: Path) -> None:
    target = tmp_path / "book.html"
    result = _run(folder, "--camp", "ecm27", "-o", str(target), "--language", "en")
    assert (result.exit_code, result.stdout, str(target) in result.stderr) == (0, "", True)
    page = target.read_text("utf-8")
    assert [word in page for word in ('lang="en"', "Kühlware verschicken", "What is inside")] == [True] * 3
    assert _run(folder, "--camp", "ecm27", "-o", str(target)).exit_code == 0
    assert 'lang="de"' in target.read_text("utf-8")


def test_a_dash_gives_html_and_nothing_else_on_stdout(folder: Path) -> None:
    result = _run(folder, "--camp", "ecm27", "-o", "-")
    assert (result.exit_code, result.stdout[:15], result.stdout.rstrip()[-7:]) == (0, "<!doctype html>", "</html>")
    assert result.stderr == ""


def test_the_ending_chooses_pdf(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(book_files, "pdf_file", lambda book, language: f"%PDF {language}".encode())
    target = tmp_path / "book.PDF"
    assert _run(folder, "--camp", "ecm27", "-o", str(target)).exit_code == 0
    assert target.read_bytes() == b"%PDF de"


@pytest.mark.parametrize(
    ("args", "code", "sentence"),
    [
        (("--camp", "ecm27", "-o", "book.docx"), USAGE, "ends neither in .html nor in .pdf"),
        (("--camp", "nope", "-o", "book.html"), FAILED, "ecm27"),
        (("--camp", "ecm27", "-o", "no-such-folder/book.html"), FAILED, "cannot be written"),
    ],
)
def test_what_cannot_be_done_ends_with_a_sentence_and_no_file(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, args: tuple[str, ...], code: int, sentence: str
) -> None:
    monkeypatch.chdir(tmp_path)
    result = _run(folder, *args)
    assert (result.exit_code, sentence in result.stderr, list(tmp_path.iterdir())) == (code, True, [])
