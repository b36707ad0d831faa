"""Tests of camp/editions.py."""

from __future__ import annotations

import pytest
from flask import Flask

from camp import editions, log
from camp.db import writing
from tests import make


def test_whoever_saves_second_is_told_by_whom_and_saves_with_the_new_number(app: Flask) -> None:
    camp = make.camp()
    mai, ben = make.participant(camp, "Mai"), make.person("ben@example.org")
    assert editions.number(camp, "settings") == 0
    with writing():
        editions.save(camp, "settings", 0, mai.person_id)
    with pytest.raises(editions.Overtaken) as told, writing():
        editions.save(camp, "settings", 0, ben.id)
    assert (told.value.who, told.value.sentence().partition(".")[0]) == ("Mai Krause", "Mai Krause has saved this in the meantime")
    with writing():
        editions.save(camp, "settings", 1, ben.id)
        editions.save(camp, "settings", None, None)
    with pytest.raises(editions.Overtaken, match="Somebody else"), writing():
        editions.save(camp, "settings", 1, ben.id)
    with pytest.raises(editions.Overtaken, match="did not say which text"), writing():
        editions.save(camp, "settings", editions.NEVER_SEEN, ben.id)
    assert [editions.number(camp, what) for what in ("settings", "look")] == [3, 0]


def test_the_log_knows_who_wrote_a_session_last(app: Flask) -> None:
    camp = make.camp()
    mai, ben = make.participant(camp, "Mai"), make.person("ben@example.org")
    with writing():
        log.note("changed session", camp_id=camp.id, person_id=ben.id, session_id=1)
        log.note("changed session", camp_id=camp.id, person_id=mai.person_id, session_id=2)
        log.note("moved session", camp_id=camp.id, person_id=mai.person_id, session_id=1)
    assert [editions.last_writer(camp, ("changed session",), session_id=number) for number in (1, 2, 3)] == ["ben@example.org", "Mai Krause", ""]
