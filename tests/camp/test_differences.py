"""Tests of camp/differences.py."""

from __future__ import annotations

import random

from camp.differences import between
from tests.beside import timed


def test_words_that_differ_stand_between_what_is_the_same() -> None:
    assert between("One old text", "One new text") == [("same", "One "), ("theirs", "old"), ("mine", "new"), ("same", " text")]
    assert between("One two three four", "One 2 three 4") == [
        ("same", "One "), ("theirs", "two"), ("mine", "2"), ("same", " three "), ("theirs", "four"), ("mine", "4")]
    assert between("", "Mine") == [("mine", "Mine")]
    assert between("Same", "Same") == [("same", "Same")]
    assert between("a a", "a a a") == [("same", "a a"), ("mine", " a")]


def test_long_stretches_that_are_the_same_are_cut() -> None:
    long = "wort " * 100
    found = between(f"{long}alt", f"{long}neu")
    assert [kind for kind, _ in found] == ["same", "theirs", "mine"] and len(found[0][1]) < 130 and " … " in found[0][1]


def test_whatever_two_texts_hold_they_are_compared_in_time() -> None:
    draw = random.Random(1)
    texts = [("a b " * 5000, "b a " * 5000), ("a\n" * 10_000, "b\na\n" * 5000), ("a b " * 180, "b a " * 180)]
    texts += [tuple(" ".join(draw.choices("abc", k=length)) for _ in range(2)) for length in (350, 10_000)]  # type: ignore[misc]
    with timed() as spent:
        assert all(between(*pair) for pair in texts)
    assert spent.pieces < 2000
