from __future__ import annotations

from flask import Flask

from camp.mail_forms import GroupMailForm, MailTextForm


def test_subjects_are_one_line_and_both_have_their_limits(app: Flask) -> None:
    with app.test_request_context("/", method="POST", data={"subject": "Hallo\r\nBcc: x", "body": "a\r\nb"}, headers={"Accept-Language": "en"}):
        form = MailTextForm()
        assert (form.validate_on_submit(), form.subject.data, form.body.data) == (True, "Hallo Bcc: x", "a\nb")
    with app.test_request_context("/", method="POST", data={"subject": "x" * 151, "body": ""}, headers={"Accept-Language": "en"}):
        form = MailTextForm()
        assert (form.validate_on_submit(), {name: [str(text) for text in texts] for name, texts in form.errors.items()}) == (
            False, {"subject": ["This is too long: at most 150 characters."], "body": ["This is still empty."]})


def test_a_mail_to_a_group_has_the_words_of_the_camps_languages(app: Flask) -> None:
    words = {"group": "coming", "subject_de": "S", "body_de": "T", "subject_en": "E", "number": "7", "nonce": "n"}
    with app.test_request_context("/", method="POST", data=words):
        form = GroupMailForm()
        form.group.choices = [("coming", "c")]
        assert form.validate_on_submit()
        assert (form.texts(["de"]), form.texts(["de", "en"]), form.number.data) == (
            {"de": ("S", "T")}, {"de": ("S", "T"), "en": ("E", "")}, 7)
    with app.test_request_context("/", method="POST", data=words | {"group": "admins", "number": "x"}):
        form = GroupMailForm()
        form.group.choices = [("coming", "c")]
        assert not form.validate_on_submit()
