from __future__ import annotations

import re
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from camp import camps, clock
from camp.db import db, writing
from camp.models import Camp
from sessions import agenda, hands, pitches, rounds, stage
from sessions.models import Session
from sessions.pitch_models import Turn
from sessions.vote_models import Likeness
from tests import make
from tests.queries import count_queries
from tests.sessions.pitching import in_english, joined, live_camp, titles

DESK = "/ecm27/organise/pitch"


@pytest.fixture
def camp(app: Flask) -> Camp:
    """A live camp."""
    return live_camp()


@pytest.fixture
def browser(app: Flask, camp: Camp) -> FlaskClient:
    """The browser of a moderator, in English."""
    return in_english(app, camp, "moderator")


def _hidden(page: str) -> dict[str, str]:
    return {name: re.search(rf'name="{name}"[^>]* value="([^"]*)"', page)[1] for name in ("nonce", "turn", "edit_number")}  # type: ignore[index]


def test_a_pitch_goes_from_the_desk_into_the_public_grid_and_the_next_is_filled_in(camp: Camp, browser: FlaskClient, client: FlaskClient) -> None:
    joined(camp, "Mai", "Ben")
    browser.post(f"{DESK}/next")
    page = browser.get(DESK).text
    assert 'value="Mais topic"' in page and 'value="Mai"' in page
    answer = browser.post(DESK, data={**_hidden(page), "title": "Mais topic", "host": "Mai", "hands": "12", "cell": "best"})
    assert (answer.status_code, answer.location) == (303, DESK)
    page = browser.get(DESK).text
    assert "“Mais topic”: 10:00, Room A." in page and 'value="Bens topic"' in page
    assert "Mais topic" in client.get("/ecm27/agenda").text


def test_a_double_click_saves_once(camp: Camp, browser: FlaskClient) -> None:
    data = {**_hidden(browser.get(DESK).text), "title": "Returns", "host": "Mai", "hands": "3"}
    assert [browser.post(DESK, data=data).status_code for _ in range(2)] == [303, 303]
    assert (db.session.query(Session).count(), db.session.query(Turn).count()) == (1, 1)


def test_what_the_second_moderator_typed_stays_and_goes_through_when_saved_again(camp: Camp, browser: FlaskClient) -> None:
    joined(camp, "Mai")
    browser.post(f"{DESK}/next")
    hidden = _hidden(browser.get(DESK).text)
    browser.post(DESK, data={**hidden, "title": "Mais topic", "host": "Mai", "hands": "12"})
    second = browser.post(DESK, data={**hidden, "nonce": "another", "title": "Mais topic", "host": "Mai", "hands": "15"})
    assert second.status_code == 409 and "Somebody else has saved" in second.text and 'value="15"' in second.text
    again = browser.post(DESK, data={**_hidden(second.text), "title": "Mais topic", "host": "Mai", "hands": "15", "cell": "stays"})
    assert (again.status_code, db.session.query(Turn).count()) == (303, 1)


@pytest.mark.parametrize("data", [{"title": "", "host": "Mai"}, {"title": "T", "host": ""}, {"title": "T", "host": "M", "hands": "x"}])
def test_what_is_missing_is_said_beside_the_field_and_the_rest_stays(camp: Camp, browser: FlaskClient, data: dict[str, str]) -> None:
    answer = browser.post(DESK, data=data)
    assert answer.status_code == 422 and 'class="error"' in answer.text
    assert all(f'value="{text}"' in answer.text for name, text in data.items() if text and name != "hands")
    assert db.session.query(Session).count() == 0


def test_the_cells_follow_what_is_typed(camp: Camp, browser: FlaskClient) -> None:
    page = browser.get(f"{DESK}/cells?title=Neu&host=Mai&hands=20").text
    assert "20 hands × 1.25 and 0 votes: 25 people expected." in page and page.count('type="radio"') == 3
    assert "too few seats" in browser.get(f"{DESK}/cells?title=Neu&host=Mai&hands=100").text


