"""What the page of a phone at the door says, for its scripts, in the language of the phone."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext

from camp.errors import N_
from camp.pages import KIND_LABELS

# What stands in %( )s is filled in by the scripts.
_TEXTS = {
    "online": N_("connected"),
    "sending": N_("connected, sending %(number)s"),
    "offline": N_("no network"),
    "offlineWaiting": N_("no network, %(number)s wait"),
    "list": N_("List of %(size)s people, as of %(at)s"),
    "count": N_("%(here)s of %(expected)s are here"),
    "noList": N_("There is no list on this phone yet. Go where there is a network."),
    "oldList": N_("The list is more than half an hour old. Go where there is a network before the shift."),
    "noWorker": N_("This browser keeps no page: it does not open without network. Use another browser."),
    "evicted": N_("The browser may clear what this page keeps. Install it: menu, “Add to home screen”."),
    "noSpace": N_("This phone has hardly any room left. Free some before the shift."),
    "full": N_("This phone can keep nothing, so nobody was counted. Leave private mode, or free some room."),
    "refused": N_("The browser gives no camera. Allow it in the settings of this page, or type the code."),
    "noDecoder": N_("The reader for the camera could not be loaded. Load the page again, or type the code."),
    "notBlank": N_("This is no blank badge. Take another one."),
    "noPhoto": N_("Does not want to be photographed"),
    "first": N_("Here for the first time"),
    "shirt": N_("Give T-shirt %(size)s"),
    "undo": N_("%(name)s, %(at)s: take back"),
    "seen": N_("Seen"),
    "later": N_("%(name)s, %(at)s: %(word)s. %(sentence)s"),
    "double": N_("%(name)s was let in at two doors: %(times)s. Counted once."),
    "inside": N_("%(number)s are inside"),
    "missing": N_("%(number)s not seen outside yet"),
    "inSince": N_("in since %(since)s"),
    "takeBack": N_("Take back"),
    "letIn": N_("Let in"),
    "correct": N_("Correct the name"),
    "page": N_("Code %(number)s of %(all)s"),
}
_STATES = {"admitted": N_("has a place"), "waiting": N_("waits for a place"), "cancelled": N_("has cancelled")}


def texts() -> dict[str, Any]:
    """The texts by name; states and kinds of organisation by theirs."""
    return {name: gettext(text) for name, text in _TEXTS.items()} | {
        "states": {name: gettext(text) for name, text in _STATES.items()},
        "kinds": {name: gettext(label) for name, label in KIND_LABELS.items()}}
