"""Long work: the job table is the queue; a worker claims a row, runs the function of its name, keeps the result.

Several hosts may have a worker each. A claim lasts less than a minute and is renewed while the work runs; `tries`
counts the claims, so that a worker which lost its claim does not write over the result of the next one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from flask import Flask, current_app
from sqlalchemy import Update, func, or_, select, update

from camp import camps, clock
from camp.db import db, writing
from camp.errors import N_, CampError, Conflict
from camp.models import Camp, Job

LEASE = timedelta(seconds=45)
_MOST_TRIES = 3
TITLES = {"plan": N_("The plan is being made"), "proof": N_("The plan is being proven"),
          "badges": N_("The badges are being printed"), "names": N_("The list of names is being printed"),
          "book": N_("The camp book is being printed"), "import": N_("People are being imported"),
          "paper": N_("The cards are being printed")}
DONE_TITLES = {"plan": N_("The plan is ready"), "proof": N_("The proof is done"),
               "badges": N_("The badges are ready"), "names": N_("The list of names is ready"),
               "book": N_("The camp book is ready"), "import": N_("The people are imported"),
               "paper": N_("The cards are ready")}
BROKEN_TITLES = {"plan": N_("The plan was not made"),
                 "proof": N_("Nothing was proven"), "badges": N_("The badges were not printed"),
                 "names": N_("The list of names was not printed"),
                 "book": N_("The camp book was not printed"), "import": N_("Nobody was imported"),
                 "paper": N_("The cards were not printed")}
Work = Callable[["Progress", Camp, dict[str, Any]], dict[str, Any]]


class Cancelled(Exception):
    """Somebody asked the job to stop, and it had nothing worth keeping."""


@dataclass(slots=True)
class Progress:
    """What a running job tells and asks, each in a short transaction of its own."""

    job_id: int
    claim: int | None = None  # the number of the claim; none: whoever holds it

    def tell(self, percent: int, note: str, /, **values: object) -> None:
        """Show how far the work is; `note` is an English msgid. Renews the claim."""
        with writing():
            db.session.execute(_held(self.job_id, self.claim).values(
                percent=max(0, min(99, percent)), note=note, note_values=values, claimed_until=clock.now() + LEASE))

    def cancelled(self) -> bool:
        """Whether somebody asked the job to stop, or another worker has taken it over."""
        row = db.session.execute(select(Job.cancel_asked, Job.tries).where(Job.id == self.job_id)).one()
        db.session.rollback()
        return row.cancel_asked or self.claim not in (None, row.tries)


def register(app: Flask, name: str, work: Work) -> None:
    """Make a function known as the work behind a name. It gets (progress, camp, args) and gives the result.

    What the result holds as `note` (an English msgid) and `note_values` stands on the job's page.

    It does its writing inside `camp.db.writing()`, once, at its end.
    """
    app.extensions.setdefault("camp_jobs", {})[name] = work


def ask(camp: Camp, name: str, args: dict[str, Any], person_id: int | None) -> Job:
    """Queue a job; if the same one is queued or running for the camp, that one is given instead."""
    camps.lock(camp)
    same = db.session.scalar(select(Job).where(Job.camp_id == camp.id, Job.name == name,
                                               Job.state.in_(("queued", "running"))))
    if same is not None:
        return same
    job = Job(camp_id=camp.id, name=name, args=args, asked_by=person_id, asked_at=clock.now())
    db.session.add(job)
    db.session.flush()
    return job


def title(job: Job) -> str:
    """What a job's page is called in the state that it is in, as a msgid."""
    return {"done": DONE_TITLES, "failed": BROKEN_TITLES, "cancelled": BROKEN_TITLES}.get(job.state, TITLES)[job.name]


def cancel(job: Job) -> None:
    """Ask a job to stop; one that has not begun is cancelled at once."""
    job.cancel_asked = True
    if job.state == "queued":
        job.state, job.ended_at = "cancelled", clock.now()


def of(camp: Camp, job_id: int) -> Job | None:
    """A job of this camp."""
    return db.session.scalar(select(Job).where(Job.camp_id == camp.id, Job.id == job_id))


