"""Names in texts: found in both orders and any case, never as a part of another word."""

from __future__ import annotations

import pytest
from flask import Flask

from camp.names import blotted, of_name, pattern, traces_of
from tests import make

WANTED = pattern("Anna Lena", "von Ohm", "ohm@example.org")


@pytest.mark.parametrize(("text", "after"), [
    ("Ask Anna Lena von Ohm.", "Ask –."), ("ANNA  LENA\nVON OHM", "–"), ("von Ohm, Anna Lena", "–"), ("von Ohm Anna Lena (host)", "– (host)"),
    ("Write to Ohm@Example.org!", "Write to –!"), ("Anna Lena von Ohmstedt", "Anna Lena von Ohmstedt"), ("Anna and Lena", "Anna and Lena"),
    ("", ""),
])
def test_full_names_and_addresses_are_blotted(text: str, after: str) -> None:
    assert blotted(text, WANTED) == after


def test_json_is_searched_to_its_leaves() -> None:
    assert blotted({"a": ["Anna Lena von Ohm", 3, None, {"b": "x ohm@example.org"}]}, WANTED) == {"a": ["–", 3, None, {"b": "x –"}]}


def test_a_single_name_is_not_looked_for() -> None:
    assert blotted("In Mai, ask mai@example.org", pattern("Mai", "", "mai@example.org")) == "In Mai, ask –"


def test_two_people_of_one_name_are_told_apart_by_their_address(app: Flask) -> None:
    camp = make.camp()
    one = make.participant(camp, "Mai", "Krause", address="one@example.org")
    text = "Mai Krause one@example.org two@example.org"
    assert blotted(text, traces_of(one)) == "– – two@example.org"
    make.participant(camp, "mai", "KRAUSE", address="two@example.org")
    assert blotted(text, traces_of(one)) == "Mai Krause – two@example.org"


def test_a_name_in_free_words_is_found_whole(app: Flask) -> None:
    assert blotted("Keys from Ode, Ben; Ben", of_name(" Ben Ode ")) == "Keys from –; Ben"
    assert blotted("Security at the door", of_name("Security")) == "Security at the door"
    assert blotted("nothing at all", pattern("", "", "")) == "nothing at all"
