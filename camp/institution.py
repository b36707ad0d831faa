"""Who answers for a camp, and which authorities of its state watch over it; templates are filled with it."""

from __future__ import annotations

from collections.abc import Mapping

from camp import camps, log
from camp.errors import N_, BadInput
from camp.models import Camp
from camp.people import normal_address

FIELDS = ("name", "street", "town", "represented", "email", "phone", "officer", "vat", "land", "enforcement")
# State → (authority for data protection, body to turn to about barriers; "" where we know of no name that holds).
_NRW = "Ombudsstelle für barrierefreie Informationstechnik des Landes Nordrhein-Westfalen"
_AUTHORITIES = {
    "Baden-Württemberg": (
        "Der Landesbeauftragte für den Datenschutz und die Informationsfreiheit Baden-Württemberg", ""),
    "Bayern": ("Der Bayerische Landesbeauftragte für den Datenschutz", ""),
    "Berlin": ("Berliner Beauftragte für Datenschutz und Informationsfreiheit", ""),
    "Brandenburg": ("Die Landesbeauftragte für den Datenschutz und für das Recht auf Akteneinsicht Brandenburg", ""),
    "Bremen": ("Die Landesbeauftragte für Datenschutz und Informationsfreiheit der Freien Hansestadt Bremen", ""),
    "Hamburg": ("Der Hamburgische Beauftragte für Datenschutz und Informationsfreiheit", ""),
    "Hessen": ("Der Hessische Beauftragte für Datenschutz und Informationsfreiheit", ""),
    "Mecklenburg-Vorpommern": (
        "Der Landesbeauftragte für Datenschutz und Informationsfreiheit Mecklenburg-Vorpommern", ""),
    "Niedersachsen": ("Der Landesbeauftragte für den Datenschutz Niedersachsen", ""),
    "Nordrhein-Westfalen": (
        "Landesbeauftragte für Datenschutz und Informationsfreiheit Nordrhein-Westfalen", _NRW),
    "Rheinland-Pfalz": ("Der Landesbeauftragte für den Datenschutz und die Informationsfreiheit Rheinland-Pfalz", ""),
    "Saarland": ("Unabhängiges Datenschutzzentrum Saarland", ""),
    "Sachsen": ("Sächsische Datenschutz- und Transparenzbeauftragte", ""),
    "Sachsen-Anhalt": ("Landesbeauftragte für den Datenschutz Sachsen-Anhalt", ""),
    "Schleswig-Holstein": ("Unabhängiges Landeszentrum für Datenschutz Schleswig-Holstein", ""),
    "Thüringen": ("Thüringer Landesbeauftragter für den Datenschutz und die Informationsfreiheit", ""),
}
LANDS = tuple(_AUTHORITIES)


def describe(camp: Camp, values: Mapping[str, str], *, person_id: int | None = None) -> None:
    """Note who answers for the camp; texts that are written already stay. Raises BadInput."""
    for field in ("email", "officer"):
        try:
            normal_address(values[field])
        except BadInput as error:
            raise BadInput(error.text, error.hint, field=field, **error.values) from error
    if values["land"] not in LANDS:
        raise BadInput(N_("Choose one of the sixteen states."), field="land")
    camp.institution = {name: values[name] for name in FIELDS}
    camps.changed(camp)
    log.note("changed settings", camp_id=camp.id, person_id=person_id)


def authority(land: str) -> str:
    """The authority for data protection of a state; "" for none."""
    return _AUTHORITIES.get(land, ("", ""))[0]


def enforcement(camp: Camp) -> str:
    """The body to turn to about barriers: as the organiser says, else the state's if it is known."""
    return camp.institution.get("enforcement") or _AUTHORITIES.get(camp.institution.get("land", ""), ("", ""))[1]
