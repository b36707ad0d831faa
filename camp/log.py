"""Who did what and when."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from camp import clock
from camp.db import db
from camp.errors import N_
from camp.models import LogEntry, Participant, Person, shown

# What the log says, as it is read by organisers; each verb that is noted at a camp stands here.
SENTENCES = {
    "changed days": N_("changed the days"), "changed phase": N_("set a phase"),
    "changed plan wishes": N_("changed what counts for the plan"),
    "changed settings": N_("changed the settings"), "changed texts": N_("changed a text"),
    "changed venue": N_("changed rooms or slots"), "changed partners": N_("changed the partners"),
    "cloned camp": N_("The camp was made after the pattern of another one"),
    "closed phase": N_("closed a phase"), "closed pitch round": N_("closed the pitch round"),
    "changed pitch round": N_("changed how the pitch round goes"),
    "corrected a name": N_("A name was corrected at the door"),
    "admitted people": N_("admitted people who waited"), "changed photo wish": N_("changed the wish about photos"),
    "added WLAN codes": N_("added WLAN codes"), "dropped WLAN codes": N_("threw the free WLAN codes away"),
    "changed pictures": N_("changed a picture"),
    "changed questions": N_("changed the questions"), "changed rules": N_("changed how places are given"),
    "erased by date": N_("People were erased, because their time was over"),
    "cancelled": N_("gave a place back or left the line"), "offer lapsed": N_("A place that was offered has moved on"),
    "registered": N_("registered"), "took a place": N_("took a place that had come free"),
    "made blank badges": N_("made blank badges"), "bound a badge": N_("gave a blank badge to a person"),
    "revoked a badge": N_("revoked a badge"), "renewed a badge": N_("renewed the code of a badge"),
    "rescued scans": N_("brought scans that a phone could not send"),
    "revoked a private code": N_("revoked a private code"), "changed badges": N_("changed how badges look"),
    "changed session": N_("changed a proposal"), "erased a person": N_("A person was erased"),
    "imported proposals": N_("imported proposals from a list"),
    "imported people": N_("imported people from a list"),
    "founded project": N_("founded a joint project"), "joined project": N_("joined a joint project"),
    "left project": N_("left a joint project"), "loaded camp": N_("The camp was loaded from files"),
    "printed the names": N_("The list of names was printed"),
    "made badges": N_("Badges were printed"), "made book": N_("The camp book was printed"),
    "made camp": N_("made the camp"), "made plan": N_("let a plan be made"), "moved session": N_("moved a session"),
    "registered a walk-in": N_("Somebody came without being registered and got a place"),
    "bound no badge": N_("The badge of a walk-in was no blank one; print a badge"),
    "noted for the door": N_("changed a note to the staff at the door"),
    "took an arrival back": N_("took back that somebody had come in"),
    "offered a door": N_("showed a code for a door"),
    "opened camp": N_("opened the camp"), "opened phase": N_("opened a phase"),
    "paired a phone": N_("A phone became a door"),
    "pitched session": N_("saved a pitch"), "made screen": N_("made a screen"),
    "revoked screen": N_("revoked a screen"),
    "pinned session": N_("pinned a session"), "proposed session": N_("made a proposal"),
    "published agenda": N_("published the agenda"), "restored session": N_("put a proposal back"),
    "revoked a phone": N_("took a door away from a phone"), "changed a mail text": N_("changed the text of a mail"),
    "mended plan": N_("took a mended plan"),
    "mailed a group": N_("wrote to a group"), "reminded people": N_("reminded people of the camp"),
    "changed the order of meals": N_("changed the order of meals"),
    "meals ordered": N_("The order of meals was closed"),
    "changed the roster": N_("changed the roster"),
    "invited to a role": N_("invited somebody to a role"), "took a role": N_("took a role by invitation"),
    "withdrew an invitation": N_("withdrew an invitation"),
    "role": N_("changed a role"),
    "sent mails again": N_("let mails be sent again that were given up"),
    "ran job again": N_("let something be made again"),
    "second factor demanded": N_("changed whether a second factor is demanded"),
    "called off session": N_("called off a session"), "put off session": N_("put off a session"),
    "answered session": N_("answered somebody whose session has no cell"),
    "undid step": N_("took a step on the board back"), "redid step": N_("made a step on the board again"),
    "took session out": N_("took a session out of its cell"), "unpinned session": N_("released a session"),
    "chose the newcomers' session": N_("chose the session for newcomers"),
    "hid session": N_("hid a proposal"), "showed session": N_("showed a hidden proposal again"),
    "asked a host": N_("asked somebody to hold a session"), "joined as host": N_("became host of a session"),
    "left as host": N_("left a session as host"),
    "changed wall code": N_("changed proposing without an account"),
    "changed voting": N_("changed how the camp votes"), "wished a merge": N_("wished to hold two proposals together"),
    "merged sessions": N_("merged two proposals"), "parted sessions": N_("parted two proposals again"),
    "withdrew session": N_("withdrew a proposal"), "wrote notes": N_("wrote notes"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """An entry as it is read: the name of who did it, or the address; none if nobody did, or nobody is left.

    `command`: it was done on the command line, by this command.
    """

    at: datetime
    who: str
    verb: str
    command: str = ""


_command: ContextVar[str] = ContextVar("command", default="")


@contextmanager
def by_command(name: str) -> Iterator[None]:
    """What is noted inside was done by a command of the command line."""
    before = _command.set(name)
    try:
        yield
    finally:
        _command.reset(before)


def note(verb: str, *, camp_id: int | None = None, person_id: int | None = None, **detail: object) -> None:
    """Write an entry into the running transaction. `detail` holds ids and numbers, no names and no secrets."""
    if _command.get():
        detail["command"] = _command.get()
    db.session.add(LogEntry(camp_id=camp_id, person_id=person_id, at=clock.now(), verb=verb, detail=detail))


def count(camp_id: int) -> int:
    """How many entries a camp has."""
    return db.session.scalar(select(func.count()).select_from(LogEntry).where(LogEntry.camp_id == camp_id)) or 0


def entries(camp_id: int, first: int, most: int) -> Sequence[Row]:
    """A page of a camp's log, the newest first."""
    rows = db.session.execute(
        select(LogEntry.at, LogEntry.verb, LogEntry.detail, Participant.given_name, Participant.family_name,
               Person.email)
        .outerjoin(Person, Person.id == LogEntry.person_id)
        .outerjoin(Participant, (Participant.person_id == Person.id) & (Participant.camp_id == LogEntry.camp_id))
        .where(LogEntry.camp_id == camp_id).order_by(LogEntry.id.desc()).offset(first).limit(most))
    return [Row(at, f"{given} {family}" if given else shown(email or ""), verb, detail.get("command", ""))
            for at, verb, detail, given, family, email in rows]
