"""Tests of sessions/absence_letters.py; when they are laid down and void stands in test_absence.py."""

from __future__ import annotations

import pytest
from flask import Flask

from camp import mail_render
from sessions import absence_letters
from tests import make


@pytest.mark.parametrize(("kind", "words"), list(zip(absence_letters.KINDS, ("findet nicht statt", "ist jetzt"), strict=True)))
def test_a_mail_says_which_session_when_and_where(app: Flask, kind: absence_letters.Kind, words: str) -> None:
    camp = make.camp(title="Rest")
    with app.test_request_context("/"):
        subject, body = mail_render.render(kind.template, camp, "de", kind.samples)
        assert mail_render.default(kind, camp, "en")[0]
    assert "Retouren halbieren" in subject and "Rest" in subject
    assert "11:30" in body and "B · Hörsaal 2" in body and words in body and "/ecm27/agenda" in body
