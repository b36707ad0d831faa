"""Proposals from lists: what their columns are, and the cells of a line as a plain record or what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from camp.camp_file import FEATURES
from camp.errors import N_, CampError
from camp.tables import plain
from camp.text import clean, line

# What a column can be told to be, in the order of the choice; "" leaves it out.
FIELDS = {
    "": N_("Leave out"), "title": N_("Title or question"), "hosts": N_("Hosts: names or mail addresses"),
    "description": N_("What it is about"), "tags": N_("Tags"), "format": N_("What it will be"),
    "language": N_("Language of the session"), "level": N_("For whom"), "length": N_("Slots in a row"),
    "needs": N_("What the room must have"), "away": N_("When you cannot"), "off_record": N_("Off the record"),
    "note_taker": N_("Somebody else takes notes"), "who_comes": N_("Who of you will come"),
    "offers": N_("What you offer afterwards"), "how": N_("How could it go?"),
}
_HEADINGS: Mapping[str, tuple[str, ...]] = {
    "title": ("title", "Titel", "Thema", "topic", "Frage", "question", "session", "Titel oder Frage"),
    "hosts": ("hosts", "host", "wer", "Gastgeber", "Name", "E-Mail", "speaker", "speakers", "Referent", "email"),
    "description": ("description", "Beschreibung", "text", "abstract", "Worum es geht"),
    "tags": ("tags", "tag", "Schlagwort", "Schlagworte", "Schlagwörter", "track"),
    "format": ("format", "Art", "Format der Session", "type"), "language": ("language", "Sprache"),
    "level": ("level", "Niveau", "Zielgruppe"), "length": ("length", "Länge", "Slots"),
    "needs": ("needs", "Ausstattung", "braucht", "equipment"),
    "away": ("unavailable", "nicht verfügbar", "kann nicht"),
    "off_record": ("off the record", "vertraulich"), "note_taker": ("note taker", "Protokollwunsch"),
    "who_comes": ("who comes", "Wer kommt"), "offers": ("offers", "Angebot"), "how": ("how", "Wie könnte es gehen"),
}
_WORDS: Mapping[str, Mapping[str, Any]] = {
    "format": {"vortrag": "talk", "diskussion": "discussion", "workshop": "workshop", "demo": "demo",
               "frage": "question", "challenge": "challenge", "talk": "talk", "discussion": "discussion",
               "question": "question"},
    "language": {"de": "de", "deutsch": "de", "german": "de", "en": "en", "englisch": "en", "english": "en",
                 "both": "both", "beides": "both", "de/en": "both", "deutsch oder englisch": "both"},
    "level": {"beginners": "beginners", "anfänger": "beginners", "einsteiger": "beginners", "advanced": "advanced",
              "fortgeschrittene": "advanced", "kundige": "advanced", "alle": "", "everybody": ""},
    "length": {"1": 1, "2": 2},
    "away": {"morning": "morning", "vormittag": "morning", "vormittags": "morning", "afternoon": "afternoon",
             "nachmittag": "afternoon", "nachmittags": "afternoon"},
    **dict.fromkeys(("off_record", "note_taker"), {"ja": True, "yes": True, "x": True, "1": True, "true": True,
                                                   "nein": False, "no": False, "0": False, "false": False}),
}
_NEEDS = {feature: feature for feature in FEATURES} | {
    "strom": "power", "stufenlos": "step-free", "barrierefrei": "step-free", "projektor": "beamer"}
_LINES = ("description", "who_comes", "offers", "how")


@dataclass(frozen=True, slots=True)
class ProposalRecord:
    """A line of the list: the title, the hosts as they are written, and of a `Draft` what the line says."""

    title: str
    hosts: str
    values: Mapping[str, Any]


class _Wrong(CampError):
    """A cell that cannot be used."""


def known() -> list[str]:
    """Every heading that means something."""
    return [word for words in _HEADINGS.values() for word in words]


def guess(heading: Sequence[str]) -> list[str]:
    """The field of each column by its heading; a field comes once, "" where a heading means nothing to us."""
    meaning = {plain(word): field for field, words in _HEADINGS.items() for word in words}
    found: list[str] = []
    for cell in heading:
        field = meaning.get(plain(cell), "")
        found.append("" if field in found else field)
    return found


def missing(fields: Sequence[str]) -> str:
    """What keeps a list from being imported at all, as a msgid; empty if nothing does."""
    if "title" not in fields:
        return N_("No column is the title.")
    return "" if "hosts" in fields else N_("No column says who holds it.")


def record(fields: Sequence[str], cells: Sequence[str]) -> ProposalRecord | None:
    """The record of a line, none for an empty one. Raises CampError for what cannot be used."""
    texts = {field: _bare(cell, field) for field, cell in zip(fields, cells, strict=True) if field}
    if not any(texts.values()):
        return None
    for field, sentence in (("title", N_("A title is missing.")), ("hosts", N_("Nobody holds it; write a name."))):
        if not texts.get(field):
            raise _Wrong(sentence)
    values: dict[str, Any] = {field: text for field, text in texts.items() if text and field in _LINES}
    values |= {field: _one_of(field, texts[field]) for field in _WORDS if texts.get(field)}
    if texts.get("tags"):
        values["tag"], *more = _many(texts["tags"])
        values["more_tags"] = tuple(more)
    if texts.get("needs"):
        values["needs"] = tuple(_need(word) for word in _many(texts["needs"]))
    return ProposalRecord(texts["title"], texts["hosts"], values)


def _bare(cell: str, field: str) -> str:
    text = clean(cell) if field in _LINES or field == "hosts" else line(cell)
    return text[1:] if re.match("'[=+\\-@\uff1d\uff0b\uff0d\uff20]", text) else text


def _many(text: str) -> list[str]:
    return [word for part in re.split(r"[,;|]", text) if (word := part.strip(" #"))] or [""]


def _one_of(field: str, text: str) -> Any:
    words = _WORDS[field]
    if text.casefold() not in words:
        raise _Wrong(N_("“%(word)s” cannot stand in the column “%(column)s”; it takes: %(known)s."), word=text[:40],
                     column=_HEADINGS[field][0], known=", ".join(words))
    return words[text.casefold()]


def _need(word: str) -> str:
    if word.casefold() not in _NEEDS:
        raise _Wrong(N_("No room can have “%(need)s”; there is: %(known)s."), need=word[:40], known=", ".join(FEATURES))
    return _NEEDS[word.casefold()]
