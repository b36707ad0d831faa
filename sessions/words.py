"""Rules of the plan in the reader's language: breaches with features and names put into their sentences."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from flask_babel import format_date, get_locale, gettext

from camp.i18n import wall
from camp.models import Slot
from camp.pages import FEATURE_LABELS
from sessions.planner.part import Along
from sessions.planner.part import told as told_of_part
from sessions.planner.problem import Breach
from sessions.planner.replan import Move
from sessions.planner.replan import told as told_of
from sessions.planner.rules import RULES, Names, sentence
from sessions.standing import Standing, slot_id

Sayer = Callable[[Breach, Names], tuple[str, dict[str, str]]]


def slot_label(slot: Slot, all_slots: Sequence[Slot]) -> str:
    """When a slot begins, for sentences and choices: 9:00; with the day if the camp has several: 24. Apr., 9:00."""
    if len({one.date for one in all_slots}) == 1:
        return wall(slot.starts)
    day = format_date(slot.date, "d MMM" if str(get_locale()) == "en" else "d. MMM")
    return f"{day}, {wall(slot.starts)}"


def names_of(standing: Standing) -> Names:
    """What to call the plan's ids on a page."""
    slots = standing.grid.session_slots
    return replace(standing.names, slots={slot_id(slot.id): slot_label(slot, slots) for slot in slots})


def told(breach: Breach, names: Names, say: Sayer = sentence) -> str:
    """One breach or reason as a sentence for a page, a form or a job; `say` is the planner's `sentence` or `advice`."""
    msgid, values = say(breach, names)
    values["session"] = gettext("“%(title)s”", title=values["session"])
    other = RULES[breach.rule].other
    if other == "session":
        values["other"] = gettext("“%(title)s”", title=values["other"])
    if other == "features":
        values["other"] = ", ".join(gettext(FEATURE_LABELS.get(one, one)) for one in values["other"].split(", "))
    return gettext(msgid, **values)


def told_all(breaches: Iterable[Breach], names: Names, say: Sayer = sentence) -> str:
    """Several breaches as running text, each sentence once."""
    return " ".join(dict.fromkeys(told(breach, names, say) for breach in breaches))


def told_move(move: Move, names: Names) -> tuple[str, str]:
    """What happens to a session when a plan is mended, and why."""
    (what, values), (why, reason) = told_of(move, names)
    values["session"] = gettext("“%(title)s”", title=values["session"])
    if move.breach is not None:
        return gettext(what, **values), told(move.breach, names)
    if "other" in reason:
        reason["other"] = gettext("“%(title)s”", title=reason["other"])
    return gettext(what, **values), gettext(why, **reason) if reason else gettext(why)


def told_along(one: Along, names: Names) -> str:
    """Why a session goes along with a part of a proposed plan."""
    msgid, values = told_of_part(one, names)
    quoted = {name: gettext("“%(title)s”", title=values[name]) for name in ("session", "other")}
    return gettext(msgid, **values | quoted)
