"""Both languages are complete: nothing missing, nothing fuzzy, the same places, no German that is only English."""

from __future__ import annotations

import re
import sys

import pytest

from camp.paths import TRANSLATIONS

sys.path.insert(0, str(TRANSLATIONS))
import words  # noqa: E402

PLACES = re.compile(r"%\([a-z_]+\)[sd]")
# Words that are the same in both languages.
SAME = {
    "Beamer",
    "Camp", "Camps", "Code", "Name", "Start", "Agenda", "Challenge", "Badge", "Sessions", "Session", "Plan", "Version", "Mails", "Mittelstand", "Start-up", "Badges",
    "Host", "Hosts", "Organisation", "Tag", "Hashtag", "Team", "WLAN", "Slots", "Slot", "Link", "Logo", "Whiteboard", "whiteboard", "Workshop", "PDF", "HTML", "Hashtags",
    "Text", "Mail", "orange",
}


@pytest.fixture(scope="module")
def found() -> object:
    return words.collect()


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_catalogue_is_what_the_code_says_now(language: str, found: object) -> None:
    assert {m.id for m in words.kept(language) if m.id} == {m.id for m in found if m.id}, "run make words"


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_nothing_is_missing_or_fuzzy(language: str) -> None:
    assert words.missing(words.kept(language)) == []


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_compiled_catalogue_is_that_of_the_texts(language: str) -> None:
    assert words.compiled(words.kept(language)) == (TRANSLATIONS / language / "LC_MESSAGES" / "messages.mo").read_bytes()


def _pairs() -> list[tuple[str, str]]:
    pairs = []
    for message in words.kept("de"):
        if message.id:
            ids = message.id if isinstance(message.id, tuple) else (message.id,)
            texts = message.string if isinstance(message.string, tuple) else (message.string,)
            pairs += list(zip(ids, texts, strict=True))
            if len(ids) > 1 and "%(num)d" not in texts[0]:  # one may be said in a word
                pairs[-2] = (ids[0].replace("%(num)d", "1"), texts[0])
    return pairs


def test_german_keeps_the_places_of_its_msgid() -> None:
    assert [(one, other) for one, other in _pairs() if set(PLACES.findall(one)) != set(PLACES.findall(other))] == []


def test_german_is_not_english() -> None:
    same = {one for one, other in _pairs() if one == other and re.search("[A-Za-z]{2}", PLACES.sub("", one))}
    assert same <= SAME


def test_german_says_du_and_shouts_nothing() -> None:
    wrong = re.compile(r"\b(Ihnen|Ihre[nmrs]?|leider|erfolgreich|Bitte beachten)\b|!|[a-z]:innen|\*innen")
    assert [other for _, other in _pairs() if wrong.search(other)] == []
