"""Chores: the worker does what was registered, for this application alone."""

from __future__ import annotations

from flask import Flask

from camp import chores, worker


def test_the_worker_does_each_chore(app: Flask) -> None:
    other, done = Flask("other"), []
    chores.register(other, lambda: done.append(1))
    chores.register(other, lambda: done.append(2))
    with other.app_context():
        assert worker._chores() is False
    assert done == [1, 2]
    assert len(chores.of(other)) == 2 and chores.of(Flask("third")) == ()
