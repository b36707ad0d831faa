"""Guessed codes: how many wrong ones a network may try; counted in the memory of each process.

A badge's code is one of 2^80, so this is a second lock: whoever tries has to be slow as well as lucky.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from camp.errors import N_, CampError

MOST, SPAN = 600, timedelta(minutes=10)  # wrong codes of one network; right ones are not counted
_NETWORKS = 10_000

Wrong = dict[str, tuple[datetime, int]]  # network → when its span began, how many since


class TooMany(CampError):
    """Too many wrong codes came from this network."""

    status = 429


def check(wrong: Wrong, network: str, now: datetime) -> None:
    """Raises TooMany if a network has tried too often."""
    begun, number = wrong.get(network, (now, 0))
    if number >= MOST and now - begun < SPAN:
        raise TooMany(N_("Too many wrong codes came from your network."), N_("Wait ten minutes."))


def count(wrong: Wrong, network: str, now: datetime) -> None:
    """Count a wrong code; spans that are over are forgotten when there are many."""
    begun, number = wrong.get(network, (now, 0))
    wrong[network] = (begun, number + 1) if now - begun < SPAN else (now, 1)
    if len(wrong) > _NETWORKS:
        over = [name for name, (since, _) in tuple(wrong.items()) if now - since >= SPAN]
        for name in over or tuple(wrong)[:_NETWORKS // 2]:
            wrong.pop(name, None)
