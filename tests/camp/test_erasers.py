"""The registry by which the wings forget."""

from __future__ import annotations

from flask import Flask

from camp import erasers


def test_erasers_are_known_to_their_application_and_settle_nothing_unless_told() -> None:
    app = Flask("x")
    assert erasers.of(app) == []
    eraser = erasers.Eraser(lambda camp, participant, key: None, lambda camp, participant, key: {}, lambda folder, camp: [])
    erasers.register(app, eraser)
    assert erasers.of(app) == [eraser]
    eraser.settle()


def test_both_wings_take_part(app: Flask) -> None:
    assert len(erasers.of(app)) == 2
