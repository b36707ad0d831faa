from __future__ import annotations

import pytest
from flask import Flask

from camp import letters
from camp.models import Mail


def test_a_mail_without_a_teller_says_what_was_laid_down(app: Flask) -> None:
    letter = Mail(template="sign_in", values={"token": "t"})
    assert letters.values(letter, "k") == {"token": "t"}


def test_a_teller_says_what_is_so_now(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(letters, "_TELLERS", {})
    letters.register("news", lambda letter, key: {"token": key} if letter.values["true"] else None)
    assert letters.values(Mail(template="news", values={"true": True}), "k") == {"token": "k"}
    assert letters.values(Mail(template="news", values={"true": False}), "k") is None
