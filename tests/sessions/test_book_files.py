"""The camp book as files: complete in both languages, made once per change, nothing fetched, every code readable."""

import io
import re
from pathlib import Path

import pypdf
import pytest
from flask import Flask

from camp.models import Camp, Participant
from sessions import book_files
from sessions.book import Book, gather
from tests import make
from tests.sessions import leave

HOSTILE = (
    "![x](http://127.0.0.1:9/a.png) <img src=file:///etc/passwd> <a rel=attachment href=file:///etc/passwd>x</a> "
    "[web](https://example.org)"
)


def _camp() -> tuple[Camp, Participant]:
    camp = make.camp(title="Camp <b>Mülheim</b> & Ruhr")
    mai = make.participant(camp, "Zoë", "Wiśniewska", organisation="Lager & Pilot", kind="start-up")
    session = make.session(camp, "Łódź: Đorđe, Nguyễn & 明", [mai], description="Read aloud")
    leave.agenda(camp, session, make.session(camp, "Unwritten"))
    leave.project(camp, leave.outcome(camp, session, mai, findings=f"- first\n- {HOSTILE}"), mai)
    return camp, mai


def _texts(content: bytes) -> str:
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages)


def _tags(content: bytes) -> list[tuple[str, str | None]]:
    reader = pypdf.PdfReader(io.BytesIO(content))
    things = [reader.get_object(number) for number in range(1, reader.trailer["/Size"])]
    return [
        (thing["/S"], thing.get("/Alt"))
        for thing in things
        if isinstance(thing, pypdf.generic.DictionaryObject) and thing.get("/Type") == "/StructElem"
    ]


def test_the_pdf_is_tagged_complete_and_spells_names_as_they_are(app: Flask) -> None:
    camp, _mai = _camp()
    content = book_files.pdf_file(gather(camp), "en")
    reader = pypdf.PdfReader(io.BytesIO(content))
    assert (reader.metadata.title, reader.trailer["/Root"]["/Lang"]) == ("Camp book: Camp <b>Mülheim</b> & Ruhr", "en")
    text = _texts(content)
    for words in (
        "Łódź: Đorđe, Nguyễn & 明",
        "Zoë Wiśniewska",
        "Lager & Pilot",
        "Unwritten",
        "Hear your invoice",
        "first",
        "10:00",
    ):
        assert words in text
    tags = _tags(content)
    assert [name for name, _alt in tags].count("/H1") == 1
    assert all(alt for name, alt in tags if name == "/Figure")


def test_what_people_write_fetches_and_attaches_nothing(app: Flask) -> None:
    camp, _mai = _camp()
    content = book_files.pdf_file(gather(camp), "de")
    reader = pypdf.PdfReader(io.BytesIO(content))
    assert reader.attachments == {}
    assert b"/EmbeddedFile" not in content
    page = book_files.html_file(gather(camp), "de")
    assert re.findall(r"<(?:img|script|link|object|embed|iframe)\b[^>]*>|<[^>]*\srel=.?attachment[^>]*>", page) == []
    assert '<a href="https://example.org" rel="noopener noreferrer nofollow">web</a>' in page
    assert "<b>Mülheim" not in page


def test_the_html_file_loads_nothing(app: Flask) -> None:
    camp, _mai = _camp()
    page = book_files.html_file(gather(camp), "en")
    assert page.startswith('<!doctype html>\n<html lang="en">')
    loads = re.findall(r"url\((?!data:)[^)]*\)|<(?:img|script|iframe|link)\b|<[^>]*\ssrc=", page)
    assert loads == []
    assert page.count("url(data:font/woff2;base64,") == 6


def test_german_and_english_differ_and_headings_never_skip_a_level(app: Flask) -> None:
    book = gather(_camp()[0])
    pages = {language: book_files.html_file(book, language) for language in ("de", "en")}
    assert "What is inside" in pages["en"]
    assert 'lang="de"' in pages["de"]
    levels = [int(level) for level in re.findall(r"<h([1-6])", pages["en"])]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in zip(levels, levels[1:], strict=False))


@pytest.fixture
def quick(app: Flask, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Setting a PDF takes seconds; what is kept and when does not depend on its content."""
    made: list[str] = []

    def set_pages(book: Book, language: str) -> bytes:
        made.append(language)
        return f"%PDF {book.title} {language}".encode()

    monkeypatch.setattr(book_files, "pdf_file", set_pages)
    for path in (Path(app.config["CAMP"].folder) / "files").glob("*"):
        path.unlink()
    return made


def test_a_pdf_is_made_once_and_anew_after_a_change(app: Flask, quick: list[str]) -> None:
    camp, mai = _camp()
    first = book_files.keep_pdf(gather(camp), camp.id, "de")
    assert book_files.keep_pdf(gather(camp), camp.id, "de") == first
    assert quick == ["de"]
    leave.outcome(camp, make.session(camp, "New"), mai)
    second = book_files.keep_pdf(gather(camp), camp.id, "de")
    assert (quick, second != first, first.exists(), second.exists()) == (["de", "de"], True, False, True)
    assert [path.name for path in second.parent.iterdir()] == [second.name]


def test_readers_get_their_language_else_the_other_one(app: Flask, quick: list[str]) -> None:
    camp, _mai = _camp()
    other = make.camp("other")
    assert book_files.kept_pdf(camp.id, "de") is None
    english = book_files.keep_pdf(gather(camp), camp.id, "en")
    assert book_files.kept_pdf(camp.id, "de") == english
    german = book_files.keep_pdf(gather(camp), camp.id, "de")
    assert (book_files.kept_pdf(camp.id, "de"), book_files.kept_pdf(camp.id, "en")) == (german, english)
    assert book_files.kept_pdf(other.id, "de") is None


def test_a_book_is_made_in_the_languages_of_the_camp_that_the_program_speaks() -> None:
    assert [book_files.languages_of(wanted) for wanted in (["en", "de"], ["en"], ["fr", "en"], ["fr"], [])] == [
        ["de", "en"],
        ["en"],
        ["en"],
        ["de"],
        ["de"],
    ]
