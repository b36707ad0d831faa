"""HTML to an accessible PDF by WeasyPrint; whatever the HTML asks for, only files of one folder are read."""

from __future__ import annotations

import logging
import re
import threading
from base64 import b64decode
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from urllib.request import url2pathname

_PICTURE = re.compile(r"data:(image/(?:png|jpeg));base64,")
_STEP = re.compile(r"Step (\d)")
LAYING_OUT, DRAWING, ENDING = 5, 6, 7  # steps of WeasyPrint, as its log numbers them


def render_html(html: str, stylesheets: Sequence[Path], allowed_folder: Path,
                tell: Callable[[int], object] | None = None) -> bytes:
    """A tagged PDF (PDF/UA-1, ISO 14289-1) of a complete HTML page that has a language and a title.

    Addresses in the page count from `allowed_folder`; files outside of it and everything on a network are refused and
    left out, attachments too. Pictures that stand in the page itself (data:image/png and jpeg) are shown.

    `tell` is called with the number of each page that is laid out; what it raises breaks the work off.
    """
    # here and not on top, because importing WeasyPrint takes more than a second
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration

    fetcher, fonts = _fetcher(allowed_folder), FontConfiguration()
    styles = [CSS(filename=str(path), url_fetcher=fetcher, font_config=fonts) for path in stylesheets]
    page = HTML(string=html, base_url=allowed_folder.resolve().as_uri() + "/", url_fetcher=fetcher)
    with steps(lambda _step, number: number and tell(number)) if tell else nullcontext():
        pdf: bytes = page.write_pdf(stylesheets=styles, font_config=fonts, pdf_variant="pdf/ua-1")
    return pdf


class _Steps(logging.Handler):
    """Reads WeasyPrint's own log of its steps, which is its only way to say how far it is."""

    def __init__(self, hear: Callable[[int, int], object]) -> None:
        super().__init__(logging.INFO)
        self._hear, self._thread = hear, threading.get_ident()

    def emit(self, record: logging.LogRecord) -> None:
        """Tell the step and, while pages are laid out, the number of the page; in the thread that asked."""
        step = _STEP.match(record.msg)
        if record.thread == self._thread and step:
            args = record.args if isinstance(record.args, tuple) and "Page %d" in record.msg else ()
            self._hear(int(step[1]), int(str(args[0])) if args else 0)


@contextmanager
def steps(hear: Callable[[int, int], object]) -> Iterator[None]:
    """Hear of each step of what WeasyPrint sets meanwhile: its number and, while pages are laid out, that of the page.

    Pages count from 1, other steps say 0; a page is laid out more than once at times. What `hear` raises breaks the
    work off.
    """
    log, handler = logging.getLogger("weasyprint.progress"), _Steps(hear)
    before = log.level
    log.setLevel(logging.INFO)
    log.addHandler(handler)
    try:
        yield
    finally:
        log.removeHandler(handler)
        log.setLevel(before)


def file_of(url: str, allowed_folder: Path) -> Path:
    """The file of a file: address inside the folder, links followed. Raises ValueError for every other address."""
    parts = urlsplit(url)
    if parts.scheme.lower() == "file" and parts.netloc in ("", "localhost"):
        path = Path(url2pathname(parts.path)).resolve()
        if path.is_relative_to(allowed_folder.resolve()) and path.is_file():
            return path
    raise ValueError(f"refused: {url[:200]}")


def _fetcher(allowed_folder: Path) -> Any:
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class OneFolder(URLFetcher):  # type: ignore[misc]
        """Reads files of one folder and refuses everything else, before anything is opened."""

        def fetch(self, url: str, headers: dict[str, str] | None = None) -> Any:
            if found := _PICTURE.match(url):
                return URLFetcherResponse(url, b64decode(url[found.end():]), {"Content-Type": found[1]})
            return URLFetcherResponse(url, file_of(url, allowed_folder).read_bytes())

    return OneFolder()
