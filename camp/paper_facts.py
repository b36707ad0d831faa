"""What the privacy notice and its kin say of this program: which data it keeps, why, how long, and what else is so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from camp import institution, mail_limits, places, registration, sign_ins, tidy, venue
from camp.errors import N_
from camp.models import Camp
from camp.places import KEEP_DAYS

GONE_AT_WISH = N_("Kept until you or the organisers delete it.")
GONE_BY_DATE = N_("Erased %(days)s days after the camp, or when you erase yourself; who is in a project stays until "
                  "leaving it.")


@dataclass(frozen=True, slots=True)
class Row:
    """A kind of data as msgids, the last one with values. `columns` are those it speaks of, as table.column."""

    what: str
    why: str
    how_long: str
    values: dict[str, Any] = field(default_factory=dict)
    columns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Facts:
    """What the templates of texts are told beside the camp and who answers for it."""

    data: tuple[Row, ...]
    cookies: tuple[str, ...]
    mail_server: str
    address: str
    authority: str
    enforcement: str
    step_free: tuple[str, ...]
    own_days: bool


def of(camp: Camp, *, cookies: Sequence[str], mail_server: str, address: str) -> Facts:
    """The facts of a camp on this installation; cookies by name, the mail server's host ("" for none)."""
    rooms = venue.rooms(camp)
    return Facts(
        data=data(places.rules(camp).keep_days), cookies=tuple(cookies), mail_server=mail_server, address=address,
        authority=institution.authority(camp.institution.get("land", "")), enforcement=institution.enforcement(camp),
        step_free=tuple(room.name for room in rooms if "step-free" in room.features),
        own_days=any(day.capacity for day in camp.days))


def data(keep_days: int = KEEP_DAYS) -> tuple[Row, ...]:
    """Every kind of personal data that the program keeps. The periods are those by which it deletes.

    `keep_days`: after the camp, as its rules say.
    """
    return _registration({"days": keep_days}) + (
        Row(N_("Mail address and language"),
            N_("To sign you in without a password and to write to you about the camp."),
            GONE_AT_WISH, columns=_columns("person", "email", "language", "administrator")),
        Row(N_("Sign-ins"), N_("In which browsers you are signed in and when: so that you can end them."),
            N_("They end after %(days)s days and are deleted a day later."), {"days": _days(sign_ins.AGE)}),
        Row(N_("Requests for sign-in links"),
            N_("Address, browser and network as keyed hashes: so that nobody floods mailboxes."),
            N_("Deleted after %(hours)s hours."), {"hours": _hours(mail_limits.MANY_SPAN)}),
        Row(N_("Mails to you"),
            N_("Recipient, kind and state: so that each goes out once. The text is wiped on sending."),
            N_("Deleted after %(days)s days, sign-in mails after %(few)s."),
            {"days": _days(tidy.MAIL_AGE), "few": _days(tidy.SIGN_IN_MAIL_AGE)}),
        Row(N_("Votes and your own agenda"),
            N_("Which sessions you would come to, under a pseudonym that only a key outside the database links to you, "
               "and those you picked: to make the plan."), GONE_AT_WISH),
        Row(N_("Proposals, notes and projects"), N_("What you write, with your name: it is the content of the camp."),
            N_("Kept with the camp book; at your wish without your name.")),
        Row(N_("Arrival"), N_("When your badge was scanned at which door: to know how many are in the house."),
            GONE_AT_WISH, columns=_columns("participant", "arrived_at")),
        Row(N_("Log of acts"), N_("Who of the team changed what and when: so that mistakes can be traced."),
            N_("Kept with the camp; your name goes when you are erased.")),
    )


def _registration(by_date: dict[str, Any]) -> tuple[Row, ...]:
    return (
        Row(N_("Registration"),
            N_("Given name, family name, name on the badge, pronoun, organisation and its kind, town, hashtags, days, "
               "first time or not, whether you stand in the public list, photo wish with its words and its time, and "
               "the time of registration: to give places, to print badges, for figures without names."),
            GONE_BY_DATE, by_date,
            _columns("participant", "given_name", "family_name", "badge_name", "pronoun", "organisation", "kind",
                     "town", "hashtags", "days", "first_time", "listed", "photo", "photo_wording", "photo_at", "state",
                     "registered_at", "source", "offered_until", "feed_hash")),
        Row(N_("Registrations not yet confirmed"),
            N_("What you wrote, until you open the link in the mail: to keep a place for you."),
            N_("Deleted after %(hours)s hours."), {"hours": _hours(registration.HOLD)}),
        Row(N_("Answers to the questions of this camp"), N_("Each question says what it is for."),
            N_("Each question says when its answers are erased.")),
        Row(N_("Food and T-shirt"), N_("Diet and size, if you tell them: to order food and shirts."), GONE_BY_DATE,
            by_date, _columns("needs", "diet", "shirt")),
    )


def _columns(table: str, *names: str) -> tuple[str, ...]:
    return tuple(f"{table}.{name}" for name in names)


def _days(span: timedelta) -> int:
    return span.days


def _hours(span: timedelta) -> int:
    return int(span.total_seconds() // 3600)
