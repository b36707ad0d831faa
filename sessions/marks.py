"""The marks of the board: which rules a placed session breaks as things stand, and whose interest exceeds the seats."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from sessions import standing as ids
from sessions.planner import check
from sessions.planner.problem import Breach
from sessions.standing import Standing


def marks(standing: Standing) -> Mapping[int, tuple[Breach, ...]]:
    """Session id → the rules that it breaks where it lies; a clash of two stands at both."""
    found: dict[int, list[Breach]] = {}
    for breach in check(ids.open_to_hands(standing), standing.placed):
        found.setdefault(ids.row_id(breach.session), []).append(breach)
        if breach.rule == "host_busy" and breach.other is not None:
            other = replace(breach, session=breach.other, other=breach.session)
            found.setdefault(ids.row_id(breach.other), []).append(other)
    return {session: tuple(dict.fromkeys(breaches)) for session, breaches in found.items()}
