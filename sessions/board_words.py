"""The board in the reader's language: what laying a session somewhere means, marks in short, and what was done."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from flask_babel import gettext, ngettext

from camp.errors import N_
from camp.pages import FEATURE_LABELS
from sessions import standing as ids
from sessions import words
from sessions.board_models import Kept
from sessions.planner.exchange import Outlook
from sessions.planner.foresee import advice
from sessions.planner.problem import Breach, Placement
from sessions.planner.rules import Names
from sessions.planner.why import told as told_why
from sessions.planner.why import why
from sessions.standing import Standing
from sessions.steps import REDO, UNDO, Told

# What there is room for in a cell; the whole sentence of the rule stands behind it.
_SHORT = {
    "feature": N_("%(other)s is missing"), "host_busy": N_("%(host)s twice"), "host_window": N_("%(host)s is away"),
    "session_window": N_("cannot be at this time"), "closed": N_("closed"), "end": N_("needs two slots"),
    "break": N_("needs two slots"), "pin_slot": N_("pinned"), "pin_room": N_("pinned"),
}
_DONE = {
    "moved session": N_("%(session)s: %(before)s → %(after)s"),
    "took session out": N_("%(session)s taken out: %(before)s"),
    "pinned session": N_("%(session)s pinned: %(after)s"), "unpinned session": N_("%(session)s released: %(after)s"),
    "called off session": N_("%(session)s cancelled: %(before)s"),
    "put off session": N_("%(session)s: %(before)s → %(after)s"),
    "made plan": N_("A plan was laid out: %(count)s"), "mended plan": N_("The plan was mended: %(count)s"),
}
_LEAST = 0.5  # people without a seat, below which nothing is said


def short(breach: Breach, names: Names) -> str:
    """A broken rule in two or three words, for a cell."""
    if breach.rule not in _SHORT:
        return words.told(breach, names)
    other = ", ".join(gettext(FEATURE_LABELS.get(one, one)) for one in (breach.other or "").split(", "))
    return gettext(_SHORT[breach.rule], other=other, host=names.hosts.get(breach.host or "", ""))


def tips(found: Sequence[Outlook], standing: Standing, session: int) -> list[dict[str, Any]]:
    """Each cell's outlook for pages and scripts: where, what kind, a figure, short words, and the whole sentence."""
    names, name = words.names_of(standing), ids.session_id(session)
    here = next((row for row in standing.placed if row.session == name), None)
    made = [_tip(one, names, one.lay.row == here) for one in found]
    # by what is shown: no exchange is suggested for half a wish where a cell is free
    fine = [(round(one.score), not one.lay.others, one.score, -number) for number, one in enumerate(found)
            if made[number]["kind"] in ("good", "meh") and not one.lay.breaches]
    if fine:
        made[-max(fine)[-1]]["best"] = True
    return made


def place(standing: Standing, room: int, slot: int) -> str:
    """A cell in words: 11:30, E · Seminar room."""
    found = next((one for one in standing.grid.rooms if one.id == room), None)
    at = next((one for one in standing.grid.slots if one.id == slot), None)
    when = words.slot_label(at, standing.grid.session_slots) if at else gettext("a slot that is gone")
    return f"{when}, {found.letter} · {found.name}" if found else when


def done(told: Told, standing: Standing, titles: dict[int, str], originals: dict[int, Told]) -> str:
    """What a step did, in a sentence."""
    step = told.step
    if step.verb in (UNDO, REDO):
        first = originals.get(step.of or 0)
        what = done(first, standing, titles, {}) if first else ""
        return gettext("Taken back: %(what)s", what=what) if step.verb == UNDO \
            else gettext("Made again: %(what)s", what=what)
    count = ngettext("%(num)d session moved", "%(num)d sessions moved", len(step.touched))
    title = titles.get(step.session_id or 0, "")
    text = gettext(_DONE.get(step.verb, step.verb), session=gettext("“%(title)s”", title=title), count=count,
                   before=_where(step.before, step.session_id, standing),
                   after=_where(step.after, step.session_id, standing))
    others = [one for one in sorted(step.touched) if one != step.session_id] if step.session_id else []
    for one in others:
        text += " · " + gettext("“%(title)s”", title=titles.get(one, "")) + " → " + _where(step.after, one, standing)
    return text


def reason(standing: Standing, session: int, broken: Sequence[Breach]) -> str:
    """Why a session lies where it lies or has no cell; where it lies against a rule, which."""
    names, name = words.names_of(standing), ids.session_id(session)
    if broken:
        return gettext("Laid there by hand, against a rule:") + " " + words.told_all(broken, names)
    one, = why(standing.problem, standing.placed, [name])
    if one.breach is not None:
        return words.told(one.breach, names, advice)
    msgid, values = told_why(one, names)
    quoted = {key: gettext("“%(title)s”", title=values[key]) for key in ("session", "other")}
    return gettext(msgid, **values | quoted)


