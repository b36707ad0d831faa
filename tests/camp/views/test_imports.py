from __future__ import annotations

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from camp import jobs, people, uploads
from camp.db import db
from camp.models import Camp, Job
from camp.uploads import Upload
from tests import make

EN = {"Accept-Language": "en"}
LIST = "Wer;Kontakt;Firma\nMai Krause;mai@example.org;<b>Lager</b>\nBen Öz;ben@example.org;\n"


def _post(browser: FlaskClient, path: str, data: bytes, name: str = "list.csv") -> TestResponse:
    head = f'--b\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\nContent-Type: text/csv\r\n\r\n'
    return browser.post(path, data=head.encode() + data + b"\r\n--b--\r\n", content_type="multipart/form-data; boundary=b", headers=EN)


def _send(browser: FlaskClient, data: bytes, name: str = "list.csv") -> str:
    answer = _post(browser, "/ecm27/organise/import", data, name)
    return answer.headers.get("Location", "") or answer.text


def _words(browser: FlaskClient, path: str) -> str:
    return " ".join(browser.get(path, headers=EN).text.split())


def test_a_list_by_hand_is_mapped_looked_at_and_imported(camp: Camp, browser: FlaskClient) -> None:
    path = _send(browser, LIST.encode("cp1252"), "../../etc/list.csv")
    page = _words(browser, path)
    assert "Windows-1252 · semicolons" in page
    assert "No column is the mail address. People are known by it." in page
    assert "&lt;b&gt;Lager&lt;/b&gt;" in page
    assert "Import 2 people" not in page
    assert browser.post(f"{path}/start", headers=EN).status_code == 422
    browser.post(f"{path}/columns", data={"column-0": "name", "column-1": "email", "column-2": ""})
    page = _words(browser, path)
    assert "<dt>New</dt><dd>2</dd>" in page
    assert "Import 2 people" in page
    answer = browser.post(f"{path}/start")
    job = db.session.scalars(select(Job)).one()
    assert answer.headers["Location"] == f"/ecm27/organise/jobs/{job.id}"
    assert jobs.run_next()
    assert [(who.name, who.organisation) for who in people.participants(camp)] == [("Mai Krause", ""), ("Ben Öz", "")]
    assert "New: 2, changed: 0, left out: 0." in _words(browser, answer.headers["Location"])
    assert browser.get(path).status_code == 404


def test_bad_lines_stand_there_with_their_reason_and_may_be_left_out(camp: Camp, browser: FlaskClient) -> None:
    path = _send(browser, "Vorname;Nachname;E-Mail\nMai;K;mai@example.org\nX;Y;keine\n".encode("utf-16"))
    page = _words(browser, path)
    assert 'UTF-16 · semicolons' in page
    assert '<td class="num">3</td><td><bdi>“keine” is no mail address.</bdi></td>' in page
    assert "Leave the bad line out" in page
    browser.post(f"{path}/start", data={"partial": "yes"})
    jobs.run_next()
    assert [who.name for who in people.participants(camp)] == ["Mai K"]


def test_what_cannot_be_read_is_told_beside_the_field_and_nothing_is_kept(camp: Camp, browser: FlaskClient) -> None:
    assert "This file is empty." in _send(browser, b"")
    assert "This is a PDF, no CSV file." in _send(browser, b"%PDF-1.7")
    assert "Choose a file." in browser.post("/ecm27/organise/import", headers=EN).text
    assert db.session.scalars(select(Upload)).all() == []


def test_lists_may_be_larger_than_other_forms_but_not_endless(camp: Camp, browser: FlaskClient) -> None:
    big = ("Vorname;Nachname;E-Mail\n" + "".join(f"{'M' * 90};K;m{n}@example.org\n" for n in range(12_000))).encode()
    assert 1024 * 1024 < len(big) < uploads.LARGEST
    assert _send(browser, big).startswith("/ecm27/organise/import/")
    assert _post(browser, "/ecm27/organise/import", b"x" * (uploads.LARGEST + 100_000)).status_code == 413
    assert _post(browser, "/ecm27/organise/second-factor", b"x" * 1_100_000).status_code == 413


def test_a_list_is_the_camps_own_and_can_be_thrown_away(app: Flask, camp: Camp, browser: FlaskClient) -> None:
    path = _send(browser, LIST.encode())
    other = make.camp("other")
    foreign = make.person()
    make.role(other, foreign, "organiser")
    assert make.browser(app, foreign).get(path).status_code == 403
    assert make.browser(app, foreign).get(path.replace("ecm27", "other")).status_code == 404
    assert browser.post(f"{path}/columns", data={"column-0": "is_admin"}).status_code == 422
    assert browser.post(f"{path}/drop").headers["Location"] == "/ecm27/organise/import"
    assert db.session.scalars(select(Upload)).all() == []
    assert browser.post(f"{path}/start").status_code == 404


def test_a_second_list_waits_for_the_first(camp: Camp, browser: FlaskClient, app: Flask) -> None:
    first = _send(browser, b"Vorname;Nachname;E-Mail\nMai;K;mai@example.org\n")
    browser.post(f"{first}/start")
    other = make.person()
    make.role(camp, other, "organiser")
    second = make.browser(app, other)
    path = _send(second, b"Vorname;Nachname;E-Mail\nBen;K;ben@example.org\n")
    assert second.post(f"{path}/start").status_code == 409
    assert len(db.session.scalars(select(Job)).all()) == 1
