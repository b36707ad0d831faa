"""How a print is cut: the faces of each badge in the order of the paper, and pieces of at most 1,000 badges."""

from collections.abc import Sequence

from badges import labels
from badges.card import BadgeCard, Face, Inside

MOST = 1000  # badges in a document; memory grows with their number
FOLDED = labels.FOLDED.name
_NOTHING = Inside("", "")


def faces(cards: Sequence[BadgeCard], layout: str, insides: Sequence[tuple[Inside, Inside]] = ()) -> list[Face]:
    """The faces to set: the card itself, or for a folded badge the card on both sides and then the two inside.

    `insides` has the faces inside for each card, or is empty: then a folded badge has nothing inside.
    """
    if layout != FOLDED:
        return list(cards)
    within = insides or [(_NOTHING, _NOTHING)] * len(cards)
    return [face for card, pair in zip(cards, within, strict=True) for face in (card, card, *pair)]


def parts(found: Sequence[Face], layout: str, start: int) -> list[tuple[Sequence[Face], int]]:
    """The faces in pieces, each with the place of its first on the sheet: all but the first piece begin at 1."""
    most = MOST * (4 if layout == FOLDED else 1)
    begin = 1 if layout == FOLDED else start
    return [(found[first : first + most], 1 if first else begin) for first in range(0, len(found), most)]
