"""What of badges and doors needs the organisers before the camp: people without a badge, no phone that scans."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from flask import url_for
from flask_babel import gettext, ngettext

from badges import pairing, printing
from camp import clock
from camp.models import Camp
from camp.todos import Todo

_PRINT_BY, _PAIR_BY = timedelta(days=7), timedelta(days=1)


def look(camp: Camp) -> Iterator[Todo]:
    """Badges from a week before the first day on, phones from the day before on; nothing when the camp is over."""
    if not camp.days:
        return
    today = clock.local(clock.now(), camp.timezone).date()
    left = camp.days[0].date - today
    if today > camp.days[-1].date:
        return
    numbers = printing.numbers(camp)
    if left <= _PRINT_BY and numbers.made < numbers.admitted:
        missing = numbers.admitted - numbers.made
        yield Todo("warn", ngettext("One person has no badge yet.", "%(num)s people have no badge yet.", missing),
                   gettext("Print the badges; everybody who has a place gets one."),
                   url_for("sheets.index"), gettext("Badges"))
    if left <= _PAIR_BY and not pairing.paired(pairing.doors(camp)):
        yield Todo("warn", gettext("No phone can scan yet."),
                   gettext("Make the helpers' phones doors before people come."),
                   url_for("doors.index"), gettext("Doors"))
