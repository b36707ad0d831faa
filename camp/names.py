"""A person's name and address in texts of others: found whatever the blanks and capitals, and blotted out."""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy import func, select

from camp.db import db
from camp.models import Participant

BLOT = "–"
NOTHING = r"(?!)"  # a pattern that finds nothing


def traces_of(participant: Participant) -> re.Pattern[str]:
    """What finds a participant in texts; of two people of one name at a camp, only by the address."""
    same = db.session.scalar(select(func.count()).select_from(Participant).where(
        Participant.camp_id == participant.camp_id, Participant.id != participant.id,
        func.lower(Participant.given_name) == participant.given_name.lower(),
        func.lower(Participant.family_name) == participant.family_name.lower()))
    given, family = ("", "") if same else (participant.given_name, participant.family_name)
    return pattern(given, family, participant.person.email)


def pattern(given: str, family: str, address: str) -> re.Pattern[str]:
    """What finds an address, and a full name in either order.

    Whoever has one name only is not looked for by it: it may be a word, such as Mai.
    """
    first, last = given.split(), family.split()
    orders = ([*first, *last], [*last, *first]) if first and last else ()
    found = {r"(?:\s*,)?\s+".join(map(re.escape, order)) for order in orders}
    found |= {re.escape(address)} if address else set()
    return re.compile(rf"(?<!\w)(?:{'|'.join(sorted(found, key=len, reverse=True)) or NOTHING})(?!\w)", re.IGNORECASE)


def of_name(name: str) -> re.Pattern[str]:
    """What finds somebody who is known by a name in free words."""
    given, _, family = name.strip().rpartition(" ")
    return pattern(given, family, "")


def blotted(value: Any, wanted: re.Pattern[str]) -> Any:
    """A text, or what a JSON column holds, with every find replaced by a dash."""
    if isinstance(value, str):
        return wanted.sub(BLOT, value)
    if isinstance(value, dict):
        return {key: blotted(one, wanted) for key, one in value.items()}
    if isinstance(value, list):
        return [blotted(one, wanted) for one in value]
    return value
