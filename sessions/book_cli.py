"""The command `camp export book`: the camp book as one HTML file or as a PDF."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from camp.commands.context import FAILED, USAGE, Exit, application, camp_of, example, say


@click.command("book", epilog=example("camp export book --camp ecm27 -o camp-book.pdf"))
@click.option("--camp", "slug", required=True, metavar="SLUG", help="The camp's short name.")
@click.option("-o", "--output", required=True, metavar="FILE",
              help="Where to: FILE.html or FILE.pdf; - gives HTML on stdout.")
@click.option("--language", type=click.Choice(["de", "en"]), default="de", show_default=True,
              help="Language of the headings.")
@click.pass_obj
def book(folder: Path, slug: str, output: str, language: str) -> None:
    """Write the camp book: agenda, notes, projects and figures."""
    ending = Path(output).suffix.lower()
    if output != "-" and ending not in (".html", ".pdf"):
        raise Exit(USAGE, f"“{output}” ends neither in .html nor in .pdf. Name the file so: -o camp-book.pdf")
    with application(folder):
        content = _content(slug, ending == ".pdf", language)
    if output == "-":
        sys.stdout.buffer.write(content)
    else:
        _write(Path(output), content)


def _content(slug: str, as_pdf: bool, language: str) -> bytes:
    from sessions import book_files  # Flask and SQLAlchemy load only when the command runs
    from sessions.book import gather

    gathered = gather(camp_of(slug))
    return book_files.pdf_file(gathered, language) if as_pdf else book_files.html_file(gathered, language).encode()


def _write(path: Path, content: bytes) -> None:
    try:
        path.write_bytes(content)
    except OSError as error:
        raise Exit(FAILED, f"{path} cannot be written: {error.strerror}. Choose another place with -o.") from error
    say(f"The camp book is in {path}.")
