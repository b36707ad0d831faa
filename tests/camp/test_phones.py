"""Tests of camp/phones.py."""

from __future__ import annotations

from flask import Flask

from camp import phones


def test_whoever_pairs_phones_tells_which_of_them_calls() -> None:
    app = Flask(__name__)
    assert phones.calling(app) == ""
    phones.register(app, lambda: "Main entrance")
    assert phones.calling(app) == "Main entrance"