def latest(camp: Camp, name: str, most: int = 5) -> Sequence[Job]:
    """The camp's latest jobs of a name, newest first."""
    return db.session.scalars(select(Job).where(Job.camp_id == camp.id, Job.name == name)
                              .order_by(Job.id.desc()).limit(most)).all()


def catalogue(camp: Camp, first: int, most: int) -> Sequence[Job]:
    """A page of the camp's jobs of every name, the newest first."""
    return db.session.scalars(select(Job).where(Job.camp_id == camp.id).order_by(Job.id.desc())
                              .offset(first).limit(most)).all()


def count(camp: Camp) -> int:
    """How many jobs the camp has had."""
    return db.session.scalar(select(func.count()).select_from(Job).where(Job.camp_id == camp.id)) or 0


def failed(camp: Camp) -> int:
    """How many kinds of work failed when they were last asked for."""
    newest = select(func.max(Job.id)).where(Job.camp_id == camp.id).group_by(Job.name)
    broken = select(func.count()).select_from(Job).where(Job.id.in_(newest), Job.state == "failed")
    return db.session.scalar(broken) or 0


def again(camp: Camp, job: Job, person_id: int | None) -> Job:
    """Queue the same work once more, unless it waits or runs already. Raises Conflict for a job that has not ended."""
    if job.state in ("queued", "running"):
        raise Conflict(N_("This has not ended yet."), N_("Wait, or stop it first."))
    return ask(camp, job.name, job.args, person_id)


def run_next() -> bool:
    """Claim the oldest waiting job and run it; False if there is none. A job whose worker died comes again."""
    with writing():
        job = _claim()
    if job is None:
        return False
    claimed = job.tries
    work: Work = current_app.extensions["camp_jobs"][job.name]
    values: dict[str, object] = {}
    job_id = job.id
    running: dict[int, int] = current_app.extensions.setdefault("camp_jobs_running", {})
    running[job_id] = claimed
    try:
        camp = db.session.get_one(Camp, job.camp_id)
        db.session.rollback()
        state, result = "done", dict(work(Progress(job_id, claimed), camp, job.args))
        note, values = result.pop("note", ""), result.pop("note_values", {})
    except Cancelled:
        state, result, note = "cancelled", {}, ""
    except CampError as error:
        state, result, note, values = "failed", {}, error.text, error.values
    except Exception:
        current_app.logger.exception("job %s (%s) failed", job.id, job.name)
        state, result, note = "failed", {}, N_("Our mistake. The log of the program says more.")
    finally:
        del running[job_id]
    db.session.rollback()
    with writing():
        # if the claim lapsed meanwhile, somebody else has the job now, and theirs is the result that counts
        db.session.execute(_held(job_id, claimed).values(
            state=state, result=result, note=note, note_values=values, ended_at=clock.now(),
            percent=100 if state == "done" else Job.percent))
    return True


def keep() -> None:
    """Renew the claims of the jobs that run in this process; several times a minute, beside the work."""
    running: dict[int, int] = current_app.extensions.get("camp_jobs_running", {})
    for job_id, claim in tuple(running.items()):
        with writing():
            db.session.execute(_held(job_id, claim).values(claimed_until=clock.now() + LEASE))


def _held(job_id: int, claim: int | None) -> Update:
    held = update(Job).where(Job.id == job_id, Job.state == "running")
    return held if claim is None else held.where(Job.tries == claim)


def _claim() -> Job | None:
    now = clock.now()
    lost = (Job.state == "running") & (Job.claimed_until < now)
    waiting = db.session.scalars(select(Job).where(or_(Job.state == "queued", lost)).order_by(Job.id)
                                 .with_for_update(skip_locked=True))
    for job in waiting:
        if job.tries < _MOST_TRIES:
            job.state, job.claimed_until, job.tries = "running", now + LEASE, job.tries + 1
            return job
        job.state, job.ended_at, job.note = "failed", now, N_("The work was broken off three times.")
    return None
