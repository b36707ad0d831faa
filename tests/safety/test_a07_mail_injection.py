"""A-07: what people type puts nothing into a mail but one recipient, on a real SMTP server; texts of strangers stand in none."""

from __future__ import annotations

import email
import email.policy
from collections.abc import Iterator
from dataclasses import replace
from email.message import EmailMessage
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from flask import Flask

from camp import post, registration
from camp.db import db, writing
from camp.models import Mail, Participant
from camp.registration_models import Reservation
from tests import make
from tests.net import free_port

GOOD = {"given_name": "Mai", "email": "mai@example.org", "kind": "other", "photo": "no"}
ENDS = ("\r\n", "\n", "\r", "\x00", "\u2028", "\u2029", "\x85", "\x0b", "\x0c")
PHISH = "Win https://evil.example/ <b>now</b>, \"you\" <boss@evil.example>"


class _Box:
    def __init__(self) -> None:
        self.envelopes: list[Any] = []

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        self.envelopes.append(envelope)
        return "250 OK"


@pytest.fixture
def smtp(app: Flask) -> Iterator[_Box]:
    box = _Box()
    controller = Controller(box, hostname="127.0.0.1", port=free_port())
    controller.start()
    before = app.config["CAMP"]
    app.config["CAMP"] = replace(before, smtp_url=f"smtp://127.0.0.1:{controller.port}")
    yield box
    app.config["CAMP"] = before
    controller.stop()


def _sent(app: Flask, box: _Box) -> list[tuple[list[str], EmailMessage]]:
    with app.test_request_context("/"):
        post.send_due()
    found = [(list(envelope.rcpt_tos), email.message_from_bytes(envelope.content, policy=email.policy.default)) for envelope in box.envelopes]
    box.envelopes.clear()
    return found  # type: ignore[return-value]


def _whole(message: EmailMessage) -> str:
    return message.as_string() + "".join(str(part.get_content()) for part in message.walk() if not part.is_multipart())


@pytest.mark.parametrize("end", ENDS, ids=[f"{ord(end[0]):#06x}" for end in ENDS])
def test_a07_an_address_with_more_than_an_address_is_refused(app: Flask, smtp: _Box, end: str) -> None:
    make.camp()
    known = make.person("mai@example.org")
    addresses = [f"mai@example.org{end}Bcc: evil@example.org", f"mai@example.org{end},evil@example.org", f"mai{end}@example.org", f"mai@exa{end}mple.org",
                 "mai@example.org,evil@example.org", "Mai <mai@example.org>", "mai@example.org;evil@example.org", "\"mai evil\"@example.org", "mai@example.org>"]
    for address in addresses:
        assert make.browser(app).post("/ecm27/register", data=GOOD | {"email": address}).status_code == 422, address
        assert make.browser(app).post("/sign-in", data={"email": address}).status_code == 422, address
    assert (db.session.query(Mail).count(), db.session.query(Reservation).count(), _sent(app, smtp), known.email) == (0, 0, [], "mai@example.org")


def test_a07_mails_have_one_recipient_the_expected_headers_and_no_words_of_strangers(app: Flask, smtp: _Box) -> None:
    camp = make.camp(title="Camp")
    names = [f"Mai{end}Bcc: evil@example.org{end}{end}Text" for end in ENDS if end not in ("\u2028", "\u2029")] + [PHISH]
    for number, name in enumerate(names):
        data = GOOD | {"given_name": name, "family_name": PHISH, "organisation": PHISH, "email": f"p{number}@example.org"}
        assert make.browser(app).post("/ecm27/register", data=data).status_code == 303
    sent = _sent(app, smtp)
    assert [recipients for recipients, _ in sent] == [[f"p{number}@example.org"] for number in range(len(names))]
    for recipients, message in sent:
        assert (message["To"], message["Subject"], message.get_all("Bcc"), message.get_all("Cc"), message.get_all("Reply-To")) == (
            recipients[0], "Bestätige deine Anmeldung · Camp", None, None, None)
        assert not [word for word in ("evil", "Win", "boss", "Mai") if word in _whole(message)]
    everybody = [make.participant(camp, "Mai", PHISH, state=state, organisation=PHISH) for state in ("admitted", "waiting")]
    with writing():
        registration.leave(camp, everybody[0])
        registration.accept(camp, everybody[1])
    for recipients, message in _sent(app, smtp):
        assert (len(recipients), "evil" in _whole(message)) == (1, False)
    assert db.session.query(Participant).count() == 2
