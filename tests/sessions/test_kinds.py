from __future__ import annotations

from flask import Flask

from sessions.kinds import LEAST, Share, shares
from tests import make


def test_hosts_and_voters_are_counted_by_kind_and_small_kinds_hide_who_votes(app: Flask) -> None:
    camp, key = make.camp(), app.config["CAMP"].vote_key
    founders = [make.participant(camp, kind="start-up") for _ in range(LEAST)]
    few = [make.participant(camp, kind="industry") for _ in range(LEAST - 1)]
    make.participant(camp, kind="other", state="cancelled")
    session = make.session(camp, hosts=[few[0]])
    gone = make.session(camp, "Gone", hosts=[founders[4]], state="withdrawn")
    make.vote(app, founders[0], session)
    make.vote(app, founders[1], session)
    make.vote(app, founders[2], gone)
    make.vote(app, few[1], session)
    assert shares(camp, key) == [Share("start-up", LEAST, 0, 2), Share("industry", LEAST - 1, 1, None)]


def test_another_camps_people_count_nowhere(app: Flask) -> None:
    make.session(make.camp("other"))
    assert shares(make.camp(), app.config["CAMP"].vote_key) == []
