"""A run in a language that nobody speaks: what a page shows outside its brackets was never marked for translation."""

from __future__ import annotations

import dataclasses
import re
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from sqlalchemy import JSON, String, select

from camp import i18n
from camp.db import db
from camp.paths import TRANSLATIONS
from tests import make
from tests.safety import calls
from tests.safety.world import World

sys.path.insert(0, str(TRANSLATIONS))
import words  # noqa: E402

# Said alike in every language, or not by us: the switch of languages, file endings, months and days (by Babel), licences.
ALIKE = re.compile(r"https?://\S+|\b(XXL|3XL|DE|EN|English|Deutsch|PDF|HTML|Camp|QR|UTF|TOTP|iCal|UTC|Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember|"
                   r"Jan|Feb|Apr|Jun|Jul|Aug|Sept?|Okt|Nov|Dez|Montag|Dienstag|Mittwoch|Donnerstag|Freitag|Samstag|Sonntag)\b")
OTHERS_WORDS = {"GET public.licences"}
SHOWN = ("aria-label", "title", "placeholder", "alt", "data-confirm", "data-confirm-text")


class _Text(HTMLParser):
    """The texts of a page that people see or hear."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._silent: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("script", "style", "svg", "code") or ("translate", "no") in attrs:
            self._silent.append(tag)
        self.texts += [value for name, value in attrs if name in SHOWN and value]

    def handle_endtag(self, tag: str) -> None:
        if self._silent and self._silent[-1] == tag:
            self._silent.pop()

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.texts.append(data)


def _pseudo(text: str) -> str:
    return f"⟦{text}⟧"


@pytest.fixture
def odd(world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    """The two camps, read by people whose language puts each sentence into brackets."""
    catalogue = words.kept("de")
    for message in catalogue:
        if message.id:
            message.string = tuple(map(_pseudo, message.id)) if isinstance(message.id, tuple) else _pseudo(message.id)
    folder = tmp_path / "de" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "messages.mo").write_bytes(words.compiled(catalogue))
    monkeypatch.setattr(i18n, "TRANSLATIONS", tmp_path)
    app = make.app(world.app.config["CAMP"])
    with app.app_context():
        yield dataclasses.replace(world, app=app)
        db.session.remove()
        db.engine.dispose()
    world.written = True  # what this application did nobody noted


def _outside(text: str) -> str:
    """A text without what stands in brackets; what a sentence holds may be in brackets itself."""
    while "⟦" in text:
        shorter = re.sub(r"⟦[^⟦⟧]*⟧", " ", text)
        if shorter == text:
            return text.partition("⟦")[0]  # a soft hyphen or a cut fell into it
        text = shorter
    return text


def _strings(value: object) -> Iterator[str]:
    """The texts in what a JSON column holds, without the names of its keys."""
    if isinstance(value, str):
        yield value
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _strings(inner)


def _written_by_people() -> list[str]:
    """Every text in the database, the longest first: what people wrote is in their own language."""
    found: set[str] = set()
    for table in db.metadata.sorted_tables:
        for column in table.columns:
            if isinstance(column.type, JSON):
                found |= {text for value in db.session.scalars(select(column)) for text in _strings(value) if re.search("[A-Za-z]{2}", text)}
            if isinstance(column.type, String):
                found |= {text for text in db.session.scalars(select(column)) if text and re.search("[A-Za-z]{2}", text)}
    rows = db.session.execute(select(db.metadata.tables["participant"].c.given_name, db.metadata.tables["participant"].c.family_name))
    found |= {f"{given} {family}" for given, family in rows}
    for lines in db.session.scalars(select(db.metadata.tables["upload"].c.lines)):
        found |= {cell for _, cells in lines for cell in cells}
    found |= {text.partition("@")[0] for text in found if "@" in text}
    return sorted(found, key=len, reverse=True)


def test_what_stands_outside_brackets_is_seen() -> None:
    assert _outside("Plain ⟦one ⟦two⟧ three⟧ text").split() == ["Plain", "text"]
    reader = _Text()
    reader.feed('<p title="Tip">Seen <b translate="no">KEY</b> too <code>x</code><svg><text>no</text></svg></p>')
    assert " ".join(" ".join(reader.texts).split()) == "Tip Seen too"


def test_nothing_is_shown_that_was_never_marked_for_translation(odd: World) -> None:
    by_people = _written_by_people()
    unmarked: set[tuple[str, str]] = set()
    pages = bracketed = 0
    for call in calls.all_calls(odd.app):
        if call.method != "GET" or call.key in OTHERS_WORDS:
            continue
        for actor in ("organiser", "participant"):
            answer = calls.send(odd, call, actor, query_string={"lang": "de"})
            if answer.mimetype != "text/html" or answer.status_code in (302, 303):
                continue
            reader = _Text()
            reader.feed(answer.text)
            pages += 1
            whole = " ".join(" ".join(text.replace("\u00ad", "").split()) for text in reader.texts)
            bracketed += whole.count("⟦")
            rest = ALIKE.sub(" ", _outside(whole))
            for text in by_people:
                rest = rest.replace(text, " ")
            unmarked |= {(call.key, word) for word in re.findall(r"[^\W\d_]{3,}", rest)}
    assert pages > 60
    assert bracketed > 1000
    assert sorted(unmarked) == []