def test_a_chosen_cell_that_has_become_the_best_one_stays_chosen(camp: Camp, browser: FlaskClient) -> None:
    page = browser.get(f"{DESK}/cells?title=Neu&host=Mai&hands=20").text
    [best] = re.findall(r'value="best" data-key="([0-9-]+)" checked', page)
    page = browser.get(f"{DESK}/cells?title=Neu&host=Mai&hands=20&cell={best}").text
    assert re.findall(r'value="([^"]+)"[^>]* checked', page) == ["best"]


def test_the_side_comes_only_when_it_differs(camp: Camp, browser: FlaskClient) -> None:
    mark = re.search(r'id="side"[^>]* data-mark="([^"]+)"', browser.get(DESK).text)
    assert mark is not None and browser.get(f"{DESK}/side?turn=0&mark={mark[1]}").status_code == 204
    joined(camp, "Mai")
    answer = browser.get(f"{DESK}/side?turn=0&mark={mark[1]}")
    assert answer.status_code == 200 and "Mais topic" in answer.text


def test_the_line_is_led_by_buttons(camp: Camp, browser: FlaskClient) -> None:
    rows = joined(camp, "Mai", "Ben", "Jo")
    assert browser.post(f"{DESK}/{rows[1].id}/move", data={"by": "-1", "order_number": "0"}).status_code == 303
    assert titles(camp) == ["Ben", "Mai", "Jo"]
    assert browser.post(f"{DESK}/{rows[1].id}/move", data={"by": "1", "order_number": "0"}).status_code == 409
    browser.post(f"{DESK}/{rows[2].id}/leave")
    browser.post(f"{DESK}/next")
    now = stage.on_stage(camp)
    assert now is not None
    browser.post(f"{DESK}/{now.id}/skip", data={"edit_number": now.edit_number})
    assert ([turn.title for turn in (stage.on_stage(camp),) if turn], titles(camp)) == (["Mais topic"], ["Ben"])


def test_somebody_is_put_in_line_with_a_proposal_or_a_title(camp: Camp, browser: FlaskClient) -> None:
    session = make.session(camp, "Returns", [make.participant(camp)])
    browser.post(f"{DESK}/join", data={"session": session.id})
    browser.post(f"{DESK}/join", data={"title": "New", "name": "Jo"})
    assert [(turn.title, turn.session_id, turn.name) for turn in pitches.line(camp)] == [("Returns", session.id, ""), ("New", None, "Jo")]
    assert browser.post(f"{DESK}/join", data={"session": session.id}).status_code == 409
    assert browser.post(f"{DESK}/join", data={"title": "x" * 151, "name": "Jo"}).status_code == 303
    assert len(pitches.line(camp)) == 2


def test_the_clock_comes_back_alone_by_script(camp: Camp, browser: FlaskClient) -> None:
    answer = browser.post(f"{DESK}/clock", data={"act": "start"}, headers={"HX-Request": "true"})
    assert answer.status_code == 200 and "data-runs" in answer.text and "<html" not in answer.text
    assert browser.post(f"{DESK}/clock", data={"act": "pause"}).status_code == 303
    assert browser.post(f"{DESK}/clock", data={"act": "x"}).status_code == 422


def test_the_last_is_brought_back_with_what_was_typed(camp: Camp, browser: FlaskClient) -> None:
    browser.post(DESK, data={"nonce": "n", "title": "Returns", "host": "Jo", "hands": "7"})
    browser.post(f"{DESK}/back")
    page = browser.get(DESK).text
    assert 'value="Returns"' in page and 'value="7"' in page and 'value="stays" checked' in page


def test_who_pitches_again_finds_what_was_counted_and_keeps_the_cell(camp: Camp, browser: FlaskClient) -> None:
    browser.post(DESK, data={"nonce": "n", "title": "Returns", "host": "Jo", "hands": "7"})
    session = db.session.query(Session).one()
    browser.post(f"{DESK}/join", data={"session": str(session.id)})
    browser.post(f"{DESK}/next")
    page = browser.get(DESK).text
    assert 'value="Returns"' in page and 'value="Jo"' in page and 'value="7"' in page and 'value="stays" checked' in page
    browser.post(DESK, data={**_hidden(page), "title": "Returns", "host": "Jo", "hands": "20", "cell": "stays"})
    assert (hands.counted(camp), [(one.title, one.starts.hour) for one in agenda.shown(camp)], stage.number_done(camp)) == (
        {session.id: 20}, [("Returns", 10)], 2)


