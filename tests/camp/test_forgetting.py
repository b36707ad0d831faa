"""Erasing in a running installation: the ledger, the files, and the pages of the database."""

from __future__ import annotations

import pytest
from flask import Flask

from camp import clock, erasers, forgetting, ledger
from camp.db import db, writing
from camp.erasure import Means
from camp.errors import Conflict
from camp.models import Job, Participant, Person, Role
from tests import make
from tests.camp import lived


def test_the_last_organiser_does_not_go_and_nobody_while_names_are_printed(app: Flask) -> None:
    config = app.config["CAMP"]
    means = Means(config.vote_key, erasers.of(app))
    camp, who, mai = lived.fill(app)
    with pytest.raises(Conflict, match="Nobody else organises"), writing():
        forgetting.at_own_wish(config, means, camp, who)
    make.role(camp, mai.person, "organiser")
    with writing():
        running = Job(camp_id=camp.id, name="badges", args={}, state="running", asked_at=clock.now(), claimed_until=clock.now().replace(year=2099))
        db.session.add(running)
    with pytest.raises(Conflict, match="Something is being made"), writing():
        forgetting.at_own_wish(config, means, camp, who)
    assert db.session.get(Participant, who.id) is not None
    assert not (config.folder / ledger.NAME).exists()


def test_a37_afterwards_no_file_of_the_installation_holds_the_person(app: Flask) -> None:
    config = app.config["CAMP"]
    camp, who, mai = lived.fill(app)
    make.role(camp, mai.person, "organiser")
    assert lived.found(config.folder) != []
    with writing():
        stale = forgetting.at_own_wish(config, Means(config.vote_key, erasers.of(app)), camp, who)
    forgetting.clean_up(config, stale)
    db.session.remove()
    assert forgetting.clear_log(config)
    assert lived.found(config.folder, ("keys",)) == []
    assert [line.camp for line in ledger.read(config.folder / ledger.NAME)] == ["ecm27"]


def test_helpers_lose_their_role_by_date_and_who_is_nowhere_else_is_forgotten(app: Flask) -> None:
    config = app.config["CAMP"]
    camp, other = make.camp(), make.camp("other")
    caterer, helper, known, organiser = (make.person(f"{name}@example.org") for name in ("caterer", "helper", "known", "orga"))
    for who, role in ((caterer, "catering"), (helper, "helper"), (known, "helper"), (organiser, "organiser"), (organiser, "helper")):
        make.role(camp, who, role)
    make.role(other, known, "helper")
    with writing():
        stale = forgetting.helpers_by_date(config, Means(config.vote_key, erasers.of(app)), camp.id)
    forgetting.clean_up(config, stale)
    assert sorted(person.email for person in db.session.query(Person)) == ["known@example.org", "orga@example.org"]
    assert [(role.camp_id, role.name) for role in db.session.query(Role).order_by(Role.camp_id)] == [(camp.id, "organiser"), (other.id, "helper")]
    assert len(ledger.read(config.folder / ledger.NAME)) == 2
