from __future__ import annotations

from camp.errors import N_, BadInput, CampError, Conflict


def test_sentence_says_what_and_what_to_do() -> None:
    error = Conflict(N_("%(room)s is taken."), N_("Choose another cell."), room="Foyer", field="room")
    assert (error.sentence(), error.status, error.field) == ("Foyer is taken. Choose another cell.", 409, "room")
    assert str(error) == "Foyer is taken."


def test_a_sentence_without_places_may_hold_a_percent_sign() -> None:
    assert CampError("100 % full.").sentence() == "100 % full."


def test_bad_input_is_422() -> None:
    assert BadInput("x").status == 422
