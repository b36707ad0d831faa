"""Text: Markdown to safe HTML, soft hyphens, slugs, and input freed of control characters."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

import nh3
from markdown_it import MarkdownIt
from pyphen import Pyphen

_TAGS = {"p", "br", "em", "strong", "ul", "ol", "li", "a", "code", "pre", "blockquote", "hr",
         "h2", "h3", "h4", "h5", "h6"}
_SCHEMES = {"http", "https", "mailto"}
_WORD = re.compile(r"[^\W\d_]{11,}")
_SEAM = re.compile(r"(alters|klima|online)(?=\w{5})", re.IGNORECASE)  # pyphen breaks Alter-sprüfung, klimaf-reundlich
_DOUBTFUL = re.compile(r"\u00ad(\w)\u00ad")  # Wissen-s-transfer: of two breaks a letter apart, one is wrong
_SLUG = re.compile(r"[a-z0-9](?:[a-z0-9-]{1,38})[a-z0-9]")


def markdown(source: str, level: int = 3) -> str:
    """CommonMark to HTML that runs nothing and loads nothing; its headings start at `level` and leave none out.

    Links lead to whole addresses alone: in a book or a PDF the others would lead into the machine that printed it.
    """
    parser = _markdown_it()
    tokens = parser.parse(source)
    before = level - 1
    for token in tokens:
        if token.type == "heading_open":
            before = min(int(token.tag[1]) + level - 1, before + 1, 6)
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{before}"
    tree = parser.renderer.render(tokens, parser.options, {})
    return nh3.clean(tree, tags=_TAGS, attributes={"a": {"href"}}, url_schemes=_SCHEMES,
                     link_rel="noopener noreferrer nofollow", url_relative="deny")


@cache
def _markdown_it() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False, "maxNesting": 20}).disable("image")


def clean(text: str) -> str:
    """Input in NFC without control characters (line breaks stay), with outer blanks cut off."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    return "".join(c for c in text if c == "\n" or c == "\t" or unicodedata.category(c) not in ("Cc", "Cs")).strip()


def line(text: str) -> str:
    """Input of one line: as `clean`, with every run of white space made one blank."""
    return " ".join(clean(text).split())


def shy(text: str, language: str = "de") -> str:
    """Soft hyphens in words from eleven letters on, four letters or more from their beginning and five from their end.

    `language` is that of the text, not of its reader. For cells, cards and badges; never for inputs, feeds or `title`.
    """
    marked = _WORD.sub(lambda found: _broken(found[0], language), text)
    return marked.replace("E-", "E-\u2060").replace("PDF-", "PDF-\u2060")


def _broken(word: str, language: str) -> str:
    seam = _SEAM.match(word) if language == "de" else None
    head, rest = (seam[0] + "\u00ad", word[seam.end():]) if seam else ("", word)
    return head + _DOUBTFUL.sub(r"\1", _pyphen(language).inserted(rest, "\u00ad"))


@cache
def _pyphen(language: str) -> Pyphen:
    return Pyphen(lang="en_GB" if language == "en" else "de_DE", left=4, right=5)


def is_slug(text: str) -> bool:
    """Whether a text can be a camp's slug: 3 to 40 small letters, digits and dashes."""
    return bool(_SLUG.fullmatch(text))


def plain(words: str) -> str:
    """Words without case and accents, for looking something up: Özlem is found as ozlem."""
    return sort_key(words)[0]


def page_of(total: int, wanted: int, size: int) -> tuple[int, int]:
    """(page, pages) of a long list: the wanted page, or the nearest there is; there is always a first."""
    pages = max(1, -(-total // size))
    return min(max(1, wanted), pages), pages


def sort_key(name: str) -> tuple[str, str]:
    """A key that sorts names as German lists do (DIN 5007-1: umlauts as their base letters)."""
    plain = unicodedata.normalize("NFKD", name.casefold().replace("ß", "ss").replace("ł", "l").replace("đ", "d"))
    return "".join(c for c in plain if not unicodedata.combining(c)), name
