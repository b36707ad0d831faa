"""The texts of a camp: written in its languages, read in the reader's or in another one that is there."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import undefer

from camp import papers
from camp.db import db
from camp.errors import N_, BadInput
from camp.models import Camp, CampText

LONGEST = 20_000


def put(camp: Camp, name: str, language: str, text: str) -> bool:
    """Set a text in a language, or take it away with an empty one; tells whether anything is other than before.

    Whoever sets it, be it as it was, has looked at it.
    Raises BadInput for a text that is too long.
    """
    if len(text) > LONGEST:
        raise BadInput(N_("This is too long: at most %(most)s characters."), field=language, most=LONGEST)
    old = next((one for one in camp.texts if (one.name, one.language) == (name, language)), None)
    if old is not None:
        old.unchecked = False
    if (old.text if old else "") == text:
        return False
    if old is None:
        camp.texts.append(CampText(name=name, language=language, text=text))
    elif text:
        old.text = text
    else:
        camp.texts.remove(old)
    return True


def names(camp: Camp) -> frozenset[str]:
    """The texts that the camp has in some language."""
    return frozenset(one.name for one in camp.texts)


def unchecked(camp: Camp) -> frozenset[str]:
    """The texts that came from another camp and that nobody has looked at since."""
    return frozenset(one.name for one in camp.texts if one.unchecked)


def by_language(camp: Camp, name: str) -> dict[str, str]:
    """A text by language."""
    return {one.language: one.text for one in camp.texts if one.name == name}


def read(camp: Camp, name: str, language: str) -> tuple[str, str]:
    """A text and the language it is in: the reader's, or the first of the camp's that has it; ("", "") if none."""
    there = {one.language: one for one in camp.texts if one.name == name}
    for wish in (language, *camp.languages, *there):
        if wish in there:
            return there[wish].text, wish
    return "", ""


def every(camp: Camp) -> Mapping[tuple[str, str], str]:
    """All texts by name and language, in one query."""
    rows = db.session.scalars(select(CampText).where(CampText.camp_id == camp.id).options(undefer(CampText.text)))
    return {(row.name, row.language): row.text for row in rows}


def gaps(camp: Camp) -> dict[str, list[str]]:
    """Texts in which a template left gaps, and which."""
    found: dict[str, list[str]] = {}
    for (name, _language), text in every(camp).items():
        if open_ones := papers.gaps(text):
            found[name] = list(dict.fromkeys([*found.get(name, []), *open_ones]))
    return found
