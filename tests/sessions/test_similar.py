"""Similar proposals: found in other words and in compounds, and not for one shared topic; measured on own pairs and on the sample."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from tests.sessions.similar_pairs import OTHERS, SAME

similar = pytest.importorskip("sessions.similar", reason="its dictionaries are new: make setup", exc_type=ImportError)
SAMPLE = Path(__file__).parent.parent / "data/camp/proposals.csv"


def test_own_pairs_are_found_as_often_as_the_readme_says() -> None:
    texts = [text for pair in SAME for text in pair] + [(title, "") for title in OTHERS]
    true = {(2 * n, 2 * n + 1) for n in range(len(SAME))}
    found = set(similar.pairs(dict(enumerate(texts))))
    assert (len(found & true), len(found - true), len(true)) == (21, 6, 24)


def test_of_the_sample_camp_six_pairs_are_found_and_no_false_one() -> None:
    with SAMPLE.open(encoding="utf-8-sig") as file:
        titles = [row["title"] for row in csv.DictReader(file)]
    found = similar.pairs({number: (title, "") for number, title in enumerate(titles)})
    assert {(titles[one], titles[other]) for one, other in found} == {
        ("Retourenquote halbieren: was bei uns wirklich half", "Weniger Retouren: was hat die Quote wirklich gesenkt?"),
        ("KI-Produkttexte: Qualität prüfen, ohne alles zu lesen", "Produkttexte von der KI schreiben lassen – und die Qualität prüfen"),
        ("Barrierefreier Shop nach BFSG: ein Erfahrungsbericht", "Barrierefreiheit im Onlineshop: Erfahrungen mit dem BFSG"),
        ("Checkout-Abbrüche messen, verstehen, beheben", "Abbrüche im Checkout verstehen und beheben"),
        ("Newsletter, die jemand liest", "Newsletter schreiben, die gelesen werden"),
        ("Tracking ohne Cookies", "Tracking im Shop ganz ohne Cookies")}


def test_one_shared_word_is_a_topic_and_no_proposal() -> None:
    assert similar.pairs({1: ("Podcast", ""), 2: ("Podcast hören", ""), 3: ("Mein Podcast und ich", "")}) == {}


def test_texts_count_where_both_have_one() -> None:
    text = "Im Museum haben wir eine Unkonferenz mit Vitrinen, Wachpersonal und Kindern veranstaltet."
    assert similar.pairs({1: ("Ein Versuch", text), 2: ("Bericht", text)}) == {(1, 2): 0.81}
    assert similar.pairs({1: ("Ein Versuch", text), 2: ("Bericht", "")}) == {}


def test_nothing_and_titles_without_words_are_no_trouble() -> None:
    assert similar.pairs({}) == {}
    assert similar.pairs({1: ("?", ""), 2: ("und wie", ""), 3: ("\N{PARTY POPPER}", "")}) == {}
