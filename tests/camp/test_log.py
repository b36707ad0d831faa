from __future__ import annotations

import re

from flask import Flask

from camp import log
from camp.db import db, writing
from camp.models import LogEntry
from tests import make
from tests.conftest import TESTS


def test_note_keeps_verb_person_and_numbers(app: Flask) -> None:
    camp, who = make.camp(), make.person()
    with writing():
        log.note("moved", camp_id=camp.id, person_id=who.id, session=7)
    entry = db.session.query(LogEntry).one()
    assert (entry.verb, entry.camp_id, entry.person_id, entry.detail) == ("moved", camp.id, who.id, {"session": 7})


def test_every_verb_noted_at_a_camp_has_its_sentence() -> None:
    source = "\n".join(path.read_text("utf-8") for folder in ("camp", "sessions", "badges") for path in (TESTS.parent / folder).rglob("*.py"))
    noted = set(re.findall(r'(?:log\.note|_noted?)\((?:camp, (?:session, participant, )?)?"([a-z ]+)"[^)]*camp', source))
    noted |= set(re.findall(r'_noted?\(camp, (?:session, participant, )?"([a-z ]+)"', source))
    assert len(noted) > 15
    assert noted - set(log.SENTENCES) == set()


def test_what_a_command_did_names_the_command(app: Flask) -> None:
    camp, who = make.camp(), make.person("mai@example.org")
    with writing():
        with log.by_command("camp load"):
            log.note("loaded camp", camp_id=camp.id)
            log.note("role", camp_id=camp.id, person_id=who.id)
        log.note("offer lapsed", camp_id=camp.id)
    assert [(row.who, row.command) for row in log.entries(camp.id, 0, 9)] == [("", ""), ("mai@example.org", "camp load"), ("", "camp load")]
