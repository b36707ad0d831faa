"""Registrations that end in one mailbox: mai+2@example.org is mai@example.org; shown to organisers, never refused."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from camp import people
from camp.models import Camp, Participant

_DOTLESS = {"gmail.com": "gmail.com", "googlemail.com": "gmail.com"}  # there dots in the first part mean nothing


def of(address: str) -> str:
    """The mailbox of an address: without what follows a plus (RFC 5233), and dots where the provider ignores them."""
    name, _, host = address.lower().rpartition("@")
    name, host = name.partition("+")[0] or name, _DOTLESS.get(host, host)
    return f"{name.replace('.', '') if host in _DOTLESS.values() else name}@{host}"


def shared(camp: Camp) -> list[Sequence[Participant]]:
    """The people at a camp of whom several share a mailbox, by mailbox; families do, and so does who votes twice."""
    found: dict[str, list[Participant]] = defaultdict(list)
    for who in people.participants(camp):
        if who.state != "cancelled":
            found[of(who.person.email)].append(who)
    return [found[one] for one in sorted(found) if len(found[one]) > 1]
