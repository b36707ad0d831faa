from datetime import UTC, datetime

import pytest

from badges import guesses

NOW = datetime(2027, 4, 24, 9, tzinfo=UTC)


def test_a_network_that_guesses_waits_ten_minutes_and_others_do_not() -> None:
    wrong: guesses.Wrong = {}
    for _ in range(guesses.MOST):
        guesses.check(wrong, "10.0.0.0/24", NOW)
        guesses.count(wrong, "10.0.0.0/24", NOW)
    with pytest.raises(guesses.TooMany):
        guesses.check(wrong, "10.0.0.0/24", NOW)
    guesses.check(wrong, "10.0.1.0/24", NOW)
    guesses.check(wrong, "10.0.0.0/24", NOW + guesses.SPAN)


def test_the_memory_stays_small() -> None:
    wrong: guesses.Wrong = {}
    for number in range(10_050):
        guesses.count(wrong, str(number), NOW)
    assert len(wrong) <= 10_000
    assert wrong["10049"] == (NOW, 1)
