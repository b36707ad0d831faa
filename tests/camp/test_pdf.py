"""HTML to PDF: it is tagged, and nothing outside of the allowed folder is read."""

import base64
import io
import socket
import threading
from pathlib import Path

import pypdf
import pytest

from camp import pdf
from tests import make


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a style sheet, and a secret beside it."""
    (tmp_path / "secret.txt").write_text("nobody may read this")
    inside = tmp_path / "static"
    inside.mkdir()
    (inside / "sheet.css").write_text("h1 { color: red }")
    return inside


def _page(body: str, head: str = "") -> str:
    return (
        f"<!doctype html><html lang='de'><head><title>Buch</title>{head}</head><body><h1>Eins</h1>{body}</body></html>"
    )


def _embedded(made: bytes) -> list[bytes]:
    """The content of every file inside a PDF, however it is attached."""
    reader = pypdf.PdfReader(io.BytesIO(made))
    things = [reader.get_object(number) for number in range(1, reader.trailer["/Size"])]
    return [
        thing.get_data()
        for thing in things
        if isinstance(thing, pypdf.generic.StreamObject) and thing.get("/Type") == "/EmbeddedFile"
    ]


def test_a_page_becomes_a_tagged_pdf_with_language_and_title(folder: Path) -> None:
    reader = pypdf.PdfReader(io.BytesIO(pdf.render_html(_page("<p>Text</p>"), [folder / "sheet.css"], folder)))
    root = reader.trailer["/Root"]
    assert (root["/Lang"], root["/MarkInfo"]["/Marked"], reader.metadata.title) == ("de", True, "Buch")
    assert b"pdfuaid" in root["/Metadata"].get_object().get_data()
    assert "Text" in reader.pages[0].extract_text()


def test_a_picture_in_the_page_itself_is_shown(folder: Path) -> None:
    address = "data:image/png;base64," + base64.b64encode(make.picture()).decode()
    reader = pypdf.PdfReader(io.BytesIO(pdf.render_html(_page(f"<img src='{address}' alt='Logo'>"), [], folder)))
    assert [(image.image.size if image.image else None) for image in reader.pages[0].images] == [(60, 30)]


@pytest.mark.parametrize(
    "body",
    [
        "<a rel='attachment' href='file:///etc/passwd'>x</a>",
        "<a rel='attachment' href='../secret.txt'>x</a>",
        "<link rel='attachment' href='../secret.txt'>",
    ],
)
def test_a_file_outside_of_the_folder_is_not_attached(folder: Path, body: str) -> None:
    made = pdf.render_html(_page(body, body if body.startswith("<link") else ""), [], folder)
    assert _embedded(made) == []


@pytest.mark.parametrize(
    ("head", "body"),
    [("<link rel='attachment' href='sheet.css'>", ""), ("", "<a rel='attachment' href='sheet.css'>x</a>")],
)
def test_a_file_of_the_folder_is_attached_so_the_refusals_above_prove_something(
    folder: Path, head: str, body: str
) -> None:
    assert _embedded(pdf.render_html(_page(body, head), [], folder)) == [b"h1 { color: red }"]


def test_a_remote_picture_is_never_asked_for(folder: Path) -> None:
    calls: list[str] = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.3)
        address = f"http://127.0.0.1:{server.getsockname()[1]}/x.png"
        style = f"<style>body {{ background: url({address}) }} @import url({address});</style>"
        listener = threading.Thread(target=_count, args=(server, calls))
        listener.start()
        pdf.render_html(_page(f"<img src='{address}' alt='x'><object data='{address}'></object>", style), [], folder)
        listener.join()
    assert calls == []


def _count(server: socket.socket, calls: list[str]) -> None:
    try:
        connection, _address = server.accept()
    except TimeoutError:
        return
    with connection:
        calls.append("asked")


def test_only_files_of_the_folder_have_a_path(folder: Path) -> None:
    (folder / "link.txt").symlink_to(folder.parent / "secret.txt")
    assert pdf.file_of((folder / "sheet.css").as_uri(), folder) == (folder / "sheet.css").resolve()
    for url in (
        "file:///etc/passwd",
        f"{folder.as_uri()}/../secret.txt",
        f"{folder.as_uri()}/%2e%2e/secret.txt",
        f"{folder.as_uri()}/link.txt",
        f"file://example.org{folder}/sheet.css",
        "http://example.org/a.png",
        "data:text/plain,x",
        "ftp://example.org/a",
        folder.as_uri(),
        "sheet.css",
    ):
        with pytest.raises(ValueError, match="refused"):
            pdf.file_of(url, folder)
