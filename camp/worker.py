"""The worker: one process beside the web processes; APScheduler only ticks, the mail and job tables are the queues.

Several hosts on one PostgreSQL have a worker each: all send mails and run jobs, whose rows they claim, and one of them,
which holds the lease, does what is due by the clock.
"""

from __future__ import annotations

import logging
import os
import secrets
import signal
import socket
import time
from collections.abc import Callable
from datetime import UTC, timedelta
from threading import Lock
from types import FrameType

from flask import Flask, current_app
from sqlalchemy.exc import OperationalError

from camp import (
    camps,
    catering_orders,
    chores,
    clock,
    erasers,
    erasure,
    forgetting,
    jobs,
    lease,
    post,
    questions,
    registration,
    retention,
    tidy,
    wlan,
)
from camp.db import db, trouble, writing
from camp.models import Camp

_TICK, _SOON, _MINUTE, _HOUR = 1, 10, 60, 3600  # seconds
_AT_ONCE = 10  # people erased in a transaction
_RENEWALS = 3  # in the time after which a lease runs out or a job's claim lapses
LEADER = "leader"
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
    leader = Leader(max(1, app.config["CAMP"].lease_seconds))
    turns = ((_send, _TICK), (_work, _TICK), (_keep, jobs.LEASE.seconds // _RENEWALS), (_places, _MINUTE),
             (_chores, _SOON), (Sweeper().sweep, _MINUTE), (leader.renew, leader.seconds / _RENEWALS))
    for turn, seconds in turns:
        locks.append(lock := Lock())
        scheduler.add_job(tick, "interval", (app, turn, lock, stopping), seconds=seconds, max_instances=1,
                          coalesce=True, misfire_grace_time=None,
                          next_run_time=clock.now() + timedelta(seconds=_SOON if turn is _chores else 0))
    scheduler.start()
    while not stopping:
        time.sleep(0.1)
    scheduler.shutdown(wait=False)
    until = time.monotonic() + _PATIENCE
    for lock in locks:
        lock.acquire(timeout=max(0, until - time.monotonic()))
    tick(app, leader.leave, Lock(), [])
    logging.shutdown()
    os._exit(0)  # a job's thread would keep the process; its row comes free by itself


def _send() -> bool:
    return post.send_due() > 0


def _work() -> bool:
    return jobs.run_next()


def _keep() -> bool:
    jobs.keep()
    return False


def _places() -> bool:
    """Let what lapsed move on and meals be ordered, camp by camp; several workers may do it, each camp is locked."""
    for camp_id in camps.before_their_end():
        with writing():
            camp = db.session.get_one(Camp, camp_id)
            registration.settle(camp)
            wlan.hand_out(camp)
            catering_orders.freeze_due(camp)
    return False


def _chores() -> bool:
    """Do what the wings want done; several workers may do it."""
    for chore in chores.of(current_app):  # type: ignore[arg-type]
        chore()
    return False


def _retain() -> bool:
    """Erase whose time is over, a few in a transaction; then let no page of the database hold them."""
    app = current_app
    means = erasure.Means(app.config["CAMP"].vote_key, erasers.of(app))  # type: ignore[arg-type]
    for camp, ids in retention.due([eraser.keeps for eraser in means.erasers]):
        camp_id = camp.id
        with writing():
            retention.keep_figures(db.session.get_one(Camp, camp_id))
        for start in range(0, len(ids), _AT_ONCE):
            with writing():
                stale = forgetting.by_date(app.config["CAMP"], means, camp_id, ids[start:start + _AT_ONCE])
            forgetting.clean_up(app.config["CAMP"], stale)
        with writing():
            stale = forgetting.helpers_by_date(app.config["CAMP"], means, camp_id)
        forgetting.clean_up(app.config["CAMP"], stale)
        with writing():
            retention.note(db.session.get_one(Camp, camp_id), len(ids))
    with writing():
        questions.prune()
        retention.prune_needs()
    return False


class Sweeper:
    """Rewrites the database after somebody was erased, so that its pages and its log hold nothing of them."""

    def __init__(self) -> None:
        self._cleared = 0

    def sweep(self) -> bool:
        """Do it if an erasure is newer than the last time; when somebody reads on, the next minute tries again."""
        newest = erasure.newest()
        db.session.remove()
        if newest > self._cleared and forgetting.clear_log(current_app.config["CAMP"]):
            self._cleared = newest
        return False


class Leader:
    """This worker's claim to lead: renewed several times in `seconds`; while it holds, the hourly work is done here."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.owner = f"{socket.gethostname()}/{os.getpid()}/{secrets.token_hex(4)}"
        self._tidied = -float(_HOUR)

    def renew(self) -> bool:
        """Take or renew the lease, and do what is due."""
        with writing():
            fence = lease.take(LEADER, self.owner, self.seconds)
        if fence is not None and time.monotonic() - self._tidied >= _HOUR:
            with writing():
                if lease.still(LEADER, fence):
                    tidy.prune()
            self._tidied = time.monotonic()
            _retain()
        return False

    def leave(self) -> bool:
        """Give the lease back at the end, so that another worker need not wait for it."""
        with writing():
            lease.leave(LEADER, self.owner)
        return False


def tick(app: Flask, turn: Callable[[], bool], lock: Lock, stopping: list[int]) -> None:
    """Take turns until the queue is empty. What goes wrong is logged; the next tick tries again."""
    with lock, app.test_request_context("/", base_url=app.config["CAMP"].base_url):
        try:
            while not stopping and turn():
                pass
        except OperationalError as error:
            _log.warning("worker: database: %s", trouble(error))
        except Exception:
            _log.exception("worker: a turn failed")
        finally:
            db.session.remove()
