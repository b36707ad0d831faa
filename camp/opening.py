"""Opening: what a camp lacks before the public may see it, and the step itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from camp import camps, clock, log, papers, texts, venue
from camp.errors import N_, Conflict
from camp.models import Camp


class NotReady(Conflict):
    """The camp cannot be opened yet; `lacks` names the texts that stand in the way."""

    def __init__(self, lacks: list[str]) -> None:
        super().__init__(N_("The camp cannot be opened yet."), N_("The law asks for these texts first."))
        self.lacks = lacks


@dataclass(frozen=True, slots=True)
class Point:
    """A line of the checklist: its name, whether it is there, whether opening waits for it, and what is open in it.

    `name` is that of a text, or one of: days, rooms, slots, phases, partners, team. `gaps` are a template's;
    `unchecked`: it was copied from another camp.
    """

    name: str
    done: bool
    needed: bool = False
    gaps: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    unchecked: bool = False


def checklist(camp: Camp) -> list[Point]:
    """Everything that a camp should have before people see it, what is needed first."""
    there, gaps = texts.names(camp), texts.gaps(camp)
    written = [_text(camp, name, name in papers.LEGAL, there, tuple(gaps.get(name, ()))) for name in papers.NAMES]
    slots = venue.slots(camp)
    today = camps.today(camp)
    return [*written,
            Point("days", all(day.date >= today for day in camp.days) and bool(camp.days)),
            Point("rooms", bool(venue.rooms(camp))),
            Point("slots", {day.date for day in camp.days} == {slot.date for slot in slots if slot.kind == "session"}),
            Point("phases", bool(camp.phases)),
            Point("partners", bool(camp.partners))]


def _text(camp: Camp, name: str, needed: bool, there: frozenset[str], gaps: tuple[str, ...]) -> Point:
    has = {one.language for one in camp.texts if one.name == name}
    lacking = tuple(language for language in camp.languages if language not in has) if name in there else ()
    unchecked = name in texts.unchecked(camp)
    return Point(name, name in there and not gaps and not unchecked, needed, gaps, lacking, unchecked)


def lacks(camp: Camp) -> list[str]:
    """The texts without which the camp stays closed: missing, with a template's gaps, or copied and not checked."""
    return [point.name for point in checklist(camp) if point.needed and not point.done]


def write_text(camp: Camp, name: str, by_language: Mapping[str, str], *, person_id: int | None = None) -> None:
    """Write a text in languages; an empty one goes. Raises BadInput for too long a one.

    Raises Conflict if an open camp would lose a text that the law asks for.
    """
    for language, text in by_language.items():
        texts.put(camp, name, language, text)
    if camp.opened_at is not None and name in papers.LEGAL and name not in texts.names(camp):
        raise Conflict(N_("The camp is open, and the law asks for this text."), field="de")
    camps.changed(camp)
    log.note("changed texts", camp_id=camp.id, person_id=person_id, name=name)


def open_camp(camp: Camp, person_id: int | None = None) -> None:
    """Let the public see the camp; once it is open it stays so. Raises NotReady while the law's texts are missing."""
    missing = lacks(camp)
    if missing:
        raise NotReady(missing)
    if camp.opened_at is None:
        camp.opened_at = clock.now()
        camps.changed(camp)
        log.note("opened camp", camp_id=camp.id, person_id=person_id)
