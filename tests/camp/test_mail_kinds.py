from __future__ import annotations

import pytest
from flask import Flask

from camp import mail_kinds, mail_render, mail_texts
from camp.mail_texts import Kind
from tests import make


@pytest.mark.parametrize("kind", mail_kinds.KINDS, ids=lambda kind: kind.template)
def test_the_programs_text_can_be_saved_as_it_is_and_reads_as_it_did(app: Flask, kind: Kind) -> None:
    camp = make.camp(title="ECM 27")
    for language in ("de", "en"):
        subject, body = mail_render.default(kind, camp, language)
        assert mail_texts.checked(kind.places, kind.required, subject, body) == (subject, body)
        assert mail_texts.used(subject, body) >= set(kind.required)
        assert mail_render.filled(kind, camp, language, (subject, body), {}) == mail_render.render(kind.template, camp, language, kind.samples)


def test_the_words_of_sign_in_mails_are_nobodys_to_change(app: Flask) -> None:
    assert "sign_in" not in mail_texts.kinds(app)
