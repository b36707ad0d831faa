"""Pages of joint projects: begun from notes, joined with one tap, people and kinds in words."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from camp.db import db
from camp.models import Camp, Participant
from sessions.models import Member, Outcome, Project
from tests import make
from tests.queries import count_queries
from tests.sessions import leave

EN = "?lang=en"


@pytest.fixture
def camp(app: Flask) -> Camp:
    return make.camp()


@pytest.fixture
def mai(camp: Camp) -> Participant:
    return make.participant(camp, organisation="Lagerpilot", kind="start-up")


@pytest.fixture
def outcome(camp: Camp, mai: Participant) -> Outcome:
    return leave.outcome(camp, make.session(camp, "Invoices"), mai, question="Who can hear it?")


def _found(app: Flask, who: Participant, outcome: Outcome, **data: str) -> object:
    return make.browser(app, who).post(f"/ecm27/sessions/{outcome.session_id}/project{EN}", data=data)


def test_a_project_is_begun_from_notes_and_its_page_names_the_founder(
    app: Flask, mai: Participant, outcome: Outcome, client: FlaskClient
) -> None:
    answer = _found(app, mai, outcome, title="Hear your invoice", next_date="2999-05-12")
    project = db.session.query(Project).one()
    assert (answer.status_code, answer.location) == (303, f"/ecm27/projects/{project.id}")
    page = client.get(f"/ecm27/projects/{project.id}{EN}").text
    for words in (
        "Hear your invoice",
        "1 person, 1 kind of organisation: Start-up",
        "Mai Krause",
        "began it",
        "Lagerpilot",
        "12 May 2999",
        "Invoices",
    ):
        assert words in page


def test_the_form_begins_with_the_question_of_the_notes(app: Flask, mai: Participant, outcome: Outcome) -> None:
    page = make.browser(app, mai).get(f"/ecm27/sessions/{outcome.session_id}/project{EN}").text
    assert "Who can hear it?</textarea>" in page


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"title": ""}, "This is still empty."),
        ({"title": "x" * 151}, "at most 150 characters"),
        ({"title": "Kept title", "next_date": "31.02.2027"}, "This is no day."),
        ({"title": "Kept title", "next_date": "2001-01-01"}, "This day is over."),
    ],
)
def test_bad_entries_get_a_sentence_and_nothing_is_saved(
    app: Flask, mai: Participant, outcome: Outcome, data: dict[str, str], sentence: str
) -> None:
    answer = _found(app, mai, outcome, **data)
    assert (answer.status_code, sentence in answer.text, data["title"] in answer.text) == (422, True, True)
    assert db.session.query(Project).count() == 0


def test_without_notes_the_page_leads_to_them(app: Flask, camp: Camp, mai: Participant) -> None:
    session = make.session(camp)
    browser, path = make.browser(app, mai), f"/ecm27/sessions/{session.id}/project"
    for answer, status in ((browser.get(path + EN), 200), (browser.post(path + EN, data={"title": "T"}), 409)):
        assert (answer.status_code, f"/ecm27/sessions/{session.id}/notes/edit" in answer.text) == (status, True)
        assert "First the notes, then the project" in answer.text
    assert db.session.query(Project).count() == 0


def test_somebody_from_another_kind_of_organisation_joins_with_one_tap(
    app: Flask, camp: Camp, mai: Participant, outcome: Outcome
) -> None:
    project = leave.project(camp, outcome, mai)
    ben = make.participant(camp, "Ben", "Yilmaz", kind="mittelstand")
    browser, path = make.browser(app, ben), f"/ecm27/projects/{project.id}"
    assert [browser.post(f"{path}/join").status_code for _ in range(2)] == [303, 303]
    page = browser.get(path + EN).text
    for words in ("2 people, 2 kinds of organisation: Start-up, Mittelstand", "Ben Yilmaz", "You are in"):
        assert words in page
    assert db.session.query(Member).count() == 2


def test_the_founder_leaves_while_others_remain_and_the_last_one_gets_a_sentence(
    app: Flask, camp: Camp, mai: Participant, outcome: Outcome
) -> None:
    ben = make.participant(camp, "Ben", "Yilmaz")
    project = leave.project(camp, outcome, mai, ben)
    path = f"/ecm27/projects/{project.id}"
    assert make.browser(app, mai).post(f"{path}/leave").status_code == 303
    last = make.browser(app, ben)
    refused = last.post(f"{path}/leave{EN}", headers={"Referer": f"https://localhost{path}"}, follow_redirects=True)
    assert "You are the last one in “Hear your invoice”." in refused.text
    assert db.session.query(Member.participant_id).all() == [(ben.id,)]


@pytest.mark.parametrize("verb", ["join", "leave"])
def test_only_the_camps_own_registered_people_join_its_projects(
    app: Flask, camp: Camp, mai: Participant, outcome: Outcome, verb: str
) -> None:
    project = leave.project(camp, outcome, mai)
    other = make.camp("other")
    stranger = make.participant(other)
    assert make.browser(app, stranger).post(f"/ecm27/projects/{project.id}/{verb}").status_code == 403
    assert make.browser(app, stranger).post(f"/other/projects/{project.id}/{verb}").status_code == 404
    assert make.browser(app).post(f"/ecm27/projects/{project.id}/{verb}").status_code == 303
    assert db.session.query(Member).count() == 1


def test_the_list_and_my_page_show_projects(
    app: Flask, camp: Camp, mai: Participant, outcome: Outcome, client: FlaskClient
) -> None:
    browser = make.browser(app, mai)
    assert "No projects yet" in client.get(f"/ecm27/projects{EN}").text
    assert "My projects" not in browser.get(f"/ecm27/me{EN}").text
    leave.project(camp, outcome, mai)
    assert "Hear your invoice" in client.get(f"/ecm27/projects{EN}").text
    page = browser.get(f"/ecm27/me{EN}").text
    assert ("My projects" in page, "Hear your invoice" in page) == (True, True)


def test_the_notes_offer_their_projects_to_join(
    app: Flask, camp: Camp, mai: Participant, outcome: Outcome, client: FlaskClient
) -> None:
    project = leave.project(camp, outcome, mai)
    path = f"/ecm27/sessions/{outcome.session_id}/notes{EN}"
    assert f"/ecm27/projects/{project.id}/join" in client.get(path).text
    assert f"/ecm27/projects/{project.id}/join" not in make.browser(app, mai).get(path).text


def test_the_pages_need_as_many_queries_for_one_project_as_for_three(app: Flask, client: FlaskClient) -> None:
    numbers = []
    for slug, many in (("one", 1), ("three", 3)):
        camp = make.camp(slug)
        people = [make.participant(camp) for _ in range(many)]
        outcome = leave.outcome(camp, make.session(camp), people[0])
        made = [leave.project(camp, outcome, *people, title=f"P{n}") for n in range(many)]
        browser = make.browser(app, people[0])
        for path in ("projects", f"projects/{made[0].id}", "me"):
            db.session.expunge_all()
            with count_queries() as sent:
                assert browser.get(f"/{slug}/{path}").status_code == 200
            numbers.append(len(sent))
    assert numbers[:3] == numbers[3:]
