from __future__ import annotations

import email
import email.policy
from dataclasses import replace
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from flask import Flask

from camp import mail, post
from camp.db import db, writing
from camp.models import Mail
from tests.net import free_port


def _put(language: str = "de") -> None:
    with writing():
        mail.put("sign_in", to="mai@example.org", language=language, dedupe_key="sign-in/1", values={"token": "TOKEN"})


def test_without_a_server_the_mail_is_laid_down_once(app: Flask) -> None:
    _put()
    assert (post.send_due(), post.send_due()) == (1, 0)
    files = list(app.config["CAMP"].mail_folder.iterdir())
    message = email.message_from_bytes(files[0].read_bytes(), policy=email.policy.default)
    assert [path.suffix for path in files] == [".eml"]
    assert files[0].stat().st_mode & 0o777 == 0o600
    assert (message["To"], message["Subject"]) == ("mai@example.org", "Dein Link zum Anmelden")
    assert "https://localhost/sign-in/TOKEN" in message.get_content()


def test_the_mail_speaks_its_readers_language(app: Flask) -> None:
    _put("en")
    post.send_due()
    file = next(app.config["CAMP"].mail_folder.iterdir())
    assert "Subject: Your link to sign in" in file.read_text()


class _Box:
    def __init__(self, answer: str) -> None:
        self.answer, self.mails = answer, []

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        if self.answer.startswith("250"):
            self.mails.append(envelope.content)
        return self.answer


@pytest.fixture
def smtp(app: Flask, request: pytest.FixtureRequest) -> Any:
    box = _Box(request.param)
    controller = Controller(box, hostname="127.0.0.1", port=free_port())
    controller.start()
    before = app.config["CAMP"]
    app.config["CAMP"] = replace(before, smtp_host="127.0.0.1", smtp_port=controller.port)
    yield box
    app.config["CAMP"] = before
    controller.stop()


@pytest.mark.parametrize("smtp", ["250 ok"], indirect=True)
def test_a_server_gets_each_mail_once(app: Flask, smtp: _Box) -> None:
    _put()
    assert (post.send_due(), post.send_due(), len(smtp.mails)) == (1, 0, 1)


@pytest.mark.parametrize("smtp", ["451 later"], indirect=True)
def test_a_refused_mail_stays_in_the_outbox_with_the_reason(app: Flask, smtp: _Box) -> None:
    _put()
    assert post.send_due() == 0
    letter = db.session.query(Mail).one()
    assert (letter.state, letter.values) == ("queued", {"token": "TOKEN"})
    assert "451" in letter.trouble


def test_a_subject_cannot_carry_a_second_header(app: Flask) -> None:
    with writing():
        mail.put("sign_in", to="mai@example.org\r\nBcc: all@example.org", language="de", dedupe_key="x", values={"token": "T"})
    assert post.send_due() == 0
    assert not list(app.config["CAMP"].mail_folder.glob("*.eml"))
