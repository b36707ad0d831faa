"""Races: calls in threads with connections of their own, let go at the same moment."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from flask import Flask

from camp.db import db


def race(app: Flask, *calls: Callable[[], Any]) -> list[Any]:
    """Call all at the same moment, each in an application context of its own; what each gave or raised."""
    db.session.rollback()
    given: list[Any] = [None] * len(calls)
    line = threading.Barrier(len(calls))

    def run(number: int, call: Callable[[], Any]) -> None:
        with app.app_context():
            db.session.connection()  # a connection takes longest
            db.session.rollback()
            line.wait(60)
            try:
                given[number] = call()
            except Exception as error:
                given[number] = error
            finally:
                db.session.remove()

    threads = [threading.Thread(target=run, args=(number, call)) for number, call in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    return given


def aside(call: Callable[..., Any], *args: Any) -> None:
    """Call something in a thread, so that it has a session of its own, and wait for it."""
    thread = threading.Thread(target=call, args=args)
    thread.start()
    thread.join(120)
