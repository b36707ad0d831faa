"""The door's verdicts in words, in the language of the phone."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext

from badges.door import Answer, HeadCount
from camp.errors import N_
from camp.i18n import wall
from camp.models import Camp
from camp.pages import KIND_LABELS

_WORDS = {
    "admitted": (N_("Welcome"), ""),
    "already": (N_("Already in"), N_("In since %(since)s, door: %(door)s.")),
    "unknown": (N_("Not known"), N_("No badge has this code. Send the person to the organisers' desk.")),
    "revoked": (N_("Revoked"), N_("This badge was replaced or is lost. Send the person to the organisers' desk.")),
    "blank": (N_("Blank badge"), N_("This badge is nobody's yet. Bind it to a name first.")),
    "waiting": (N_("Has no place yet"), N_("This person is on the waiting list. Ask an organiser.")),
    "cancelled": (N_("Cancelled"), N_("This person has given the place back. Ask an organiser.")),
    "other-camp": (N_("Another camp"), N_("This badge is for another camp. Ask for the one of %(camp)s.")),
    "not-a-badge": (N_("Not a badge"), N_("This is not the code of one of our badges. Show the badge itself.")),
    "device-revoked": (N_("This phone is locked out"), N_("An organiser has ended its pairing. Ask for a new code.")),
    "device-expired": (N_("The pairing has ended"), N_("The camp is over; this phone scans no more.")),
    "not-paired": (N_("This phone is not paired"), N_("Ask an organiser for a code and type it in here.")),
}


def answer(camp: Camp, found: Answer) -> dict[str, Any]:
    """An answer as the phone shows it: verdict, tone, and every text in the reader's language."""
    who, word = found.participant, _WORDS[found.verdict][0]
    return {
        "verdict": found.verdict, "tone": found.tone, "word": gettext(word), "sentence": _sentence(camp, found),
        "name": who.name if who else "", "organisation": who.organisation if who else "",
        "kind": gettext(KIND_LABELS[who.kind]) if who else "", "no_photo": who is not None and who.photo == "no",
        "since": wall(found.since) if found.since else "", "door": found.door,
    }


def count(number: HeadCount) -> str:
    """The head count in a line."""
    return gettext("%(here)s of %(expected)s are here", here=number.here, expected=number.expected)


def _sentence(camp: Camp, found: Answer) -> str:
    sentence = _WORDS[found.verdict][1]
    if found.verdict == "already" and not found.door:
        sentence = N_("In since %(since)s.")
    if not sentence:
        return ""
    return gettext(sentence, since=wall(found.since) if found.since else "", door=found.door, camp=camp.title)
