"""A camp in the middle of its pitch round, for tests of the line, the stage and the desk."""

from __future__ import annotations

from camp import camps
from camp.db import writing
from camp.models import Camp
from sessions import pitches
from sessions.pitch_models import Turn
from tests import make


def live_camp(**values: int) -> Camp:
    """A camp whose round is open."""
    camp = make.camp(**values)
    with writing():
        for name in ("call", "voting", "pitch"):
            camps.set_phase(camp, name, None, None)
    return camp


def joined(camp: Camp, *names: str) -> list[Turn]:
    """People without an account in line, each with a topic of their name."""
    with writing():
        return [pitches.join(camp, name=name, title=f"{name}s topic") for name in names]


def titles(camp: Camp) -> list[str]:
    """Who waits, by the first word of the topic."""
    return [turn.title.removesuffix("s topic") for turn in pitches.line(camp)]
