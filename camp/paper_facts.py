"""What the privacy notice and its kin say of this program: which data it keeps, why, how long, and what else is so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from camp import (
    institution,
    invitations,
    mail_limits,
    places,
    registration,
    retention,
    sign_ins,
    tidy,
    uploads,
    venue,
)
from camp.errors import N_
from camp.models import Camp
from camp.places import KEEP_DAYS

GONE_BY_DATE = N_("Erased %(days)s days after the camp, or when you erase yourself; who is in a project stays until "
                  "leaving it.")


@dataclass(frozen=True, slots=True)
class Row:
    """A kind of data as msgids, the last one with values. `tables`: in which it lies; `columns` of them that it names.

    A column stands as table.column.
    """

    what: str
    why: str
    how_long: str
    values: dict[str, Any] = field(default_factory=dict)
    tables: tuple[str, ...] = ()
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
    by_date: dict[str, Any] = {"days": keep_days}
    return (*_registration(by_date), *_account(), *_sessions(by_date), *_on_site(by_date), *_team(by_date))


def _registration(by_date: dict[str, Any]) -> tuple[Row, ...]:
    return (
        Row(N_("Registration"),
            N_("Given name, family name, name on the badge, pronoun, organisation and its kind, town, hashtags, days, "
               "first time or not, whether you stand in the public list, photo wish with its words and its time, and "
               "the time of registration: to give places, to print badges, for figures without names."),
            GONE_BY_DATE, by_date, ("participant",),
            _columns("participant", "given_name", "family_name", "badge_name", "pronoun", "organisation", "kind",
                     "town", "hashtags", "days", "first_time", "listed", "photo", "photo_wording", "photo_at", "state",
                     "registered_at", "source", "offered_until", "feed_hash")),
        Row(N_("Registrations not yet confirmed"),
            N_("What you wrote, until you open the link in the mail: to keep a place for you."),
            N_("Deleted after %(hours)s hours."), {"hours": _hours(registration.HOLD)}, ("reservation",)),
        Row(N_("Answers to the questions of this camp"), N_("Each question says what it is for."),
            N_("Each question says when its answers are erased."), tables=("answer",)),
        Row(N_("Food and T-shirt"), N_("Diet and size, if you tell them: to order food and shirts."),
            N_("Erased first: %(days)s days after the camp, or when you erase yourself."),
            {"days": retention.NEEDS_DAYS}, ("needs",), _columns("needs", "diet", "shirt")),
        Row(N_("Lists of people"),
            N_("What stands about you in a list with which the organisers register people: between looking and "
               "taking it over."),
            N_("Deleted after %(hours)s hours."), {"hours": _hours(uploads.AGE)}, ("upload",)),
    )


def _account() -> tuple[Row, ...]:
    return (
        Row(N_("Mail address and language"),
            N_("To sign you in without a password and to write to you about the camp."),
            N_("Erased with the last camp at which you are registered or have a role."),
            tables=("person",), columns=_columns("person", "email", "language", "administrator")),
        Row(N_("Sign-ins"), N_("In which browsers you are signed in and when: so that you can end them."),
            N_("They end after %(days)s days and are deleted a day later."), {"days": _days(sign_ins.AGE)},
            ("sign_in", "sign_in_link")),
        Row(N_("Second factor"),
            N_("If you set one up: what makes the codes of your app, and hashes of the codes for an emergency."),
            N_("Kept until you switch it off."), tables=("second_factor",)),
        Row(N_("Requests for sign-in links"),
            N_("Address, browser and network as keyed hashes: so that nobody floods mailboxes."),
            N_("Deleted after %(hours)s hours."), {"hours": _hours(mail_limits.MANY_SPAN)}, ("sign_in_ask",)),
        Row(N_("Mails to you"),
            N_("Recipient, kind and state: so that each goes out once. The text is wiped on sending."),
            N_("Deleted after %(days)s days, sign-in mails after %(few)s."),
            {"days": _days(tidy.MAIL_AGE), "few": _days(tidy.SIGN_IN_MAIL_AGE)}, ("mail",)),
    )


def _sessions(by_date: dict[str, Any]) -> tuple[Row, ...]:
    return (
        Row(N_("Votes and your own agenda"),
            N_("Which sessions you would come to, under a pseudonym that only a key outside the database links to you, "
               "and those you picked: to make the plan."), GONE_BY_DATE, by_date, ("vote", "judged", "pick")),
        Row(N_("Proposals, notes and projects"), N_("What you write, with your name: it is the content of the camp."),
            N_("Kept with the camp book; at your wish without your name."),
            tables=("session", "host", "entry", "outcome", "project", "member")),
        Row(N_("Around your session"),
            N_("A proposal that you have begun, whom you ask to hold it with you, hours in which you cannot, your "
               "place in the line of the pitch round: so that it comes about."),
            GONE_BY_DATE, by_date, ("begun_proposal", "host_invitation", "late_host", "pitch_turn")),
        Row(N_("Proposals without an account"),
            N_("The network that they came from, as a keyed hash: so that nobody floods the wall."),
            N_("Deleted after %(hours)s hours."), {"hours": _hours(mail_limits.MANY_SPAN)}, ("guest_proposal",)),
        Row(N_("Meeting each other"),
            N_("If you wish it: your hashtags on the screen, to have or to be a buddy, and what others see who scan "
               "your badge."), GONE_BY_DATE, by_date, ("introduction", "public_card")),
    )


def _on_site(by_date: dict[str, Any]) -> tuple[Row, ...]:
    return (
        Row(N_("Badge"),
            N_("Its codes as hashes, what was printed and when, and the browser that opened the private code: so that "
               "a badge is of use to you only."),
            GONE_BY_DATE, by_date, ("badge", "printed_badge", "revoked_code", "private_code")),
        Row(N_("Arrival"),
            N_("When your badge was scanned at which door, what was handed out to you, and what the staff at the door "
               "is told about you: to know how many are in the house."),
            GONE_BY_DATE, by_date, ("admission", "handout", "scan", "door_note"),
            _columns("participant", "arrived_at")),
        Row(N_("WLAN code"), N_("If the camp has one for each person: so that it shows you yours."), GONE_BY_DATE,
            by_date, ("wlan_code",)),
    )


def _team(by_date: dict[str, Any]) -> tuple[Row, ...]:
    return (
        Row(N_("Team and shifts"),
            N_("Who helps, with the role; of shifts the name and the telephone number, which the team sees: so that "
               "somebody is there and can be reached."),
            N_("Shifts, and the roles of helpers and caterers, are erased %(days)s days after the camp; organisers and "
               "moderators stay as long as they have their role."), by_date, ("role", "shift")),
        Row(N_("Invitations to the team"), N_("The address to which a role was offered: so that the link can be used."),
            N_("Deleted after %(days)s days."), {"days": _days(invitations.AGE)}, ("role_invitation",)),
        Row(N_("Log of acts"), N_("Who of the team changed what and when: so that mistakes can be traced."),
            N_("Kept with the camp; your name goes when you are erased."),
            tables=("log_entry", "edition", "step", "job", "print_run", "broadcast", "reply")),
    )


def _columns(table: str, *names: str) -> tuple[str, ...]:
    return tuple(f"{table}.{name}" for name in names)


def _days(span: timedelta) -> int:
    return span.days


def _hours(span: timedelta) -> int:
    return int(span.total_seconds() // 3600)
