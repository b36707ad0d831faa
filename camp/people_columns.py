"""What the columns of a list of people mean: headings of our own export, of pretix, Eventbrite, XING and by hand.

Sources: pretix as its documentation and translations write them; Eventbrite's attendee report as public repositories
keep it, in English (the badge tool of IEEE's consultants' network in Silicon Valley: Order #, Ticket Type, Attendee #,
Attendee Status …) and in German (the participants of a CoderDojo in Linz: Bestellnr., Ticketart, Teilnehmerstatus …).
Of XING Events no public export was found: its headings are the usual German ones; the preview page lets others be set.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from camp import people_file
from camp.errors import N_
from camp.tables import plain
from camp.text import line

# What a column can be told to be, in the order of the choice; "" leaves it out.
FIELDS = {
    "": N_("Leave out"), "given_name": N_("Given name"), "family_name": N_("Family name"),
    "name": N_("Whole name"), "email": N_("Mail address"), "organisation": N_("Organisation"),
    "kind": N_("Kind of organisation"), "town": N_("Town"), "hashtags": N_("Hashtags"), "shirt": N_("T-shirt"),
    "diet": N_("Diet"), "photo": N_("Photo wish"), "first_time": N_("First time"),
    "registered_at": N_("Registered at"), "registered_time": N_("Registered at (time of day)"),
    "place": N_("Place, or cancelled"), "wlan": N_("WLAN code"),
}
# More headings under which a field comes; of several columns with something in them the earlier heading counts.
_MORE: Mapping[str, tuple[str, ...]] = {
    "given_name": ("Attendee name: Given name", "Teilnehmername: Vorname", "Rufname", "Attendee first name"),
    "family_name": ("Attendee name: Family name", "Teilnehmername: Nachname", "Familienname", "surname",
                    "Attendee last name"),
    "name": ("Attendee name", "Teilnehmername", "Name", "full name", "Teilnehmer"),
    "email": ("Attendee email", "Teilnehmer-E-Mail", "E-Mail des Teilnehmers", "Teilnehmer E-Mail-Adresse", "Email",
              "Email address", "Mailadresse", "Buyer email", "Käufer E-Mail"),
    "organisation": ("Company", "Firma", "Unternehmen", "Institution"),
    "kind": ("Kind of organisation", "Art der Organisation"),
    "town": ("Home city", "Stadt", "Wohnort", "Work city"),
    "diet": ("Ernährung", "Verpflegung", "dietary requirements"),
    "shirt": ("T-Shirt-Größe", "t-shirt size", "Größe"),
    "photo": ("Fotos", "photo wish", "Fotowunsch"),
    "registered_at": ("Order date", "Bestelldatum", "Kaufdatum", "Buchungsdatum", "Anmeldedatum", "Registriert am"),
    "registered_time": ("Order time", "Bestellzeit", "Uhrzeit der Bestellung"),
    "wlan": ("WLAN", "WLAN-Zugang", "WLAN-Voucher", "Wi-Fi code", "wifi", "Voucher code"),
    "place": ("Platz", "place", "Status", "Attendee status", "Teilnehmerstatus", "Ticketstatus",
              "Zahlungsstatus"),
}
# A layout is recognised by headings that only it has; the list is asked in this order.
_LAYOUTS: tuple[tuple[str, tuple[frozenset[str], ...]], ...] = (
    ("camp", (frozenset({"Platz", "Angemeldet am", "Erstes Mal"}), frozenset({"Place", "Registered at"}))),
    ("pretix", (frozenset({"Order code", "Attendee name"}), frozenset({"Bestellnummer", "Teilnehmername"}),
                frozenset({"Event slug", "Order code"}))),
    ("Eventbrite", (frozenset({"Order #", "Ticket Type"}), frozenset({"Order #", "Attendee Status"}),
                    frozenset({"Bestellnr.", "Ticketart"}), frozenset({"Bestellnr.", "Teilnehmerstatus"}))),
    ("XING", (frozenset({"Ticketkategorie", "Vorname"}), frozenset({"Ticket category", "First name"}),
              frozenset({"Ticket-ID", "Vorname"}))),
)
_CANCELLED = frozenset({"abgesagt", "cancelled", "canceled", "storniert", "not attending", "nimmt nicht teil",
                        "deleted", "refunded", "erstattet", "abgelehnt", "declined"})
_SPLIT_TIME = re.compile(r"\s+(?=(?:[A-Z]{2,5})$)")  # the zone's short name behind a time, as in 11:05:00 CET


def headings(field: str) -> tuple[str, ...]:
    """Every heading under which a field is known, the best one first."""
    own = people_file.COLUMNS.get(field, ())
    return (*_MORE.get(field, ()), *own) if field == "email" else (*own, *_MORE.get(field, ()))


def known() -> list[str]:
    """Every heading that means something."""
    return [word for field in FIELDS for word in headings(field)]


def guess(heading: Sequence[str]) -> list[str]:
    """The field of each column by its heading; "" where it means nothing to us."""
    meaning = {plain(word): field for field in FIELDS for word in headings(field)}
    found = [meaning.get(plain(cell), "") for cell in heading]
    if {"given_name", "family_name"} <= set(found):  # whoever writes both writes the whole name beside them
        found = ["" if field == "name" else field for field in found]
    return found


def layout(heading: Sequence[str]) -> str:
    """The program that wrote a list: camp, pretix, Eventbrite or XING; "" if none is recognised."""
    cells = {plain(cell) for cell in heading}
    for name, signs in _LAYOUTS:
        if any({plain(word) for word in sign} <= cells for sign in signs):
            return name
    return ""


def merged(heading: Sequence[str], fields: Sequence[str], cells: Sequence[str]) -> dict[str, str]:
    """The cells of a line by field, cleaned; empty ones are left out, so that they change nothing.

    Of several columns of a field the first in the order of `headings` that holds something counts. A whole name is
    split, a time of day joins its day, and the apostrophe with which exports defuse formulas is taken off.
    """
    found: dict[str, str] = {}
    for field in dict.fromkeys(fields):
        if not field:
            continue
        order = {plain(word): place for place, word in enumerate(headings(field))}
        places = sorted((order.get(plain(heading[n]), len(order)), n) for n in range(len(fields)) if fields[n] == field)
        text = next((text for _, n in places if (text := _bare(cells[n]))), "")
        if text:
            found[field] = text
    return _joined(found)


def has_cancelled(cells: Mapping[str, str]) -> bool:
    """Whether the list says that this person has cancelled."""
    return cells.get("place", "").casefold() in _CANCELLED


def _bare(cell: str) -> str:
    text = line(cell)
    return text[1:] if re.match("'[=+\\-@\uff1d\uff0b\uff0d\uff20]", text) else text


def _joined(found: dict[str, str]) -> dict[str, str]:
    whole, time = found.pop("name", ""), found.pop("registered_time", "")
    if whole and "given_name" not in found and "family_name" not in found:
        family, comma, given = whole.partition(",")
        if not comma:
            given, _, family = whole.rpartition(" ")
        found |= {"given_name": given.strip(), "family_name": family.strip()}
    if time and "registered_at" in found and ":" not in found["registered_at"]:
        found["registered_at"] = f"{found['registered_at']} {_SPLIT_TIME.split(time)[0]}"
    for name in ("given_name", "family_name"):
        found.setdefault(name, "")
    return found
