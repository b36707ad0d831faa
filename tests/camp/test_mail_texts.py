"""A-27: what organisers write into a mail is plain words; whatever looks like code is refused or stays as it is."""

from __future__ import annotations

import pytest
from flask import Flask

from camp import mail_texts
from camp.db import db, writing
from camp.errors import BadInput
from camp.mail_texts import Kind, checked, fill
from tests import make

KIND = Kind("place_certain", "A place", {"token": "TOKEN", "name": "Mai"}, ("token",))
REFUSED = ("{{7*7}}", "{{ config }}", "{x.__class__}", "{name.__class__}", "{name[0]}", "{name!r}", "{name:>99999}", "{0}", "{}", "${name.x}", "${x}", "#{7*7}", "{% if x %}",
           "{%raw%}", "{#x#}", "{_name}", "{ name }", "{NAME}", "{unknown}", "{", "}", "{{name}}", "{name", "name}", "{na\nme}", "{token}{")


@pytest.mark.parametrize("text", REFUSED)
@pytest.mark.parametrize("field", ["subject", "body"])
def test_a27_braces_that_are_no_placeholder_are_refused_when_it_is_saved(text: str, field: str) -> None:
    words = {"subject": "Hello", "body": "Go to {token}"}
    words[field] = f"{words[field]} {text}"
    if field == "subject" and text == "{na\nme}":
        words[field] = "Hello {na me}"
    with pytest.raises(BadInput) as caught:
        checked(KIND.places, KIND.required, words["subject"], words["body"])
    assert caught.value.field == field
    assert caught.value.hint % caught.value.values == "There are: {camp}, {name}, {token}."


LITERAL = ("%(name)s", "%s", "%n", "$name", "<b>fett</b>", "[[7*7]]", "<%= 7*7 %>", "`id`", "7*7", "\\u007b7*7\\u007d", "&#123;7*7&#125;")


@pytest.mark.parametrize("text", LITERAL)
def test_a27_what_is_code_elsewhere_stays_as_it_was_written(text: str) -> None:
    subject, body = checked(KIND.places, KIND.required, text, f"{{token}} {text}")
    assert (fill(subject, {"name": "Mai"}), fill(body, {"token": "T", "name": "Mai"})) == (text, f"T {text}")


def test_a27_a_value_is_never_read_as_a_text() -> None:
    values = {"name": "{token} {{7*7}} %(token)s {x.__class__}", "token": "SECRET"}
    assert fill("Hello {name}", values) == "Hello {token} {{7*7}} %(token)s {x.__class__}"


def test_what_is_empty_too_long_or_useless_is_refused_beside_its_field() -> None:
    for subject, body, field, sentence in (
            ("", "{token}", "subject", "This is still empty."), ("S", " \n", "body", "This is still empty."),
            ("S" * 151, "{token}", "subject", "This is too long: at most 150 characters."), ("S", "{token}" + "x" * 5000, "body", "This is too long: at most 5000 characters."),
            ("{token}", "no link", "body", "Without {token} the mail is of no use to its reader.")):
        with pytest.raises(BadInput) as caught:
            checked(KIND.places, KIND.required, subject, body)
        assert (caught.value.field, caught.value.text % caught.value.values) == (field, sentence)


def test_a_subject_is_one_line() -> None:
    assert checked(KIND.places, (), "Hello\r\nBcc: all@example.org", "a\r\nb")[0] == "Hello Bcc: all@example.org"


def test_texts_are_kept_by_camp_kind_and_language(app: Flask) -> None:
    camp, other = make.camp(), make.camp("other")
    with writing():
        mail_texts.save(camp, KIND, "de", "Platz", "Hier: {token}")
        mail_texts.save(camp, KIND, "de", "Dein Platz", "Hier: {token}\n")
    found = mail_texts.of(camp, "place_certain", "de")
    assert found is not None
    assert (found.subject, found.body, mail_texts.all_of(camp), mail_texts.all_of(other)) == (
        "Dein Platz", "Hier: {token}", {("place_certain", "de")}, frozenset())
    assert (mail_texts.of(camp, "place_certain", "en"), mail_texts.of(other, "place_certain", "de")) == (None, None)
    with writing():
        mail_texts.reset(camp, "place_certain", "de")
    db.session.expire_all()
    assert mail_texts.of(camp, "place_certain", "de") is None


def test_kinds_are_those_of_the_application() -> None:
    bare = Flask("bare")
    mail_texts.register(bare, KIND)
    assert mail_texts.kinds(bare) == {"place_certain": KIND}
    assert KIND.places == {"token", "name", "camp"}
