"""How a print is cut into faces and pieces."""

import pytest

from badges import pieces
from badges.card import BadgeCard, Inside

CARDS = [BadgeCard(f"N{n}", "", "", "", "", "X") for n in range(3)]


def test_a_folded_badge_has_two_faces_outside_and_two_inside() -> None:
    a, b, nothing = Inside("a", ""), Inside("b", ""), Inside("", "")
    assert pieces.faces(CARDS[:2], pieces.FOLDED, [(a, b), (b, a)]) == [CARDS[0], CARDS[0], a, b, CARDS[1], CARDS[1], b, a]
    assert pieces.faces(CARDS[:1], pieces.FOLDED) == [CARDS[0], CARDS[0], nothing, nothing]
    assert pieces.faces(CARDS, "a4-10") == CARDS
    with pytest.raises(ValueError, match="shorter|longer"):
        pieces.faces(CARDS, pieces.FOLDED, [(a, b)])


def test_a_large_print_is_cut_and_only_its_first_piece_begins_on_a_later_place(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pieces, "MOST", 2)
    assert pieces.parts(CARDS, "a4-10", 4) == [(CARDS[:2], 4), (CARDS[2:], 1)]
    folded = pieces.faces(CARDS, pieces.FOLDED)
    assert [(len(found), start) for found, start in pieces.parts(folded, pieces.FOLDED, 2)] == [(8, 1), (4, 1)]
