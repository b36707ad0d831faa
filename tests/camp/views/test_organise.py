from __future__ import annotations

from flask import Flask
from flask.testing import FlaskClient

from camp import jobs, mail
from camp.db import db, writing
from camp.models import Camp, Role
from camp.people import by_address, roles_of
from tests import make
from tests.queries import count_queries

EN = {"Accept-Language": "en"}


def test_the_desk_counts_places_and_those_who_wait(camp: Camp, browser: FlaskClient) -> None:
    for state in ("admitted", "admitted", "waiting", "cancelled"):
        make.participant(camp, state=state)
    page = " ".join(browser.get("/ecm27/organise", headers=EN).text.split())
    assert "<dt>Have a place</dt><dd>2 <small>/ 100</small></dd>" in page
    assert "<dt>Waiting</dt><dd>1</dd>" in page


def test_the_desk_draws_who_registered_and_tells_it_in_a_table(camp: Camp, browser: FlaskClient) -> None:
    assert "Registrations by day" not in browser.get("/ecm27/organise", headers=EN).text
    make.participant(camp, kind="university", town="Mülheim")
    make.participant(camp, kind="university", state="waiting")
    page = " ".join(browser.get("/ecm27/organise", headers=EN).text.split())
    assert page.count("<svg viewBox=") == 3
    assert '<tr><th scope="row">Monday, 1 March 2027</th><td class="num">1</td><td class="num">2</td></tr>' in page
    assert '<tr><th scope="row">University</th><td class="num">2</td></tr>' in page
    assert '<tr><th scope="row"><bdi>Mülheim</bdi></th><td class="num">1</td></tr>' in page


def test_the_desk_asks_as_many_questions_for_three_people_as_for_one(camp: Camp, browser: FlaskClient) -> None:
    numbers = []
    for _ in range(2):
        make.session(camp, f"Session {len(numbers)}")
        with count_queries() as queries:
            browser.get("/ecm27/organise")
        numbers.append(len(queries))
    assert numbers[0] == numbers[1]


def test_people_in_pages_and_by_part_of_the_name(camp: Camp, browser: FlaskClient) -> None:
    assert "Nobody is registered yet" in browser.get("/ecm27/organise/people", headers=EN).text
    for number in range(51):
        make.participant(camp, f"Given{number:02}", "Family")
    assert "Given49" in browser.get("/ecm27/organise/people").text
    assert "Given50" not in browser.get("/ecm27/organise/people").text
    for page in ("2", "3", "99999999999999999999"):
        assert "Given50" in browser.get(f"/ecm27/organise/people?page={page}").text
    assert "Given00" in browser.get("/ecm27/organise/people?page=-1").text
    page = browser.get("/ecm27/organise/people?q=given07").text
    assert ("Given07" in page, "Given08" in page) == (True, False)
    assert "Nobody found" in browser.get("/ecm27/organise/people?q=nobody", headers=EN).text


def test_the_list_of_people_needs_no_query_a_row(app: Flask, camp: Camp, browser: FlaskClient) -> None:
    make.participant(camp)
    counts = []
    for more in (0, 2):
        for _ in range(more):
            make.participant(camp)
        with count_queries() as queries:
            browser.get("/ecm27/organise/people")
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_the_outbox_shows_who_and_what_and_no_secret(app: Flask, camp: Camp, browser: FlaskClient) -> None:
    with writing():
        mail.put("sign_in", to="mai@example.org", language="de", dedupe_key="a", values={"token": "TOPSECRET"}, camp_id=camp.id)
    page = browser.get("/ecm27/organise/mail", headers=EN).text
    assert ("mai@example.org" in page, "Sign-in link" in page, "queued" in page, "TOPSECRET" in page) == (True, True, True, False)


def test_a_job_shows_its_progress_can_be_stopped_and_belongs_to_its_camp(app: Flask, camp: Camp, browser: FlaskClient) -> None:
    with writing():
        job = jobs.ask(camp, "plan", {}, None)
    assert "Waiting for the worker" in browser.get(f"/ecm27/organise/jobs/{job.id}", headers=EN).text
    part = browser.get(f"/ecm27/organise/jobs/{job.id}", headers=EN | {"HX-Request": "true"}).text
    assert ("<html" in part, "<progress" in part) == (False, True)
    assert browser.post(f"/ecm27/organise/jobs/{job.id}/cancel").status_code == 303
    assert "Stopped" in browser.get(f"/ecm27/organise/jobs/{job.id}", headers=EN).text
    other = make.camp("other")
    make.role(other, make.person("o2@example.org"), "organiser")
    foreign = make.browser(app, by_address("o2@example.org"))
    assert foreign.get(f"/other/organise/jobs/{job.id}").status_code == 404
    assert foreign.post(f"/other/organise/jobs/{job.id}/cancel").status_code == 404


def test_roles_are_given_and_taken_but_not_the_last_organisers(app: Flask, camp: Camp, browser: FlaskClient) -> None:
    who = make.participant(camp)
    address = f"/ecm27/organise/people/{who.id}"
    assert browser.post(f"{address}/role", data={"name": "moderator", "wanted": "yes"}).location == address
    assert roles_of(camp.id, who.person_id) == {"moderator"}
    browser.post(f"{address}/role", data={"name": "organiser", "wanted": "yes"})
    browser.post(f"{address}/role", data={"name": "organiser", "wanted": "no"})
    assert roles_of(camp.id, who.person_id) == {"moderator"}
    me = make.participant(camp, address="second@example.org")
    make.role(camp, me.person, "organiser")
    with writing():
        db.session.query(Role).filter(Role.person_id != me.person_id, Role.name == "organiser").delete()
    last = make.browser(app, me).post(f"/ecm27/organise/people/{me.id}/role", data={"name": "organiser", "wanted": "no"}, headers=EN)
    assert (last.status_code, "A camp needs an organiser." in last.text) == (409, True)
    assert roles_of(camp.id, me.person_id) == {"organiser"}


def test_a_role_that_does_not_exist_and_a_person_of_another_camp_are_refused(app: Flask, camp: Camp, browser: FlaskClient) -> None:
    foreign = make.participant(make.camp("other"))
    assert browser.get(f"/ecm27/organise/people/{foreign.id}").status_code == 404
    assert browser.post(f"/ecm27/organise/people/{foreign.id}/role", data={"name": "organiser", "wanted": "yes"}).status_code == 404
    mine = make.participant(camp)
    assert browser.post(f"/ecm27/organise/people/{mine.id}/role", data={"name": "administrator", "wanted": "yes"}).status_code == 422
