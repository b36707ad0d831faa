"""People from files: the cells of a row as a plain record, or what is wrong with them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from camp import person_text, wlan
from camp.errors import N_, CampError
from camp.models import KINDS
from camp.people import normal_address
from camp.tables import Problem, read

PATTERN = "people*.csv"
COLUMNS = {
    "given_name": ("Vorname", "given name", "first name"), "family_name": ("Nachname", "family name", "last name"),
    "email": ("E-Mail", "mail address", "E-Mail-Adresse"), "organisation": ("Organisation", "organization"),
    "kind": ("Art", "kind"), "town": ("Ort", "town", "city"), "hashtags": ("Hashtags",),
    "shirt": ("T-Shirt", "shirt"), "diet": ("Essen", "diet"), "photo": ("Foto", "photo"),
    "first_time": ("Erstes Mal", "first time"), "registered_at": ("Angemeldet am", "registered at"),
    "wlan": ("WLAN-Code", "WLAN code"),
}
_REQUIRED = ("given_name", "family_name", "email", "registered_at")
_LONGEST = {"given_name": 100, "family_name": 100, "organisation": 150, "town": 100, "shirt": 20, "diet": 100}
_KINDS = {kind: kind for kind in KINDS} | {
    "startup": "start-up", "industrie": "industry", "hochschule": "university", "universität": "university",
    "öffentliche stelle": "public body", "behörde": "public body", "andere": "other", "anderes": "other",
    "sonstige": "other", "": "other"}
_PHOTO = {"ja": "yes", "nein": "no", "fragen": "ask", "yes": "yes", "no": "no", "ask": "ask", "": "ask"}
_YES = {"ja": True, "nein": False, "yes": True, "no": False, "": False}
_TIMES = ("%d.%m.%Y %H:%M", "%d.%m.%Y %H:%M:%S", "%d.%m.%Y", "%m/%d/%Y %I:%M %p", "%b %d, %Y %I:%M %p", "%b %d, %Y")
_MOST_HASHTAGS = 10
_TEXTS = {"given_name": person_text.name, "family_name": person_text.name, "organisation": person_text.words,
          "town": person_text.words}


@dataclass(frozen=True, slots=True)
class PersonRecord:
    """Somebody in a file: a normalised address, the columns of participant and needs that the file has, a WLAN code."""

    email: str
    values: Mapping[str, Any]
    needs: Mapping[str, str]
    wlan: str = ""


def parse(name: str, data: bytes, timezone: str) -> tuple[list[tuple[int, PersonRecord]], list[Problem]]:
    """Records with the lines on which they stand. `timezone` (IANA name) is the one of “Angemeldet am”."""
    rows, problems = read(name, data, COLUMNS, _REQUIRED)
    records = []
    for row in rows:
        try:
            records.append((row.line, record(row.cells, timezone)))
        except CampError as error:
            problems.append(Problem(name, row.line, error.text, error.values))
    return records, problems


class _Wrong(CampError):
    """A cell that cannot be used."""


def record(cells: Mapping[str, str], timezone: str) -> PersonRecord:
    """The record of a row's cells by column; only those that are there count. Raises CampError for what cannot be used.

    Names and the address have to be there.
    """
    for key, most in _LONGEST.items():
        if len(cells.get(key, "")) > most:
            raise _Wrong(N_("The column “%(column)s” holds more than %(most)s characters."), column=COLUMNS[key][0],
                         most=most)
    if not cells["given_name"] and not cells["family_name"]:
        raise _Wrong(N_("There is no name."))
    email = _address(cells["email"])
    values: dict[str, Any] = {key: check(cells[key], key) for key, check in _TEXTS.items() if key in cells}
    for key, known in (("kind", _KINDS), ("photo", _PHOTO), ("first_time", _YES)):
        if key in cells:
            values[key] = _one_of(key, cells[key], known)
    if "hashtags" in cells:
        values["hashtags"] = _hashtags(cells["hashtags"])
    if "registered_at" in cells:
        values["registered_at"] = _moment(cells["registered_at"], timezone)
    needs = {key: cells[key] for key in ("diet", "shirt") if key in cells}
    return PersonRecord(email, values, needs, wlan.checked(cells.get("wlan", "")))


def _address(text: str) -> str:
    try:
        return normal_address(text)
    except CampError as error:
        raise _Wrong(N_("“%(address)s” is no mail address."), address=text[:60]) from error


def _one_of(key: str, text: str, known: Mapping[str, object]) -> object:
    if text.casefold() not in known:
        raise _Wrong(N_("“%(word)s” cannot stand in the column “%(column)s”; it takes: %(known)s."), word=text[:40],
                     column=COLUMNS[key][0], known=", ".join(word for word in known if word))
    return known[text.casefold()]


def _hashtags(text: str) -> list[str]:
    tags = [tag.lstrip("#") for tag in re.split(r"[\s,]+", text) if tag.strip("#")]
    if len(tags) > _MOST_HASHTAGS or any(len(tag) > 40 for tag in tags):
        raise _Wrong(N_("At most %(most)s hashtags, each with at most 40 characters."), most=_MOST_HASHTAGS)
    return list(dict.fromkeys(tags))


def _moment(text: str, timezone: str) -> datetime:
    for shape in ("ISO 8601", *_TIMES):
        try:
            found = datetime.fromisoformat(text) if shape == "ISO 8601" else datetime.strptime(text, shape)
            return (found if found.tzinfo else found.replace(tzinfo=ZoneInfo(timezone))).astimezone(UTC)
        except (ValueError, OverflowError):  # the latter for the year 1 and its like
            continue
    raise _Wrong(N_("“%(time)s” is no day and time; it looks like 24.04.2027 09:05."), time=text[:40])
