"""The team of the demo camp: a helper, a caterer, meals to order, and a roster with an hour that is still open."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from camp import catering_orders, clock, people, roster, venue
from camp.models import Camp, Participant
from camp.roster import LEAD, Duty

_PHONE = "0151 0000{:02}"


def fill(camp: Camp, crowd: Sequence[Participant]) -> None:
    """Give the shifts of the day, and set until when meals are ordered: noon, three days before."""
    slots = venue.slots(camp)
    day = slots[0].date
    first, last = slots[0].starts, slots[-1].ends
    middle = _between(day, first, last)
    order_by = clock.at(day - timedelta(days=3), time(12), camp.timezone)
    catering_orders.plan(camp, order_by, 85)
    lead, second, door, shirts, rooms, pitch = crowd[:: len(crowd) // 6][:6]
    plan = ((LEAD, first, middle, lead), (LEAD, middle, slots[-2].ends, second), ("door", first, middle, door),
            ("door", middle, last, None), ("shirts", first, slots[1].ends, shirts), ("rooms", first, last, rooms),
            ("pitch", first, slots[1].ends, pitch))
    for number, (task, starts, ends, who) in enumerate(plan):
        roster.put(camp, None, Duty(task, "", day, starts, ends, who.name if who else "",
                                    _PHONE.format(number) if who else ""))


def roles(camp: Camp, crowd: Sequence[Participant]) -> tuple[Participant, Participant]:
    """The helper and the caterer; their roles are given where they are missing."""
    helper, caterer = (crowd[len(crowd) * part // 10] for part in (1, 3))
    people.give_role(camp, helper.person, "helper")
    people.give_role(camp, caterer.person, "catering")
    return helper, caterer


def _between(day: date, first: time, last: time) -> time:
    """The middle of a span of a day, at a quarter of an hour."""
    span = datetime.combine(day, last) - datetime.combine(day, first)
    return (datetime.combine(day, first) + span // 2 // timedelta(minutes=15) * timedelta(minutes=15)).time()
