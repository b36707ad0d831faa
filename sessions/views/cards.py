"""Voting by cards: one proposal after the other through what one has not judged, with buttons, keys or a swipe."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from camp import access, camps, pages
from camp.access import allow
from camp.db import db
from camp.errors import N_, BadInput, CampError
from camp.i18n import told
from sessions import cards, proposals, voting
from sessions.views.voting import by_htmx, seed, vote_key

bp = Blueprint("cards", __name__)


@bp.get("/<camp>/vote")
@allow("participant")
def show() -> ResponseReturnValue:
    """The next card."""
    pages.belongs_to("proposals.index")
    return render_template("sessions/cards.html", **_state(request.args.get("last", 0, type=int)))


@bp.post("/<camp>/vote/<int:session_id>")
@allow("participant")
def answer(session_id: int) -> ResponseReturnValue:
    """Take the answer to a card, or take one back; the next card follows."""
    camp, me, wanted = access.the_camp(), access.me(), request.form.get("answer")
    try:
        session = proposals.of(camp, session_id)
        if wanted not in ("yes", "no", "back"):
            raise BadInput(N_("This vote says neither yes nor no."), N_("Use the button on the page."))
        if wanted == "back":
            voting.unjudge(camp, session, me, vote_key())
        else:
            voting.judge(camp, session, me, wanted == "yes", vote_key())
    except CampError as error:
        if not by_htmx():
            raise
        db.session.rollback()
        return render_template("sessions/card.html", refusal=" ".join(told(error)), **_state(0)), 422
    db.session.commit()
    last = 0 if wanted == "back" else session_id
    if by_htmx():
        return render_template("sessions/card.html", **_state(last, first=session_id if not last else 0))
    return redirect(url_for("cards.show", last=last or None), 303)


def _state(last: int, first: int = 0) -> dict[str, object]:
    """What the card shows; `last` is what was answered before, `first` what was taken back and comes again at once."""
    camp, me = access.the_camp(), access.me()
    stack = cards.stack(camp, me, vote_key(), seed())
    again = next((row for row in stack.left if row.id == first), None)
    return {"stack": stack, "session": again or next(iter(stack.left), None), "last": last,
            "voting_open": camps.open_now(camp, "voting")}
