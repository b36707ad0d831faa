from __future__ import annotations

import pytest

from camp import person_text
from camp.errors import BadInput


@pytest.mark.parametrize(("typed", "kept"), [
    ("  Mai  Krause ", "Mai Krause"), ("Nguye\u0302\u0303n", "Nguyễn"), ("שָׁלוֹם", "שָׁלוֹם"), ("李小龙", "李小龙"), ("Özlem\r\nX", "Özlem X"), ("", ""),
])
def test_a_name_is_kept_as_it_is_written(typed: str, kept: str) -> None:
    assert person_text.name(typed, "given_name") == kept


@pytest.mark.parametrize(("typed", "sentence"), [
    ("🎉🎉", "There is no letter in it."), ("123", "There is no letter in it."), ("Mai\u202eesuark", "This holds signs that nobody sees and that turn text around."),
    ("a\u200bb", "This holds signs that nobody sees and that turn text around."), ("a" + "\u0301" * 400, "Too many accents stand on one letter."),
    ("Z\u0351\u0352\u0357\u035b\u0363algo", "Too many accents stand on one letter."),
])
def test_what_hides_or_piles_up_is_no_name(typed: str, sentence: str) -> None:
    with pytest.raises(BadInput) as caught:
        person_text.name(typed, "given_name")
    assert (caught.value.field, caught.value.sentence().startswith(sentence)) == ("given_name", True)


@pytest.mark.parametrize(("typed", "kept"), [
    ("#SEO, logistik;#Segeln", ["SEO", "logistik", "Segeln"]), ("#seo #SEO", ["seo"]), ("  # ", []), ("C++ #B2B", ["C++", "B2B"]),
])
def test_hashtags_are_read_without_their_sign(typed: str, kept: list[str]) -> None:
    assert person_text.hashtags(typed) == kept


@pytest.mark.parametrize("typed", ["a b c d", "x" * 41, "🎉", "a\u202eb"])
def test_four_or_long_or_unreadable_hashtags_are_refused(typed: str) -> None:
    with pytest.raises(BadInput) as caught:
        person_text.hashtags(typed)
    assert caught.value.field == "hashtags"
