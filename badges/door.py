"""The door: a scanned text becomes a verdict; a participant is let in once a day, and every attempt is kept."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select

from badges import blanks, pairing, revoking
from badges.models import Admission, Badge, Device, Scan
from camp import camps, clock, people
from camp.db import db, insert_once
from camp.errors import N_, BadInput
from camp.models import Camp, Participant

# What a scan ends in. The tone is what the whole screen says: go on, look, stop.
TONES = {"admitted": "go", "already": "wait", "waiting": "stop", "cancelled": "stop", "unknown": "stop",
         "revoked": "stop", "blank": "stop", "other-camp": "stop", "not-a-badge": "stop", "device-revoked": "stop",
         "device-expired": "stop", "not-paired": "stop"}
_NAMELESS = ("unknown", "blank", "other-camp", "not-a-badge", "device-revoked", "device-expired")
_CODE = re.compile(r"(?:https?://(?P<host>[^/\s]+)/b/)?(?P<code>[a-z2-7]{16})/?", re.IGNORECASE | re.ASCII)
_NONCE = re.compile(r"[A-Za-z0-9_-]{8,64}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Answer:
    """What the door shows: the verdict, the participant where there is one to name, and an earlier admission."""

    verdict: str
    participant: Participant | None = None
    since: datetime | None = None
    door: str = ""

    @property
    def tone(self) -> str:
        """go, wait or stop."""
        return TONES[self.verdict]


@dataclass(frozen=True, slots=True)
class HeadCount:
    """How many people came on a day, how many have a place, and how many each door let in."""

    day: date
    here: int
    expected: int
    doors: tuple[tuple[str, int], ...]


def check_in(camp: Camp, device: Device, nonce: str, text: str, *, host: str) -> Answer:
    """Let in whoever belongs to a scanned text, once a day; `host` is the one in our own badges' addresses.

    The phone gives each attempt a number of its own (`nonce`): the same number again gives the same answer and changes
    nothing. Raises BadInput if it is no such number.
    """
    if not _NONCE.fullmatch(nonce):
        raise BadInput(N_("This scan has no number."), N_("Load the page again and scan once more."))
    standing, before = pairing.standing(device), _scan_of(device, nonce)
    if before is not None:
        return _answer_of(before) if standing == "paired" else Answer(standing)
    verdict, badge, admission_id = _judge(camp, device, text, host) if standing == "paired" else (standing, None, None)
    insert_once(Scan, camp_id=camp.id, device_id=device.id, nonce=nonce, badge_id=badge.id if badge else None,
                at=clock.now(), verdict=verdict, admission_id=admission_id)
    kept = _scan_of(device, nonce)  # where two requests with one number meet, the first one's answer holds for both
    assert kept is not None
    return _answer_of(kept)


def head_count(camp: Camp) -> HeadCount:
    """Who is here today, or was on the latest day with anybody: people, not scans."""
    here = select(Admission.id).join(Participant).where(Participant.camp_id == camp.id)
    today = camps.today(camp)
    day = today
    if today not in [one.date for one in camp.days]:
        day = db.session.scalar(here.with_only_columns(func.max(Admission.date))) or today
    rows = db.session.execute(
        select(Device.door, func.count()).select_from(Admission).join(Participant)
        .outerjoin(Device, Device.id == Admission.device_id)
        .where(Participant.camp_id == camp.id, Admission.date == day).group_by(Device.door).order_by(Device.door)).all()
    doors = tuple((name, number) for name, number in rows if name)
    return HeadCount(day, sum(number for _, number in rows), people.count(camp, "admitted"), doors)


def code_in(text: str, host: str) -> str | None:
    """The badge code in a scanned or typed text: our own address or the bare 16 characters, in any case; else none.

    Blanks do not count, because a badge shows the characters in groups of four.
    """
    found = _CODE.fullmatch("".join(text[:300].split()))
    if found is None or (found["host"] is not None and found["host"].lower() != host.lower()):
        return None
    return found["code"].upper()


def _judge(camp: Camp, device: Device, text: str, host: str) -> tuple[str, Badge | None, int | None]:
    """The verdict on a text, with the badge if it is one of this camp, and the admission it made or met."""
    code = code_in(text, host)
    if code is None:
        return "not-a-badge", None, None
    badge = revoking.badge_of(code)
    if revoking.is_revoked(camp.id, code):
        return "revoked", badge, None
    if badge is None:
        return "blank" if blanks.find(camp, code) else "unknown", None, None
    if badge.camp_id != camp.id:
        return "other-camp", None, None
    if badge.participant.state != "admitted":
        return badge.participant.state, badge, None
    admission_id, new = _admit(camp, device, badge.participant)
    return ("admitted" if new else "already"), badge, admission_id


def _admit(camp: Camp, device: Device, who: Participant) -> tuple[int, bool]:
    """Let a participant in today; the key of the table lets only one of any number of requests do it."""
    today = camps.today(camp)
    new = insert_once(Admission, participant_id=who.id, date=today, at=clock.now(), device_id=device.id)
    found = db.session.scalars(select(Admission.id).where(Admission.participant_id == who.id, Admission.date == today))
    if new:
        people.mark_arrived(who)
    return found.one(), new


def _scan_of(device: Device, nonce: str) -> Scan | None:
    return db.session.scalar(select(Scan).where(Scan.device_id == device.id, Scan.nonce == nonce))


def _answer_of(scan: Scan) -> Answer:
    if scan.verdict in _NAMELESS or scan.badge_id is None:
        return Answer(scan.verdict)
    who = db.session.scalars(select(Participant).join(Badge, Badge.participant_id == Participant.id)
                             .where(Badge.id == scan.badge_id)).one()
    admission = db.session.get(Admission, scan.admission_id) if scan.admission_id else None
    device = db.session.get(Device, admission.device_id) if admission and admission.device_id else None
    return Answer(scan.verdict, who, admission.at if admission else None, device.door if device else "")
