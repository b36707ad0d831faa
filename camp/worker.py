"""The worker: one process beside the web processes; APScheduler only ticks, the mail and job tables are the queues."""

from __future__ import annotations

import logging
import os
import signal
import time
from collections.abc import Callable
from datetime import UTC
from threading import Lock
from types import FrameType

from flask import Flask
from sqlalchemy.exc import OperationalError

from camp import jobs, post
from camp.db import db

_TICK = 1  # seconds
# Seconds that running work is given at the end; what lasts longer is taken up again when its claim lapses.
_PATIENCE = 4
_log = logging.getLogger("camp")


def run(app: Flask) -> None:
    """Send mails and run jobs until SIGTERM or SIGINT; ends the process."""
    from apscheduler.schedulers.background import BackgroundScheduler  # only the worker needs it

    stopping: list[int] = []
    logging.getLogger("apscheduler").setLevel(logging.ERROR)  # a tick that waits for a long job is no news

    def stop(number: int, frame: FrameType | None) -> None:
        stopping.append(number)

    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, stop)
    locks = []
    scheduler = BackgroundScheduler(timezone=UTC)
    for turn in (_send, _work):
        locks.append(lock := Lock())
        scheduler.add_job(tick, "interval", (app, turn, lock, stopping), seconds=_TICK, max_instances=1, coalesce=True,
                          misfire_grace_time=None)
    scheduler.start()
    while not stopping:
        time.sleep(0.1)
    scheduler.shutdown(wait=False)
    until = time.monotonic() + _PATIENCE
    for lock in locks:
        lock.acquire(timeout=max(0, until - time.monotonic()))
    logging.shutdown()
    os._exit(0)  # a job's thread would keep the process; its row comes free by itself


def _send() -> bool:
    return post.send_due() > 0


def _work() -> bool:
    return jobs.run_next()


def tick(app: Flask, turn: Callable[[], bool], lock: Lock, stopping: list[int]) -> None:
    """Take turns until the queue is empty. What goes wrong is logged; the next tick tries again."""
    with lock, app.test_request_context("/", base_url=app.config["CAMP"].base_url):
        try:
            while not stopping and turn():
                pass
        except OperationalError as error:
            _log.warning("worker: database: %s", error.orig)
        except Exception:
            _log.exception("worker: a turn failed")
        finally:
            db.session.remove()
