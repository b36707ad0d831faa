"""How many sign-in mails go out: counted in the database, so that a restart forgets nothing, and the same for all.

An address that nobody has is counted like one that somebody has: no answer and no count tells them apart. Only the
ceiling of the installation counts mails that really go out; else strangers could use it up with made-up addresses.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address, ip_network

from sqlalchemy import func, select

from camp import clock, tokens
from camp.db import db, hold
from camp.errors import N_, CampError
from camp.models import SignInAsk

PAUSE = timedelta(seconds=60)  # between two mails for one address and browser
FEW, FEW_SPAN = 3, timedelta(minutes=15)  # for one address
MANY, MANY_SPAN = 10, timedelta(days=1)
_NETWORK_SPAN = timedelta(minutes=15)
_INSTALLATION_SPAN = timedelta(hours=1)
_log = logging.getLogger("camp")


@dataclass(frozen=True, slots=True)
class Ceilings:
    """Mails for one network in 15 minutes, and of the installation in an hour.

    A campus sends all its people through one address, so the first is no smaller than a queue at a door.
    """

    network: int = 60
    installation: int = 600


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks for a link, as keyed hashes: the address, the browser, the network."""

    address: str
    browser: str
    network: str


def asker(key: str, address: str, browser: str, remote: str | None) -> Asker:
    """The hashes of who asks; `remote` is the IP address the request came from."""
    return Asker(tokens.masked(key, "address", address), tokens.masked(key, "browser", browser),
                 tokens.masked(key, "network", network_of(remote)))


def network_of(remote: str | None) -> str:
    """The network of an IP address: its /24, for IPv6 its /64, and the text itself if it is no address."""
    try:
        address = ip_address(remote or "")
    except ValueError:
        return remote or ""
    if isinstance(address, IPv6Address) and address.ipv4_mapped:
        address = address.ipv4_mapped
    return str(ip_network((address, 64 if address.version == 6 else 24), strict=False))


class Crowded(CampError):
    """Too much comes from one network, or to the whole installation."""

    status = 429


def refuse_crowd(who: Asker, ceilings: Ceilings) -> None:
    """Raise Crowded while the asker's network is over its ceiling; it says nothing about any address.

    Stands in a writing transaction, before `take`.
    """
    hold("sign-in mails")
    if _count(clock.now() - _NETWORK_SPAN, SignInAsk.network_hash == who.network) >= ceilings.network:
        raise Crowded(N_("Many people register from your network just now."),
                      N_("Wait a quarter of an hour, or use another network; what you typed is still here."))


def take(who: Asker, ceilings: Ceilings, *, known: bool) -> bool:
    """Whether a mail may go out now; if so, it is counted. `known`: somebody has the address.

    Stands in a writing transaction, so that no two requests count the same room.
    """
    hold("sign-in mails")
    now = clock.now()
    earlier = db.session.execute(select(SignInAsk.asked_at, SignInAsk.browser_hash).where(
        SignInAsk.address_hash == who.address, SignInAsk.asked_at > now - MANY_SPAN)).all()
    same_browser = any(browser == who.browser and at > now - PAUSE for at, browser in earlier)
    lately = sum(at > now - FEW_SPAN for at, _ in earlier)
    here = _count(now - _NETWORK_SPAN, SignInAsk.network_hash == who.network)
    everywhere = _count(now - _INSTALLATION_SPAN, SignInAsk.mailed)
    if (same_browser or lately >= FEW or len(earlier) >= MANY or here >= ceilings.network
            or everywhere >= ceilings.installation):
        return False
    if known and everywhere + 1 >= ceilings.installation:
        _log.warning("sign-in mails: %d went out within an hour, which is the ceiling; no more for now",
                     ceilings.installation)
    db.session.add(SignInAsk(asked_at=now, address_hash=who.address, browser_hash=who.browser,
                             network_hash=who.network, mailed=known))
    return True


def _count(since: datetime, where: object) -> int:
    return db.session.scalar(select(func.count()).select_from(SignInAsk).where(
        SignInAsk.asked_at > since, where)) or 0  # type: ignore[arg-type]
