"""HTML to an accessible PDF by WeasyPrint; whatever the HTML asks for, only files of one folder are read."""

from __future__ import annotations

import re
from base64 import b64decode
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from urllib.request import url2pathname

_PICTURE = re.compile(r"data:(image/(?:png|jpeg));base64,")


def render_html(html: str, stylesheets: Sequence[Path], allowed_folder: Path) -> bytes:
    """A tagged PDF (PDF/UA-1, ISO 14289-1) of a complete HTML page that has a language and a title.

    Addresses in the page count from `allowed_folder`; files outside of it and everything on a network are refused and
    left out, attachments too. Pictures that stand in the page itself (data:image/png and jpeg) are shown.
    """
    # here and not on top, because importing WeasyPrint takes more than a second
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration

    fetcher, fonts = _fetcher(allowed_folder), FontConfiguration()
    styles = [CSS(filename=str(path), url_fetcher=fetcher, font_config=fonts) for path in stylesheets]
    page = HTML(string=html, base_url=allowed_folder.resolve().as_uri() + "/", url_fetcher=fetcher)
    pdf: bytes = page.write_pdf(stylesheets=styles, font_config=fonts, pdf_variant="pdf/ua-1")
    return pdf


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
