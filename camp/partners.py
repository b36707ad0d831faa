"""Partners of a camp: institutions that organise, support or sponsor it, in their order."""

from __future__ import annotations

import re

from camp import camps, log, pictures
from camp.camp_file import TIERS
from camp.errors import N_, BadInput, Conflict, NotFound
from camp.models import Camp, Partner

_LINK = re.compile(r"https?://[^\s/]+\.[^\s]+")


def of(camp: Camp, partner_id: int) -> Partner:
    """A partner of this camp. Raises NotFound."""
    for partner in camp.partners:
        if partner.id == partner_id:
            return partner
    raise NotFound(N_("There is no such partner at this camp."), N_("Load the page again."))


def add(camp: Camp, name: str, tier: str, url: str, *, person_id: int | None = None) -> None:
    """One more partner, last in order. Raises BadInput or Conflict."""
    camps.lock(camp)
    _check(camp, None, name, tier, url)
    camp.partners.append(Partner(name=name, tier=tier, url=url, position=len(camp.partners)))
    _settle(camp, person_id)


def change(camp: Camp, partner_id: int, name: str, tier: str, url: str, *, person_id: int | None = None) -> None:
    """Change a partner. Raises NotFound, BadInput or Conflict."""
    camps.lock(camp)
    partner = of(camp, partner_id)
    _check(camp, partner, name, tier, url)
    partner.name, partner.tier, partner.url = name, tier, url
    _settle(camp, person_id)


def move(camp: Camp, partner_id: int, by: int, *, person_id: int | None = None) -> None:
    """Put a partner one place up (-1) or down (1)."""
    camps.lock(camp)
    order = list(camp.partners)
    here = order.index(of(camp, partner_id))
    order.insert(min(max(here + by, 0), len(order) - 1), order.pop(here))
    for position, partner in enumerate(order):
        partner.position = position
    _settle(camp, person_id)


def remove(camp: Camp, partner_id: int, *, person_id: int | None = None) -> None:
    """Take a partner away. Raises NotFound."""
    camps.lock(camp)
    partner = of(camp, partner_id)
    pictures.forget(partner)
    camp.partners.remove(partner)
    _settle(camp, person_id)


def _check(camp: Camp, partner: Partner | None, name: str, tier: str, url: str) -> None:
    if any(other.name == name for other in camp.partners if other is not partner):
        raise Conflict(N_("This partner is there already."), field="name")
    if tier not in TIERS:
        raise BadInput(N_("A partner organises, supports or sponsors."), field="tier")
    if url and not _LINK.fullmatch(url):
        raise BadInput(N_("A link begins with https://."), field="url")


def _settle(camp: Camp, person_id: int | None) -> None:
    camps.changed(camp)
    log.note("changed partners", camp_id=camp.id, person_id=person_id)