def test_what_sounds_similar_is_merged_at_the_desk_which_then_shows_the_one_that_stands(camp: Camp, browser: FlaskClient) -> None:
    stands, goes = (make.session(camp, title, [make.participant(camp, given)]) for title, given in (("Heat pumps", "Mai"), ("Pumps", "Ben")))
    with writing():
        db.session.add(Likeness(one_id=stands.id, other_id=goes.id, score=0.9))
        pitches.join(camp, session=goes)
        stage.call_next(camp)
    page = browser.get(DESK).text
    assert 'value="Pumps"' in page and "This sounds similar:" in page and f'name="one" value="{goes.id}"' in page
    answer = browser.post("/ecm27/organise/similar/merge", data={"one": goes.id, "other": stands.id}, headers={"Referer": f"https://localhost{DESK}"})
    page = browser.get(answer.location).text
    assert (answer.location, 'value="Heat pumps"' in page, 'value="Mai Krause, Ben Krause"' in page) == (DESK, True, True)
    assert f"/ecm27/organise/similar/{goes.id}/part" in page and "This sounds similar:" not in page
    browser.post(DESK, data={**_hidden(page), "title": "Heat pumps", "host": "Mai Krause, Ben Krause", "hands": "9"})
    db.session.expire_all()
    assert (hands.counted(camp), [(one.title, one.hosts) for one in agenda.shown(camp)]) == ({stands.id: 9}, [("Heat pumps", "Mai Krause, Ben Krause")])


def test_past_the_plan_the_desk_says_so_and_offers_remedies(camp: Camp, browser: FlaskClient) -> None:
    joined(camp, *(f"P{number}" for number in range(9)))
    with writing():
        camps.set_phase(camp, "pitch", None, clock.now() + timedelta(minutes=5))
    page = browser.get(DESK).text
    assert "minutes past the plan" in page and "30 seconds each" in page
    button = page.partition(f'action="{DESK}/settings"')[2].partition("</form>")[0]
    browser.post(f"{DESK}/settings", data=dict(re.findall(r'name="(seconds|percent|edit_number)" value="(\d+)"', button)))
    assert rounds.of(camp).seconds == 30
    assert browser.post(f"{DESK}/later").status_code == 303
    assert make.save(browser, f"{DESK}/settings", data={"seconds": "1", "percent": "125"}).status_code == 422


def test_without_a_round_the_desk_says_when_one_is(camp: Camp, browser: FlaskClient) -> None:
    with writing():
        rounds.close(camp)
    assert "The pitch round is closed." in browser.get(DESK).text
    assert browser.post(DESK, data={"nonce": "n", "title": "T", "host": "M"}).status_code == 409
    assert agenda.shown(camp) == []


def test_hostile_words_stay_words(camp: Camp, browser: FlaskClient) -> None:
    text = "<script>alert(1)</script>\"'{{7*7}}"
    browser.post(DESK, data={"nonce": "n", "title": text, "host": text, "hands": "1"})
    browser.post(f"{DESK}/join", data={"title": text + "2", "name": text})
    for page in (browser.get(DESK).text, browser.get("/ecm27/agenda").text, browser.get("/ecm27/pitch").text):
        assert "<script>alert" not in page and "{{7*7}}" in page


def test_the_desk_takes_the_same_queries_for_three_in_line_and_for_nine(camp: Camp, browser: FlaskClient) -> None:
    counted = []
    for number in (3, 9):
        joined(camp, *(f"P{number}{n}" for n in range(number)))
        with count_queries() as queries:
            browser.get(DESK)
        counted.append(len(queries))
    assert counted[0] == counted[1]
