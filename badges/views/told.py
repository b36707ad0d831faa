"""The door's verdicts in words, in the language of the phone."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext

from badges.arrivals import HeadCount
from badges.door import Answer
from badges.doorlist import milliseconds
from camp.errors import N_
from camp.i18n import wall
from camp.models import Camp
from camp.pages import KIND_LABELS

_WORDS = {
    "admitted": (N_("Welcome"), ""),
    "handed": (N_("Hand it out"), ""),
    "undone": (N_("Taken back"), ""),
    "drill": (N_("Drill"), ""),
    "renamed": (N_("Name corrected"), ""),
    "already": (N_("Already in"), N_("In since %(since)s, door: %(door)s.")),
    "refused": (N_("Has a place after all"), N_("Was turned away at the door. Scan the badge again.")),
    "other-day": (N_("Another day"), N_("This person is registered for another day. Ask an organiser.")),
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


# What a phone is answered that may not scan, by why; empty: it may.
STATUS = {"": 200, "not-paired": 401, "device-revoked": 403, "device-expired": 403}
# Where something is handed out.
_HAS_IT = (N_("Has it already"), N_("Since %(since)s, at: %(door)s."))
_OFFLINE = (N_("Not on this list"),
            N_("May have registered later. Let the person in provisionally, or ask an organiser."))


def words(camp: Camp, station: str) -> dict[str, list[str]]:
    """Every verdict in words, for the phone; %(since)s and %(door)s are filled in there."""
    found = _WORDS | {"unknown-offline": _OFFLINE} | ({"already": _HAS_IT} if station != "door" else {})
    return {name: [gettext(word), gettext(sentence).replace("%(camp)s", camp.title) if sentence else ""]
            for name, (word, sentence) in found.items()}


def event(found: Answer) -> dict[str, Any]:
    """An answer as the phone's script takes it: no texts but names, times in milliseconds since 1970."""
    who = found.participant
    person = {"person": f"p{who.id}", "name": who.name, "organisation": who.organisation, "kind": who.kind,
              "no_photo": who.photo == "no"} if who else {}
    return {"verdict": found.verdict, "since": milliseconds(found.since), "door": found.door} | person


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
