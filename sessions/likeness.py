"""The worker's look for proposals that say the same: done anew whenever the texts of a camp have changed."""

from __future__ import annotations

from sqlalchemy import delete, select

from camp import camps
from camp.db import db, writing
from camp.models import Camp
from sessions.models import Session
from sessions.vote_models import Likeness


class Watch:
    """Remembers for each camp at which change number and with which texts it last looked."""

    def __init__(self) -> None:
        self._seen: dict[int, tuple[int, int]] = {}

    def look(self) -> None:
        """Look at the camps that are not over and have changed; writes in transactions of its own."""
        for camp_id in camps.before_their_end():
            camp = db.session.get_one(Camp, camp_id)
            number, (before, texts_before) = camp.change_number, self._seen.get(camp_id, (-1, 0))
            if number != before:
                texts = texts_of(camp_id)
                mark = hash(tuple(sorted(texts.items())))
                db.session.rollback()
                if before < 0 or mark != texts_before:
                    find(camp_id, texts)
                self._seen[camp_id] = number, mark
            db.session.rollback()


def texts_of(camp_id: int) -> dict[int, tuple[str, str]]:
    """Id → title and text of each proposal on the wall."""
    rows = db.session.execute(select(Session.id, Session.title, Session.description).where(
        Session.camp_id == camp_id, Session.state == "proposed"))
    return {number: (title, text) for number, title, text in rows}


def find(camp_id: int, texts: dict[int, tuple[str, str]]) -> None:
    """Write down which of the proposals are similar, in the place of what was found before."""
    from sessions import similar  # its dictionaries take 100 MB: only the worker needs them
    found = similar.pairs(texts)
    with writing():
        camps.lock(db.session.get_one(Camp, camp_id))
        here = select(Session.id).where(Session.camp_id == camp_id)
        db.session.execute(delete(Likeness).where(Likeness.one_id.in_(here)))
        there = set(db.session.scalars(here))
        db.session.add_all(Likeness(one_id=one, other_id=other, score=score) for (one, other), score in found.items()
                           if one in there and other in there)
