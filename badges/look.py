"""How a camp's badges look: the sheet they are printed on and what stands on them, as organisers chose it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from badges import labels
from badges.print_models import BadgeLook
from badges.sheet import Look
from camp import camps, log, pictures
from camp.db import db
from camp.errors import N_, BadInput
from camp.models import Camp

# What may stand on a badge beside the name and the code, in the order in which it is asked for.
FIELDS = {"logo": N_("Logo of the camp"), "organisation": N_("Organisation"), "kind": N_("Kind of organisation"),
          "town": N_("Town"), "hashtags": N_("Hashtags"), "pronoun": N_("Pronoun"),
          "first_time": N_("Mark for the first time here"), "photo": N_("Mark for no photos"),
          "role": N_("Strip for organisers and moderators")}
SHEETS = {
    "a4-10": N_("A4, ten cards of 85 × 54 mm"), "a4-8": N_("A4, eight cards A7"), "a6": N_("A6, one card"),
    "a5-folded": N_("A5, folded: private code and WLAN inside"),
    "avery-c32011": N_("Avery Zweckform C32011, ten of 85 × 54 mm"),
    "avery-32015": N_("Avery Zweckform 32015, eight of 85 × 54 mm"),
    "avery-l4785": N_("Avery Zweckform L4785, ten of 80 × 50 mm"),
    "avery-3425": N_("Avery Zweckform 3425, ten of 105 × 57 mm"),
    "avery-l7165": N_("Avery Zweckform L7165, eight of 99 × 68 mm"),
    "avery-3427": N_("Avery Zweckform 3427, eight of 105 × 74 mm"),
    "herma-5028": N_("Herma 5028, ten of 84 × 51 mm"), "herma-4667": N_("Herma 4667, ten of 96 × 51 mm"),
    "herma-10809": N_("Herma 10809, four A6"),
}
_USUAL = [name for name in FIELDS if name != "town"]


@dataclass(frozen=True, slots=True)
class Chosen:
    """The name of a sheet, and the fields that are printed."""

    layout: str
    fields: frozenset[str]


def of(camp: Camp) -> Chosen:
    """What the camp chose, or what most camps want."""
    row = db.session.get(BadgeLook, camp.id)
    layout = row.layout if row is not None and row.layout in labels.SHEETS else labels.A4_TEN.name
    return Chosen(layout, frozenset(row.fields if row is not None else _USUAL))


def common(camp: Camp) -> Look:
    """What all badges of a camp have in common."""
    logo = pictures.size_of_logo(camp) if "logo" in of(camp).fields else (0, 0)
    return Look(camp.title, camp.languages[0], camp.accent, logo)


def choose(camp: Camp, layout: str, fields: Sequence[str], *, person_id: int | None = None) -> None:
    """Keep another look. Raises BadInput for a sheet that there is not."""
    camps.lock(camp)
    if layout not in labels.SHEETS:
        raise BadInput(N_("There is no such sheet."), field="layout")
    wanted = [name for name in FIELDS if name in fields]
    row = db.session.get(BadgeLook, camp.id)
    if row is None:
        db.session.add(BadgeLook(camp_id=camp.id, layout=layout, fields=wanted))
    else:
        row.layout, row.fields = layout, wanted
    log.note("changed badges", camp_id=camp.id, person_id=person_id, layout=layout)
