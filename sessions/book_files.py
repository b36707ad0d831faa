"""The camp book as files: a page that needs nothing else, a PDF, and where the PDFs of an installation lie."""

from __future__ import annotations

import base64
import hashlib
import os
import re
import tempfile
from pathlib import Path

from flask import current_app
from flask_babel import force_locale

from camp import codes, pages, pdf
from camp.i18n import LANGUAGES
from camp.models import Camp
from camp.paths import STATIC
from sessions.book import Book

_SHEET, _SCREEN = STATIC / "paper.css", STATIC / "paper-screen.css"
_FONT = re.compile(r"url\((vendor/[^)]+\.woff2)\)")


def html_file(book: Book, language: str) -> str:
    """The book as one HTML file that loads nothing: style sheet and fonts are inside."""
    def inside(found: re.Match[str]) -> str:
        return f"url(data:font/woff2;base64,{base64.b64encode((STATIC / found[1]).read_bytes()).decode()})"

    css = _FONT.sub(inside, _SHEET.read_text("utf-8")) + _SCREEN.read_text("utf-8")
    return _page(book, language, css)


def pdf_file(book: Book, language: str) -> bytes:
    """The book as a tagged PDF; takes seconds."""
    return pdf.render_html(_page(book, language), [_SHEET], STATIC)


def languages_of(wanted: list[str]) -> list[str]:
    """The languages in which a camp's book can be made."""
    return [language for language in LANGUAGES if language in wanted] or [LANGUAGES[0]]


def keep_pdf(book: Book, camp_id: int, language: str) -> Path:
    """Make the PDF unless it lies there already; the camp's older ones in this language go."""
    sources = _page(book, language).encode() + _SHEET.read_bytes()
    path = _folder() / f"{_stem(camp_id, language)}{hashlib.sha256(sources).hexdigest()[:16]}.pdf"
    if path.exists():
        path.touch()
    else:
        _write(path, pdf_file(book, language))
    for other in _folder().glob(f"{_stem(camp_id, language)}*.pdf"):
        if other != path:
            other.unlink(missing_ok=True)
    return path


def kept_pdf(camp_id: int, language: str) -> Path | None:
    """The newest PDF of a camp's book: in this language, else in another one; None if none was made."""
    found = [(code != language, -path.stat().st_mtime, path) for code in LANGUAGES
             for path in _folder().glob(f"{_stem(camp_id, code)}*.pdf")]
    return min(found)[2] if found else None


def every_pdf(instance: Path, camp: Camp) -> list[Path]:
    """The PDFs of a camp's book in the folder of an instance, in every language."""
    return [path for code in LANGUAGES for path in sorted((instance / "files").glob(f"{_stem(camp.id, code)}*.pdf"))]


def _page(book: Book, language: str, css: str = "") -> str:
    template = current_app.jinja_env.get_template("print/book.html")
    with force_locale(language):
        return template.render(book=book, language=language, css=css, address=pages.external, code=codes.picture)


def _folder() -> Path:
    return Path(current_app.config["CAMP"].folder) / "files"


def _stem(camp_id: int, language: str) -> str:
    return f"book-{camp_id}-{language}-"


def _write(path: Path, content: bytes) -> None:
    """Whole or not at all: readers never meet half a file."""
    path.parent.mkdir(mode=0o700, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, suffix=".part")
    with os.fdopen(handle, "wb") as file:
        file.write(content)
    Path(name).replace(path)
