from __future__ import annotations

from datetime import date, time

from flask import Flask

from camp import mail_render, mail_texts
from camp.db import writing
from camp.mail_texts import Kind
from tests import make

KIND = Kind("sign_in", "Sign-in link", {"token": "TOKEN-HERE", "day": date(2027, 4, 24), "time": time(9, 5)}, ("token",))


def test_the_programs_text_comes_with_its_placeholders_in_each_language(app: Flask) -> None:
    camp = make.camp(title="ECM 27")
    subject, body = mail_render.default(KIND, camp, "de")
    assert (subject, "https://localhost/sign-in/{token}" in body, "TOKEN-HERE" in body) == ("Dein Link zum Anmelden · {camp}", True, False)
    assert mail_render.default(KIND, camp, "en")[0] == "Your link to sign in · {camp}"
    assert mail_texts.checked(KIND.places, KIND.required, subject, body) == (subject, body)


def test_a_text_of_the_camp_goes_before_in_its_language_and_at_its_camp(app: Flask) -> None:
    camp, other = make.camp(title="ECM {token}"), make.camp("other")
    with writing():
        mail_texts.save(camp, KIND, "de", "Hinein in {camp}", "Am {day} um {time}: {token} %(token)s <b>")
    told = {"token": "{camp}", "day": date(2027, 4, 24), "time": time(9, 5)}
    assert mail_render.render("sign_in", camp, "de", told) == ("Hinein in ECM {token}", "Am Samstag, 24. April 2027 um 9:05: {camp} %(token)s <b>")
    assert mail_render.render("sign_in", camp, "en", told)[0] == "Your link to sign in · ECM {token}"
    assert mail_render.render("sign_in", other, "de", told)[0] == "Dein Link zum Anmelden · Camp other"
    assert mail_render.render("sign_in", None, "de", told)[0] == "Dein Link zum Anmelden"


def test_a_text_that_lacks_a_value_gives_way_to_the_programs(app: Flask) -> None:
    camp = make.camp()
    with writing():
        mail_texts.save(camp, KIND, "de", "Am {day}", "{token}")
    assert mail_render.render("sign_in", camp, "de", {"token": "T", "day": None})[0] == "Dein Link zum Anmelden · Camp ecm27"


def test_a_text_is_looked_at_with_what_is_real_and_the_examples_of_its_kind_for_the_rest(app: Flask) -> None:
    camp, text = make.camp(title="ECM 27"), ("{camp}", "{day}, {time}: {token}")
    assert mail_render.filled(KIND, camp, "en", text, {}) == ("ECM 27", "Saturday, 24 April 2027, 9:05: TOKEN-HERE")
    assert mail_render.filled(KIND, camp, "en", text, {"time": time(10), "day": None, "else": "x"})[1] == "Saturday, 24 April 2027, 10:00: TOKEN-HERE"
