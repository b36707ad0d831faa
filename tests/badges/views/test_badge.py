from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from badges import revoking
from camp.db import db
from camp.models import Camp, Participant
from tests import make
from tests.badges.made import code


@pytest.fixture
def mai(camp: Camp) -> Participant:
    return make.participant(camp)


def test_without_a_badge_the_page_says_so_and_nothing_can_be_revoked(organiser: FlaskClient, mai: Participant) -> None:
    page = organiser.get(f"/ecm27/organise/people/{mai.id}/badge").text
    assert ("has no badge yet" in page, "Renew" in page) == (True, False)
    assert organiser.post(f"/ecm27/organise/people/{mai.id}/badge/revoke").status_code == 409


def test_a_badge_is_revoked_and_renewed(organiser: FlaskClient, mai: Participant) -> None:
    before, path = code(mai), f"/ecm27/organise/people/{mai.id}/badge"
    assert f'href="{path}"' in organiser.get(f"/ecm27/organise/people/{mai.id}").text
    assert organiser.post(f"{path}/revoke").location == path
    assert "is revoked" in organiser.get(path).text
    assert organiser.post(f"{path}/renew").location == path
    assert "of this badge counts" in organiser.get(path).text
    assert code(mai) != before and revoking.counts(revoking.of_participant(db.session.get_one(Participant, mai.id)))


def test_nobody_elses_people_have_a_page(organiser: FlaskClient) -> None:
    stranger = make.participant(make.camp("other"))
    assert organiser.get(f"/ecm27/organise/people/{stranger.id}/badge").status_code == 404
