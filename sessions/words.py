"""Rules of the plan in the reader's language: breaches with features and names put into their sentences."""

from __future__ import annotations

from collections.abc import Iterable

from flask_babel import gettext

from camp.pages import FEATURE_LABELS
from sessions.planner.problem import Breach
from sessions.planner.rules import Names, sentence

_WITH_SESSION = ("taken", "host_busy")
_WITH_FEATURES = ("feature", "no_room_with", "no_room_with_all")


def told(breach: Breach, names: Names) -> str:
    """One breach or reason as a sentence for a page, a form or a job."""
    msgid, values = sentence(breach, names)
    values["session"] = gettext("“%(title)s”", title=values["session"])
    if breach.rule in _WITH_SESSION:
        values["other"] = gettext("“%(title)s”", title=values["other"])
    if breach.rule in _WITH_FEATURES:
        values["other"] = ", ".join(gettext(FEATURE_LABELS.get(one, one)) for one in values["other"].split(", "))
    return gettext(msgid, **values)


def told_all(breaches: Iterable[Breach], names: Names) -> str:
    """Several breaches as running text, each sentence once."""
    return " ".join(dict.fromkeys(told(breach, names) for breach in breaches))
