from __future__ import annotations

from flask import Flask

from badges.forms import CheckInForm, DoorForm, PairForm


def _errors(app: Flask, kind: type, **typed: str) -> list[str]:
    with app.test_request_context(method="POST", data=typed):
        form = kind()
        form.validate()
        return sorted(form.errors)


def test_a_door_has_a_name_of_at_most_forty_characters(app: Flask) -> None:
    assert [_errors(app, DoorForm, door=name) for name in ("", "x" * 41, "x" * 40)] == [["door"], ["door"], []]


def test_a_pairing_code_may_be_typed_with_blanks(app: Flask) -> None:
    assert [_errors(app, PairForm, code=code) for code in ("", "x" * 21, "7F3K X0AB")] == [["code"], ["code"], []]


def test_an_attempt_needs_a_number_and_a_text(app: Flask) -> None:
    assert _errors(app, CheckInForm) == ["nonce", "text"]
    assert _errors(app, CheckInForm, nonce="nonce-0001", text="x" * 301) == ["text"]
    assert _errors(app, CheckInForm, nonce="nonce-0001", text="x") == []
