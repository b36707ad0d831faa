"""Tests of camp/differences.py."""

from __future__ import annotations

from camp.differences import between


def test_words_that_differ_stand_between_what_is_the_same() -> None:
    assert between("One old text", "One new text") == [("same", "One "), ("theirs", "old"), ("mine", "new"), ("same", " text")]
    assert between("", "Mine") == [("mine", "Mine")]
    assert between("Same", "Same") == [("same", "Same")]


def test_long_stretches_that_are_the_same_are_cut_and_long_texts_are_compared_by_lines_in_time() -> None:
    long = "wort " * 100
    found = between(f"{long}alt", f"{long}neu")
    assert [kind for kind, _ in found] == ["same", "theirs", "mine"] and len(found[0][1]) < 130 and " … " in found[0][1]
    theirs = "".join(f"line {number} of it\n" for number in range(3000))
    assert between(theirs, theirs.replace("line 7 ", "LINE 7 "))[1:3] == [("theirs", "line 7 of it\n"), ("mine", "LINE 7 of it\n")]
