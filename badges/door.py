"""The door: what a phone reports becomes a verdict; a participant is let in once a day, and every attempt is kept."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select

from badges import admitting, blanks, events, known, pairing, walkins
from badges.events import Event
from badges.known import Known
from badges.models import Admission, Badge, Device, Handout, Scan
from camp import camps, clock, log, people, tokens
from camp.db import db
from camp.errors import N_, BadInput
from camp.models import Camp, Participant
from camp.text import line

# What a scan ends in. The tone is what the whole screen says: go on, look, stop.
TONES = {"admitted": "go", "handed": "go", "undone": "go", "renamed": "go", "drill": "go", "already": "wait",
         "refused": "wait", "waiting": "stop", "cancelled": "stop", "other-day": "stop", "revoked": "stop",
         "blank": "stop", "unknown": "stop", "other-camp": "stop", "not-a-badge": "stop", "device-revoked": "stop",
         "device-expired": "stop", "not-paired": "stop"}
_NAMELESS = ("unknown", "blank", "other-camp", "not-a-badge", "device-revoked", "device-expired")
_CODE = re.compile(r"(?:https?://(?P<host>[^/\s]+)/b/)?(?P<code>[a-z2-7]{16})/?", re.IGNORECASE | re.ASCII)


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


def check_in(camp: Camp, device: Device, nonce: str, text: str, *, host: str) -> Answer:
    """Let in whoever belongs to a scanned text, once a day, while the helper waits for the answer; see `take`."""
    return take(camp, device, Event(nonce, text=text), host=host)


def known_of(camp: Camp, device: Device, reported: Sequence[Event], *, host: str) -> Known:
    """What is known already of what a phone reports, read in one go for `take`."""
    codes = {code for event in reported if event.text and (code := code_in(event.text, host))}
    return known.of(camp, device, [event.nonce for event in reported], codes)


def take(camp: Camp, device: Device, event: Event, *, host: str, rescued: bool = False,
         before: Known | None = None) -> Answer:
    """Take an event of a phone in; `host` is the one in our own badges' addresses, `before` what `known_of` gave.

    The phone gives each event a number of its own: the same number again gives the same answer and changes nothing,
    but for a helper who could not wait for the server and decided otherwise. `rescued`: an organiser brings it, so
    that it counts although the phone is locked out by now. Whoever gives `before` saves it at the end.
    Raises BadInput if it is no such number.
    """
    if before is None:
        before = known_of(camp, device, [event], host=host)
        answer = take(camp, device, event, host=host, rescued=rescued, before=before)
        before.save()
        return answer
    events.check(event.nonce)
    standing = "paired" if rescued else pairing.standing(device)
    with db.session.no_autoflush:
        scan = before.scan(event.nonce)
        if scan is None:
            scan, who = _new(camp, device, event, standing), None
            if standing == "paired":
                who = _act(camp, device, scan, event, host, before)
            before.add(scan)
            return _answer_of(device, scan, who)
        if rescued and scan.verdict in ("device-revoked", "device-expired"):
            scan.decision = event.decision
            _act(camp, device, scan, event, host, before)
        return _again(camp, device, scan, event) if standing == "paired" else Answer(standing)


def settle(camp: Camp) -> int:
    """Let those in whom a helper let in provisionally and who are known by now; how many."""
    rows = db.session.execute(
        select(Scan, Badge, Device).join(Badge, Badge.code_hash == Scan.code_hash)
        .join(Device, Device.id == Scan.device_id)
        .where(Scan.camp_id == camp.id, Badge.camp_id == camp.id, Scan.verdict == "unknown",
               Scan.decision == "provisional", Scan.undone_at.is_(None))).all()
    for scan, badge, device in rows:
        scan.badge_id, scan.participant_id = badge.id, badge.participant_id
        scan.verdict = admitting.enter(device, scan, badge.participant, _day(camp, scan), fact=True)
    return len(rows)


def code_in(text: str, host: str) -> str | None:
    """The badge code in a scanned or typed text: our own address or the bare 16 characters, in any case; else none.

    Blanks do not count, because a badge shows the characters in groups of four.
    """
    found = _CODE.fullmatch("".join(text[:300].split()))
    if found is None or (found["host"] is not None and found["host"].lower() != host.lower()):
        return None
    return found["code"].upper()


def obstacle(who: Participant, day: date) -> str:
    """Why somebody may not come in on a day; empty if nothing is in the way."""
    if who.state != "admitted":
        return who.state
    return "other-day" if who.days and day.isoformat() not in who.days else ""


def _new(camp: Camp, device: Device, event: Event, standing: str) -> Scan:
    now = clock.now()
    return Scan(camp_id=camp.id, device_id=device.id, nonce=event.nonce, act=event.act, verdict=standing,
                at=_corrected(device, event, now), received_at=now, offset_ms=event.offset_ms,
                decision="" if event.live else event.decision)


def _act(camp: Camp, device: Device, scan: Scan, event: Event, host: str, before: Known) -> Participant | None:
    """Do what an event says; gives whom a scan was of, so that the answer need not read the row again."""
    if event.act == "scan":
        return _judge(camp, device, scan, event, host, before)
    before.save()  # what follows looks at the scans before it, and gives codes to others
    before.forget_codes()
    if event.act == "undo":
        _undo(camp, device, scan, event)
    elif event.act == "rename":
        _rename(camp, scan, event)
    else:
        _walk_in(camp, device, scan, event, host)
    db.session.flush()
    return None


def _judge(camp: Camp, device: Device, scan: Scan, event: Event, host: str, before: Known) -> Participant | None:
    """Give a scan its verdict, and let the person in, if the helper did or the server may say so."""
    reason, who = _who(camp, scan, event, host, before)
    reason = reason or (obstacle(who, _day(camp, scan)) if who else "unknown")
    if who is not None and (event.went_in or not reason and not event.turned_away):
        entered = admitting.enter(device, scan, who, _day(camp, scan), fact=event.went_in, settle=before.save)
        scan.verdict = reason or entered
    else:
        scan.verdict = reason or "refused"
    scan.decision = scan.verdict if event.live else event.decision
    return who


def _who(camp: Camp, scan: Scan, event: Event, host: str, before: Known) -> tuple[str, Participant | None]:
    """Whom an event means, noted on the scan, or why nobody can be told."""
    if event.person:
        who = people.of(camp, event.person)
        scan.participant_id = who.id if who else None
        return "", who
    code = code_in(event.text, host)
    if code is None:
        return "not-a-badge", None
    badge, revoked = before.badge(code)
    reason = "revoked" if revoked else ""
    if badge is None:
        scan.code_hash = tokens.hash_of(code)
        return reason or ("blank" if blanks.find(camp, code) else "unknown"), None
    if badge.camp_id != camp.id:
        return "other-camp", None
    scan.badge_id, scan.participant_id = badge.id, badge.participant_id
    return reason, badge.participant


def _again(camp: Camp, device: Device, scan: Scan, event: Event) -> Answer:
    """The same number again; if the helper decided alone in the meantime, what happened at the door holds."""
    if event.act == "scan" and not event.live and scan.decision != event.decision and scan.undone_at is None:
        scan.decision = event.decision
        inside = scan.admission_id is not None or scan.handout_id is not None
        who = db.session.get(Participant, scan.participant_id) if scan.participant_id else None
        if event.went_in and not inside and who is not None:
            admitting.enter(device, scan, who, _day(camp, scan), fact=True)
        elif event.turned_away and scan.verdict in admitting.DONE:
            admitting.undo(scan)
            scan.undone_at, scan.verdict = None, "refused"
    return _answer_of(device, scan)


def _undo(camp: Camp, device: Device, scan: Scan, event: Event) -> None:
    """Take back a scan of this phone by its number, or that a participant is in, whoever scanned."""
    target = _scan_of(device, event.of) if event.of else None
    scan.verdict = "undone"
    if target is not None:
        scan.badge_id, scan.participant_id = target.badge_id, target.participant_id
        if target.undone_at is None:
            admitting.undo(target)
        return
    who = people.of(camp, event.person)
    row = admitting.row_of(device, who.id, _day(camp, scan)) if who else None
    scan.participant_id = who.id if who else None
    if row is not None:
        admitting.undo_all(row)


def _walk_in(camp: Camp, device: Device, scan: Scan, event: Event, host: str) -> None:
    """Register who came without being registered, and let them in."""
    if not line(event.given + event.family):
        raise BadInput(N_("A walk-in needs a name."))
    who = walkins.register(camp, event.given, event.family, event.email, code_in(event.text, host) or "", scan.at)
    scan.participant_id, scan.decision = who.id, "admitted"
    scan.verdict = admitting.enter(device, scan, who, _day(camp, scan), fact=True)


def _rename(camp: Camp, scan: Scan, event: Event) -> None:
    """Correct a typo in somebody's name; the badge counts as changed since its print."""
    who, given, family = people.of(camp, event.person), line(event.given)[:100], line(event.family)[:100]
    scan.verdict = "renamed"
    if who is None or not (given or family):
        return
    scan.participant_id = who.id
    if (who.given_name, who.family_name) != (given, family):
        who.given_name, who.family_name, who.badge_name = given, family, ""
        camps.changed(camp)
        log.note("corrected a name", camp_id=camp.id, device=scan.device_id)


