"""Tests of sessions/views/absence.py."""

from __future__ import annotations

import email
import email.policy
import re
from datetime import timedelta

from flask import Flask

from camp import clock, people, post, venue
from camp.camps import set_phase
from camp.db import db, writing
from camp.models import Camp
from sessions import absence, agenda, picks, planning, screens
from tests import make
from tests.sessions.views.test_board import SCRIPT, helper


def placed(app: Flask) -> tuple[Camp, int]:
    """A camp whose version 1 has “One” in A at 10."""
    camp = make.camp(slots=3)
    one, grid = make.session(camp, "One"), venue.grid(camp)
    with writing():
        planning.move(camp, one.id, grid.rooms[0].id, grid.session_slots[0].id)
    with writing():
        agenda.publish(camp)
        set_phase(camp, "camp", make.EARLY, None)
    return camp, one.id


def test_one_tap_on_the_board_or_on_the_sessions_page_cancels_and_undo_brings_it_back(app: Flask) -> None:
    camp, one = placed(app)
    with clock.shifted(make.until_noon(camp) - timedelta(hours=2.2)):
        browser = helper(app, camp)
        page = browser.get("/ecm27/organise/plan?lang=en").text
        assert f"/ecm27/organise/plan/{one}/call-off" in page
        for said in ("Cancelled", "Moved"):  # the name begins with what stands there, for who speaks to the machine
            assert f'{said}<span class="sr">: One</span></button>' in page
        assert "The host is not here?" in browser.get(f"/ecm27/proposals/{one}?lang=en").text
        answer = browser.post(f"/ecm27/organise/plan/{one}/call-off?lang=en", headers=SCRIPT)
        assert answer.status_code == 200 and "“One” is cancelled. 1 person gets a mail." in answer.text
        page = make.browser(app).get(f"/ecm27/proposals/{one}?lang=en").text
        assert "This session is cancelled." in page and "The host is not here?" not in page
        assert agenda.shown(camp) == []
        db.session.rollback()
        for view in ("agenda", "agenda?view=grid"):
            assert "cancelled" in make.browser(app).get(f"/ecm27/{view}", headers={"Accept-Language": "en"}).text
        step = browser.get("/ecm27/organise/plan").text.split('name="step" value="')[1].partition('"')[0]
        assert browser.post("/ecm27/organise/plan/undo", data={"step": step}).status_code == 303
        assert [entry.title for entry in agenda.shown(camp)] == ["One"]


def test_put_off_says_where_to_and_leads_back_to_the_page_it_came_from(app: Flask) -> None:
    camp, one = placed(app)
    with clock.shifted(make.until_noon(camp) - timedelta(hours=1.8)):
        browser = helper(app, camp)
        answer = browser.post(f"/ecm27/organise/plan/{one}/put-off", headers={"Referer": f"https://localhost/ecm27/proposals/{one}"})
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/ecm27/proposals/{one}")
    assert [(entry.title, entry.starts.hour) for entry in agenda.shown(camp)] == [("One", 11)]
    db.session.rollback()
    with clock.shifted(make.until_noon(camp) + timedelta(hours=5)):
        browser = helper(app, camp, "Eva")
        late = browser.post(f"/ecm27/organise/plan/{one}/put-off?lang=en", headers=SCRIPT)
    assert late.status_code == 409 and "No later cell is free for it." in late.text


def test_open_pages_the_screen_calendars_and_whoever_picked_it_know_at_once(app: Flask) -> None:
    camp, one = placed(app)
    fan = make.participant(camp, "Fan", address="fan@example.org")
    with writing():
        picks.pick(camp, fan, one)
        secret, beamer = people.renew_feed(fan), screens.make(camp, "Foyer", "beamer")[0]
    visitor = make.browser(app)
    visitor.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en"
    at_the_door = make.until_noon(camp) - timedelta(hours=1.98)
    with clock.shifted(at_the_door):
        mark = re.search(r'data-mark="([^"]+)"', visitor.get("/ecm27/agenda").text)[1]  # type: ignore[index]
        assert visitor.get(f"/ecm27/changes?mark={mark}").status_code == 204
        helper(app, camp).post(f"/ecm27/organise/plan/{one}/call-off", headers=SCRIPT)
        assert visitor.get(f"/ecm27/changes?mark={mark}").status_code == 200
        for page in ("agenda/part", "agenda/part?view=grid", f"screen/{beamer}/part"):
            text = visitor.get(f"/ecm27/{page}").text
            assert "ancelled" in text and re.search(r"<s[^>]*>(<[^>]*>)*One", text), page
        for feed in ("agenda.ics", f"my/{secret}.ics"):
            assert "STATUS:CANCELLED" in visitor.get(f"/ecm27/{feed}").text, feed
    with clock.shifted(at_the_door + absence.GRACE + timedelta(seconds=5)):
        post.send_due()
    sent = [email.message_from_bytes(path.read_bytes(), policy=email.policy.default) for path in app.config["CAMP"].mail_folder.glob("*.eml")]
    assert {(mail["To"].partition("@")[0] == "fan", mail["Subject"].partition(" · ")[0]) for mail in sent} == {(True, "Fällt aus: One"), (False, "Fällt aus: One")}
