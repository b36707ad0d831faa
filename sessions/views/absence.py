"""A host is not there: one tap calls the session off or moves it, from the board or from the session's page."""

from __future__ import annotations

from flask import Blueprint
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from camp import access, ways
from camp.access import allow
from sessions import absence, board_words, proposals
from sessions import standing as ids
from sessions.standing import standing_of
from sessions.views import board
from sessions.views.voting import vote_key

bp = Blueprint("absence", __name__)


@bp.post("/<camp>/organise/plan/<int:session_id>/call-off")
@allow("moderator")
def call_off(session_id: int) -> ResponseReturnValue:
    """Call a session off, for everybody at once."""
    camp = access.the_camp()
    session = proposals.of(camp, session_id)

    def verb() -> str:
        told = absence.call_off(camp, session_id, person_id=access.viewer().person_id)
        return _("“%(title)s” is cancelled.", title=session.title) + " " + _mailed(told)

    return board.carried_out(camp, verb, back=ways.own_referrer())


@bp.post("/<camp>/organise/plan/<int:session_id>/put-off")
@allow("moderator")
def put_off(session_id: int) -> ResponseReturnValue:
    """Move a session to the best free cell that has not begun, for everybody at once."""
    camp = access.the_camp()
    session = proposals.of(camp, session_id)

    def verb() -> str:
        to, told = absence.put_off(camp, session_id, vote_key(), person_id=access.viewer().person_id)
        where = board_words.place(standing_of(camp), ids.row_id(to.room), ids.row_id(to.slot))
        return _("“%(title)s” is now at %(place)s.", title=session.title, place=where) + " " + _mailed(told)

    return board.carried_out(camp, verb, back=ways.own_referrer())


def _mailed(told: int) -> str:
    return ngettext("%(num)d person gets a mail.", "%(num)d people get a mail.", told) if told else ""
