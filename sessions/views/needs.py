"""What of the sessions needs the organisers: a plan not published, sessions without a cell, missing notes."""

from __future__ import annotations

from collections.abc import Iterator

from flask import url_for
from flask_babel import gettext, ngettext

from camp import camps, clock, phases
from camp.models import Camp
from camp.todos import Todo
from sessions import agenda, guests, outcomes, overflow
from sessions.standing import standing_of


def look(camp: Camp) -> Iterator[Todo]:
    """The plan before the camp, the notes after it."""
    stage = {name: state for name, state, _ in phases.states(camps.spans(camp), clock.now())}
    if stage["camp"] == "past":
        yield from _notes(camp)
    else:
        yield from _plan(camp, voted=stage["voting"] == "past")


def _plan(camp: Camp, voted: bool) -> Iterator[Todo]:
    standing, current, changes = standing_of(camp), agenda.current(camp), agenda.changes(camp)
    if standing.left_out:
        text = ngettext("A session cannot be planned: none of its hosts has a place.",
                        "%(num)s sessions cannot be planned: none of their hosts has a place.", len(standing.left_out))
        yield Todo("warn", text, gettext("Give a host a place, or leave the session out."),
                   url_for("planning.show"), gettext("Plan"))
    if voted and not standing.placed and standing.sessions:
        yield Todo("warn", gettext("Voting is over and nothing has a room yet."),
                   gettext("Let the plan be made, then correct it by hand."), url_for("planning.show"), gettext("Plan"))
    elif current is not None and not changes.empty:
        concerned = ngettext("Publishing would concern one person.", "Publishing would concern %(num)s people.",
                             changes.people)
        yield Todo("info", gettext("The plan says something else than the agenda that is out."), concerned,
                   url_for("planning.publish_page"), gettext("Publish"))
    yield from _from_the_wall(camp)
    if current is not None:
        yield from _answers(camp, len(standing.placed), len(standing.sessions))


def _from_the_wall(camp: Camp) -> Iterator[Todo]:
    if fresh := len(guests.fresh(camp)):
        text = ngettext("A proposal has come from the wall without an account, and nobody has looked at it.",
                        "%(num)s proposals have come from the wall without an account, and nobody has looked at them.",
                        fresh)
        yield Todo("info", text, gettext("Greet their hosts, or hide what is no topic."), url_for("guests.index"),
                   gettext("From the wall"))


def _answers(camp: Camp, placed: int, everything: int) -> Iterator[Todo]:
    """Once an agenda is out: hosts whose session found no cell and who have had no answer."""
    if left := everything - placed - len(overflow.replies(camp)):
        text = ngettext("A host whose session has no cell has had no answer.",
                        "%(num)s hosts whose sessions have no cell have had no answer.", left)
        yield Todo("info", text, gettext("Offer a table, a second run or the next camp."),
                   url_for("overflow.index"), gettext("Overflow"))


def _notes(camp: Camp) -> Iterator[Todo]:
    share = outcomes.documented_share(camp)
    if missing := share.of - share.documented:
        yield Todo("info", ngettext("One session has no notes yet.", "%(num)s sessions have no notes yet.", missing),
                   gettext("Ask their hosts while they remember."),
                   url_for("outcomes.index", show="empty"), gettext("Notes"))
