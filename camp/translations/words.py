"""Collect every text of the program anew, keep what is translated, and compile the catalogues (`make words`).

English is the language of the msgids, so its catalogue is filled by itself; German has to be written by people.
Ends with 1 and a list if a German text is missing.
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

LANGUAGES = ("de", "en")
HERE = Path(__file__).parent
ROOT = HERE.parent.parent
_FIXED = datetime(2026, 11, 22, tzinfo=UTC)  # so that the same texts give the same file
_KEYWORDS = DEFAULT_KEYWORDS | {"N_": None, "lazy_gettext": None, "_l": None}
_METHODS = [("**.py", "python"), ("**.html", "jinja2"), ("**.txt", "jinja2")]
_OPTIONS = {"**.html": {"trimmed": "true"}, "**.txt": {"trimmed": "true"}}


def collect() -> Catalog:
    """Every msgid of code and templates."""
    found = Catalog(project="Camp", charset="utf-8")
    for folder in ("badges", "camp", "sessions", "templates"):
        rows = extract_from_dir(str(ROOT / folder), _METHODS, _OPTIONS, _KEYWORDS)
        for name, _line, message, _comments, context in sorted(rows, key=lambda row: (row[0], row[1])):
            if "/vendor/" not in name and not name.startswith(("demo/", "migrations/")):
                found.add(message, locations=[(f"{folder}/{name}", "")], context=context)  # type: ignore[list-item]
    return found


def kept(language: str) -> Catalog:
    """The catalogue of a language as it stands."""
    path = HERE / language / "LC_MESSAGES" / "messages.po"
    return read_po(BytesIO(path.read_bytes()), locale=language) if path.exists() else Catalog(locale=language)


def renew(language: str, found: Catalog) -> Catalog:
    """The catalogue of a language with exactly the texts found; nothing is guessed."""
    old = kept(language)
    new = Catalog(locale=language, project="Camp", charset="utf-8", fuzzy=False,
                  creation_date=_FIXED, revision_date=_FIXED)
    for message in found:
        if message.id:
            new.add(message.id, _text(language, message, old.get(message.id)), locations=message.locations)
    return new


def _text(language: str, message: Message, old: Message | None) -> str | tuple[str, ...]:
    if language == "en":
        return message.id  # type: ignore[return-value]
    if old is not None and old.string:
        return old.string  # type: ignore[return-value]
    return ("", "") if message.pluralizable else ""


def save(language: str, catalogue: Catalog) -> None:
    """Write the catalogue as .po, for people, and .mo, for the program."""
    folder = HERE / language / "LC_MESSAGES"
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "messages.po").open("wb") as file:
        write_po(file, catalogue, width=120, sort_output=True, omit_header=False, include_lineno=False)
    (folder / "messages.mo").write_bytes(compiled(catalogue))


def compiled(catalogue: Catalog) -> bytes:
    """A catalogue in the form that gettext reads."""
    buffer = BytesIO()
    write_mo(buffer, catalogue)
    return buffer.getvalue()


def missing(catalogue: Catalog) -> list[str]:
    """The msgids without a text, or with a fuzzy one."""
    return [str(message.id) for message in catalogue
            if message.id and (message.fuzzy or not all(_texts(message)))]


def _texts(message: Message) -> list[str]:
    texts = message.string if isinstance(message.string, (tuple, list)) else [message.string]
    return [str(text) for text in texts]


def main() -> int:
    """Renew both catalogues; 1 if German lacks something."""
    found = collect()
    for language in LANGUAGES:
        save(language, renew(language, found))
    lacking = missing(renew("de", found))
    for text in lacking:
        print(f"no German for: {text}", file=sys.stderr)
    return 1 if lacking else 0


if __name__ == "__main__":
    sys.exit(main())
