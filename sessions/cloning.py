"""What of the sessions wing a new camp takes over: how it votes, what its plan shall be, how the pitch round goes."""

from __future__ import annotations

from camp.cloners import Move
from sessions import rounds
from sessions.pitch_models import Round
from sessions.plan_models import PlanWants
from sessions.proposal_models import WallCode
from sessions.vote_models import VotingRules


def clone(move: Move) -> None:
    """Copy the rules; the round has not begun, and the posters' codes are those of a new camp."""
    move.settings(WallCode, number=0)
    move.settings(VotingRules)
    move.settings(PlanWants)
    move.settings(Round, left=rounds.of(move.source).seconds, runs_since=None, order_number=0, began_at=None,
                  closed_at=None)
