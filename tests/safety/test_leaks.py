"""A-01 beside the address map: papers, mails, and what is named in forms rather than in addresses."""

from __future__ import annotations

import io

import pytest
from pypdf import PdfReader
from sqlalchemy import select

from badges import jobs
from camp.camps import by_slug
from camp.db import db
from camp.i18n import LANGUAGES
from camp.models import Camp, Mail
from sessions import book_files
from sessions.book import gather
from tests.safety.calls import raw
from tests.safety.dump import dump
from tests.safety.world import World


def _camp(slug: str) -> Camp:
    found = by_slug(slug)
    assert found is not None
    return found


@pytest.mark.slow
def test_a01_the_badges_of_a_camp_name_nobody_from_another(world: World) -> None:
    with world.app.test_request_context("/"):
        text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(jobs.render(jobs.gather(_camp("camp-a"), jobs.Wish("all", "a5-folded", again=True)))[0])).pages)
    plain = "".join(text.split()).replace("-", "").lower()
    assert ("aeinsgeheimguest" in plain, "bzwei" in plain, "adresse" in plain, "aeinsniemand" in plain) == (True, False, False, False)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a01_the_book_of_a_camp_tells_nothing_of_another_and_nothing_that_only_organisers_know(language: str, world: World) -> None:
    with world.app.test_request_context("/"):
        page = book_files.html_file(gather(_camp("camp-a")), language)
    assert "Aeins-Wand-Notiz" in page.replace("\u00ad", "")
    plain = page.replace("\u00ad", "").lower()
    assert [word for word in ("bzwei", "aeins-geheim", "aeins-adresse", "aeins-niemand", "aeins-verborgen") if word in plain] == []


def test_a01_organisers_do_not_see_who_else_asks_for_a_link_at_their_camp(world: World) -> None:
    """Nor do they learn which addresses the installation knows: the mail of a stranger is not the camp's mail."""
    known = world.values["b"]["email"]
    before = db.session.scalar(select(Mail.id).order_by(Mail.id.desc()))
    asked = raw(world, "POST", "/sign-in", "anonymous", query_string={"at": "camp-a"}, data={"email": known})
    sent = db.session.scalars(select(Mail).order_by(Mail.id.desc())).first()
    assert asked.status_code == 303 and sent is not None and sent.id != before and sent.to == known
    assert known not in raw(world, "GET", "/camp-a/organise/mail", "organiser").text


def test_a01_organisers_see_the_links_that_their_own_people_ask_for(world: World) -> None:
    mails = raw(world, "GET", "/camp-a/organise/mail", "organiser").text.count("<tr")
    raw(world, "POST", "/sign-in", "anonymous", query_string={"at": "camp-a"}, data={"email": world.values["a"]["email"]})
    assert raw(world, "GET", "/camp-a/organise/mail", "organiser").text.count("<tr") == mails + 1


def test_a01_a_session_does_not_move_into_the_other_camps_rooms_and_slots(world: World) -> None:
    own, foreign, before = world.values["a"], world.values["b"], world.untouched()
    for room, slot in ((foreign["room"], own["slot"]), (own["room"], foreign["slot"]), (foreign["room"], foreign["slot"])):
        answer = raw(world, "POST", f"/camp-a/organise/plan/{own['session_id']}", "moderator", data={"room": room, "slot": slot})
        assert (answer.status_code, "bzwei" in answer.text.lower()) == (422, False)
    assert dump() == before


def test_a01_a_phone_opens_no_other_camps_door(world: World) -> None:
    own, foreign = world.values["a"], world.values["b"]
    for code in (own["code"], foreign["code"]):
        answer = raw(world, "POST", "/camp-b/door/events", "door", json={"events": [{"id": "q" * 16, "text": code, "live": True}]},
                     headers={"X-Camp-Door": "1"})
        assert (answer.status_code, answer.json) == (401, {"verdict": "not-paired"})


def test_a01_a_badge_of_another_camp_names_nobody_at_the_door(world: World) -> None:
    answer = raw(world, "POST", "/camp-a/door/events", "door", headers={"X-Camp-Door": "1"},
                 json={"events": [{"id": "q" * 16, "text": world.values["b"]["code"], "live": True}]})
    assert answer.json["answers"] == {"q" * 16: {"verdict": "other-camp", "since": 0, "door": ""}}  # type: ignore[index]


@pytest.mark.parametrize("path", ["/b/{code}", "/B/{code}", "/camp-a/my/{secret}.ics", "/sign-in/{token}"])
def test_a01_what_stands_behind_a_secret_names_nobody(path: str, world: World) -> None:
    """Whoever finds a badge, a calendar's address or a mail learns no name and no address."""
    page = raw(world, "GET", path.format(**world.values["a"]), "anonymous")
    assert page.status_code == 200
    assert [word for word in ("Aeins-Geheim", "aeins-adresse", "Aeins-Niemand") if word in page.text.replace("\u00ad", "")] == []
