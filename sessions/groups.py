"""The groups of participants that only this wing can tell: who brings a session and who does not yet."""

from __future__ import annotations

from sqlalchemy import ColumnElement, exists

from camp.errors import N_
from camp.groups import Group
from camp.models import Camp, Participant
from sessions.models import Host, Session


def _hosts(camp: Camp) -> ColumnElement[bool]:
    return exists().where(Host.participant_id == Participant.id, Session.id == Host.session_id,
                          Session.camp_id == camp.id, Session.state.not_in(("withdrawn", "hidden")))


GROUPS = (
    Group("no-proposal", N_("have a place and no proposal yet"),
          lambda camp: (Participant.state == "admitted") & ~_hosts(camp)),
    Group("hosts", N_("hold a session"), lambda camp: (Participant.state != "cancelled") & _hosts(camp)),
)