def laid(session: str, row: Placement, standing: Standing, others: Iterable[tuple[str, Placement | None]],
         breaches: Iterable[Breach]) -> str:
    """What has been done, for the live region: where it lies now, who made room, and which rules are broken."""
    names = words.names_of(standing)
    parts = [gettext("“%(title)s” is now at %(place)s.", title=session,
                     place=place(standing, ids.row_id(row.room), ids.row_id(row.slot)))]
    parts += [_gave_way(name, then, names) for name, then in others]
    return " ".join([*parts, words.told_all(breaches, names)]).strip()


def _tip(one: Outlook, names: Names, here: bool) -> dict[str, Any]:
    row = one.lay.row
    slot, room = names.slots.get(row.slot, row.slot), names.rooms.get(row.room, row.room)
    tip: dict[str, Any] = {"cell": f"{ids.row_id(row.room)}-{ids.row_id(row.slot)}", "at": f"{slot}, {room}",
                           "best": False, "score": one.score}
    name = gettext("“%(title)s”", title=names.sessions.get(row.session, row.session))
    say = gettext("%(session)s to %(slot)s, %(room)s:", session=name, slot=slot, room=room)
    if here:
        return tip | {"kind": "here", "head": gettext("here"), "text": gettext("lies here now"),
                      "say": say + " " + gettext("it lies here now."), "swap": False}
    if one.lay.forbidden:
        text = ", ".join(dict.fromkeys(_forbidden(breach, names) for breach in one.lay.forbidden))
        return tip | {"kind": "no", "head": gettext("does not go"), "text": text, "swap": bool(one.lay.others),
                      "say": say + " " + words.told_all(one.lay.forbidden, names)}
    parts = [_gave_way(other, then, names) for other, then in one.lay.others] + _figures(one)
    kind = "meh" if one.lay.breaches or round(one.score) < 0 else "good"
    head = _signed(one) if one.gain is not None else gettext("exchange")
    then = " ".join([*parts, words.told_all(one.lay.breaches, names)]).strip()
    return tip | {"kind": kind, "head": head, "text": _text(one, names), "swap": bool(one.lay.others),
                  "then": then, "say": f"{say} {then}".strip()}


def _text(one: Outlook, names: Names) -> str:
    parts = list(dict.fromkeys(short(breach, names) for breach in one.lay.breaches))
    if one.lay.others:
        given = all(then is not None for _, then in one.lay.others)
        parts.insert(0, gettext("exchange") if given else gettext("the other to the tray"))
    elif one.audience is not None and round(one.audience) > one.seats:
        parts.append(gettext("free, but only %(seats)s seats", seats=one.seats))
    elif not parts:
        parts.append(gettext("free, %(seats)s seats", seats=one.seats))
    return ", ".join(parts)


def _figures(one: Outlook) -> list[str]:
    if one.gain is None or one.standing is None:
        return []
    gain, more = one.gain, round(one.standing)
    if gain:
        found = [ngettext("%(num)d wish more can be kept.", "%(num)d wishes more can be kept.", gain) if gain > 0
                 else ngettext("%(num)d wish fewer can be kept.", "%(num)d wishes fewer can be kept.", -gain)]
    else:
        found = [gettext("As many wishes can be kept as now.")]
    if abs(one.standing) >= _LEAST and more:
        found.append(ngettext("About %(num)d person more would have no seat.",
                              "About %(num)d people more would have no seat.", more) if more > 0
                     else ngettext("About %(num)d person more would have a seat.",
                                   "About %(num)d people more would have a seat.", -more))
    return found


def _signed(one: Outlook) -> str:
    number = round(one.score)
    return f"+{number}" if number > 0 else f"−{-number}" if number else "±0"


def _forbidden(breach: Breach, names: Names) -> str:
    if breach.rule in ("pin_slot", "pin_room", "pin_missing"):
        return gettext("“%(title)s” is pinned", title=names.sessions.get(breach.session, breach.session))
    return short(breach, names)


def _gave_way(name: str, then: Placement | None, names: Names) -> str:
    title = names.sessions.get(name, name)
    if then is None:
        return gettext("“%(title)s” goes back to the tray.", title=title)
    return gettext("“%(title)s” goes to %(slot)s, %(room)s.", title=title, slot=names.slots.get(then.slot, then.slot),
                   room=names.rooms.get(then.room, then.room))


def _where(rows: Iterable[Kept], session: int | None, standing: Standing) -> str:
    first = next((row for row in rows if row[0] == session and row[1] == 1), None)
    return place(standing, first[2], first[3]) if first else gettext("tray")