def _corrected(device: Device, event: Event, now: datetime) -> datetime:
    """When it happened: by the phone's clock with its offset, and neither before its pairing nor in the future."""
    if event.at is None:
        return now
    return max(device.paired_at, min(now, event.at + timedelta(milliseconds=event.offset_ms or 0)))


def _day(camp: Camp, scan: Scan) -> date:
    return clock.local(scan.at, camp.timezone).date()


def _scan_of(device: Device, nonce: str) -> Scan | None:
    return db.session.scalar(select(Scan).where(Scan.device_id == device.id, Scan.nonce == nonce))


def _answer_of(device: Device, scan: Scan, who: Participant | None = None) -> Answer:
    if scan.verdict in _NAMELESS or scan.participant_id is None:
        return Answer(scan.verdict)
    who = who or db.session.get(Participant, scan.participant_id)
    table, number = (Handout, scan.handout_id) if scan.handout_id else (Admission, scan.admission_id)
    if scan.verdict in admitting.DONE and number:
        return Answer(scan.verdict, who, scan.at, device.door)
    at = db.session.execute(select(table.at, Device.door).outerjoin(Device, Device.id == table.device_id)
                            .where(table.id == number)).first() if number else None
    return Answer(scan.verdict, who, at[0] if at else None, at[1] or "" if at else "")
