"""Cards: answered without a script, with one, taken back, and refused beside the card."""

from __future__ import annotations

import re
from datetime import timedelta

from flask import Flask

from camp import camps, clock
from camp.db import writing
from sessions import voting
from tests import make

KEY = "v" * 43
HTMX = {"HX-Request": "true"}


def words(page: str) -> str:
    return re.sub(r"\s+", " ", page.replace("\u00ad", ""))


def test_without_a_script_each_answer_leads_to_the_next_card(app: Flask) -> None:
    camp = make.camp()
    mai = make.participant(camp)
    one, two = make.session(camp, "One"), make.session(camp, "Two", description="**now** <script>x</script>")
    browser = make.browser(app, mai)
    page = words(browser.get("/ecm27/vote?lang=en").text)
    assert "2 of 2 still to judge." in page and "Undo the last answer" not in page
    answer = browser.post(f"/ecm27/vote/{one.id}", data={"answer": "no"})
    assert (answer.status_code, answer.location) == (303, f"/ecm27/vote?last={one.id}")
    page = words(browser.get(answer.location).text)
    assert "1 of 2 still to judge." in page and "Undo the last answer" in page and "<strong>now</strong>" in page and "<script>x" not in page
    browser.post(f"/ecm27/vote/{two.id}", data={"answer": "yes"})
    assert "All 2 seen. Thank you." in words(browser.get("/ecm27/vote").text)
    assert voting.ballot_of(camp, mai, KEY) == {two.id}
    assert browser.post(f"/ecm27/vote/{two.id}", data={"answer": "back"}).location == "/ecm27/vote"
    assert voting.ballot_of(camp, mai, KEY) == frozenset()


def test_with_a_script_only_the_card_comes_back_and_an_undone_one_at_once(app: Flask) -> None:
    camp = make.camp()
    browser = make.browser(app, make.participant(camp))
    one = make.session(camp, "One")
    for number in range(5):
        make.session(camp, f"Other {number}")
    page = browser.post(f"/ecm27/vote/{one.id}?lang=en", data={"answer": "no"}, headers=HTMX).text
    assert page.lstrip().startswith('<div id="card">') and "One" not in words(page) and "data-focus" in page
    assert ">One<" in browser.post(f"/ecm27/vote/{one.id}?lang=en", data={"answer": "back"}, headers=HTMX).text


def test_a_spent_budget_is_said_on_the_card_and_the_card_stays(app: Flask) -> None:
    camp = make.camp()
    with writing():
        voting.change_rules(camp, budget=1, hidden=True, least_seen=False)
    mai = make.participant(camp)
    make.vote(app, mai, make.session(camp, "First"))
    one, browser = make.session(camp, "One"), make.browser(app, mai)
    assert "You have 0 votes left." in words(browser.get("/ecm27/vote?lang=en").text)
    answer = browser.post(f"/ecm27/vote/{one.id}", data={"answer": "yes"}, headers=HTMX)
    assert answer.status_code == 422 and "You have given all of your 1 votes." in answer.text and ">One<" in answer.text
    assert browser.post(f"/ecm27/vote/{one.id}", data={"answer": "no"}, headers=HTMX).status_code == 200


def test_what_is_no_answer_and_what_comes_too_late(app: Flask) -> None:
    camp = make.camp()
    one, browser = make.session(camp, "One"), make.browser(app, make.participant(camp))
    assert browser.post(f"/ecm27/vote/{one.id}", data={"answer": "perhaps"}).status_code == 422
    with writing():
        camps.set_phase(camp, "voting", None, clock.now() - timedelta(hours=1))
    assert "Voting is not open." in browser.get("/ecm27/vote?lang=en").text
    assert browser.post(f"/ecm27/vote/{one.id}", data={"answer": "yes"}).status_code == 409
