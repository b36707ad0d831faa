"""Ordering meals: a deadline, from which the figures ordered are frozen, and how today's differ from them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from camp import camps, catering, clock, log
from camp.catering import Sheet
from camp.catering_models import CateringOrder
from camp.db import db
from camp.models import Camp, Needs, Participant
from camp.text import line

REST = "…"  # the diets that are no longer told apart


@dataclass(frozen=True, slots=True)
class Ordered:
    """A diet on a day: how many portions were ordered, how many would be ordered today."""

    diet: str
    ordered: int
    today: int

    @property
    def difference(self) -> int:
        """How many more are needed today; below 0: how many are too many."""
        return self.today - self.ordered


def of(camp: Camp) -> CateringOrder:
    """The camp's order; one that was never set is not in the database."""
    return db.session.get(CateringOrder, camp.id) or CateringOrder(
        camp_id=camp.id, order_by=None, percent=None, frozen_at=None, frozen={})


def rate(camp: Camp) -> int:
    """The show rate in percent to reckon with: the camp's own, else that of past camps, else everybody."""
    return of(camp).percent or catering.show_rate(camp).percent or 100


def plan(camp: Camp, order_by: datetime | None, percent: int | None, *, person_id: int | None = None) -> None:
    """Set until when meals are ordered, and for which show rate. A deadline that is over freezes the figures at once.

    Another deadline gives free what was frozen; the same one leaves it.
    """
    camps.lock(camp)
    row = db.session.get(CateringOrder, camp.id)
    if row is None:
        row = CateringOrder(camp_id=camp.id, frozen={})
        db.session.add(row)
    if row.order_by != order_by:
        row.frozen_at, row.frozen = None, {}
    row.order_by, row.percent = order_by, percent
    db.session.flush()
    log.note("changed the order of meals", camp_id=camp.id, person_id=person_id)
    freeze_due(camp)


def freeze_due(camp: Camp) -> None:
    """Freeze the figures of a camp whose deadline is over; stands in a job that comes round every minute."""
    row = db.session.get(CateringOrder, camp.id)
    if row is None or row.frozen_at is not None or row.order_by is None or row.order_by > clock.now():
        return
    row.frozen = {sheet.day.isoformat(): [[one.diet, one.order] for one in sheet.lines]
                  for sheet in catering.sheets(camp, rate(camp))}
    row.frozen_at = clock.now()
    log.note("meals ordered", camp_id=camp.id)


def compared(sheet: Sheet, order: CateringOrder) -> list[Ordered]:
    """What was ordered for the day beside what would be today, in today's order; what nobody eats any more is last."""
    then = {diet: int(portions) for diet, portions in order.frozen.get(sheet.day.isoformat(), [])}
    now = {one.diet: one.order for one in sheet.lines}
    by_spelling = {diet.casefold(): diet for diet in now}
    ordered: dict[str, int] = {}
    for diet, portions in then.items():
        spelt = by_spelling.get(diet.casefold(), diet)
        ordered[spelt] = ordered.get(spelt, 0) + portions
    return [Ordered(diet, ordered.get(diet, 0), now.get(diet, 0)) for diet in dict.fromkeys([*now, *ordered])]


def forget(camp: Camp, who: Participant) -> None:
    """Before somebody is erased: a diet that nobody else wrote is no longer told apart in what was ordered."""
    row, needs = db.session.get(CateringOrder, camp.id), db.session.get(Needs, who.id)
    diet = line(needs.diet).casefold() if needs else ""
    if row is None or not row.frozen or not diet:
        return
    others = db.session.scalars(select(Needs.diet).join(Participant, Participant.id == Needs.participant_id).where(
        Participant.camp_id == camp.id, Participant.id != who.id))
    if all(line(other).casefold() != diet for other in others):
        _fold(row, lambda written: written.casefold() == diet)


def forget_all(camp: Camp) -> None:
    """Keep of what was ordered the numbers only."""
    row = db.session.get(CateringOrder, camp.id)
    if row is not None:
        _fold(row, bool)


def _fold(row: CateringOrder, gone: Callable[[str], bool]) -> None:
    folded: dict[str, Sequence[Sequence[object]]] = {}
    for day, lines in row.frozen.items():
        sums: dict[str, int] = {}
        for diet, portions in lines:
            name = REST if gone(diet) else diet
            sums[name] = sums.get(name, 0) + portions
        folded[day] = [[diet, portions] for diet, portions in sums.items()]
    row.frozen = folded
