"""What a phone at the door reports: each event with a number of its own, read from what it sent and checked."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from camp.errors import N_, BadInput

ACTS = ("scan", "undo", "walk-in", "rename")
# What the helper saw; the first ones mean that the person went in, or got it.
IN = ("admitted", "handed", "provisional", "already")
DECISIONS = (*IN, "waiting", "cancelled", "revoked", "other-day", "blank", "unknown", "other-camp", "not-a-badge")
MOST = 50  # in one upload
_NONCE = re.compile(r"[A-Za-z0-9_-]{8,64}", re.ASCII)
_LARGEST = 2**31 - 1
_AGES = timedelta(days=366 * 50)


@dataclass(frozen=True, slots=True)
class Event:
    """A scan, an undoing, a walk-in or a corrected name.

    `at` is the time by the phone's own clock (none: now), `offset_ms` what has to be added to it. `live`: the phone
    waits for the server's word; otherwise `decision` is what the helper saw.
    """

    nonce: str
    act: str = "scan"
    text: str = ""
    person: int = 0
    of: str = ""
    at: datetime | None = None
    offset_ms: int | None = None
    decision: str = ""
    live: bool = True
    given: str = ""
    family: str = ""
    email: str = ""

    @property
    def went_in(self) -> bool:
        """Whether the helper let the person in before the server was asked."""
        return not self.live and self.decision in IN

    @property
    def turned_away(self) -> bool:
        """Whether the helper turned the person away before the server was asked."""
        return not self.live and self.decision not in IN


def check(nonce: str) -> str:
    """The number of an attempt. Raises BadInput if it is none."""
    if not _NONCE.fullmatch(nonce):
        raise BadInput(N_("This scan has no number."), N_("Load the page again and scan once more."))
    return nonce


def read(sent: Mapping[str, Any]) -> Event:
    """An event from JSON. Raises BadInput if it is damaged."""
    act, decision = str(sent.get("act", "scan")), str(sent.get("decision", ""))
    live = bool(sent.get("live", False))
    if act not in ACTS or (act == "scan" and not live and decision not in DECISIONS):
        raise BadInput(N_("The request is damaged."))
    texts = {name: str(sent.get(name) or "")[:300] for name in ("text", "given", "family", "email")}
    return Event(
        check(str(sent.get("id", ""))),
        act,
        person=_number(sent.get("person")),
        of=_of(sent.get("of")),
        at=_moment(sent.get("at")),
        offset_ms=_offset(sent.get("offset")),
        decision=decision,
        live=live,
        **texts,
    )


def _of(value: object) -> str:
    return value if isinstance(value, str) and _NONCE.fullmatch(value) else ""


def _number(value: object) -> int:
    return value if isinstance(value, int) and 0 < value <= _LARGEST else 0


def _offset(value: object) -> int | None:
    return round(value) if isinstance(value, (int, float)) and abs(value) <= _LARGEST else None


def _moment(value: object) -> datetime | None:
    """Milliseconds since 1970, as browsers count them."""
    if not isinstance(value, (int, float)) or not 0 <= value <= _AGES / timedelta(milliseconds=1) * 3:
        return None
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=value)
