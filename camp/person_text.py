"""What people may write about themselves: names and hashtags that can be read, printed and found."""

from __future__ import annotations

import re
import unicodedata

from camp.errors import N_, BadInput
from camp.text import line

MOST_HASHTAGS, LONGEST_HASHTAG = 3, 40
_MOST_MARKS = 4  # on one letter; Vietnamese and pointed Hebrew need two or three
# What turns the direction of text around, and characters without width: a name that holds them can pose as another.
_TURNS = re.compile(r"[\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]")


def words(text: str, field: str) -> str:
    """One line that somebody wrote, freed of control characters. Raises BadInput for what hides or piles up."""
    if _TURNS.search(text):
        raise BadInput(N_("This holds signs that nobody sees and that turn text around."),
                       N_("Type it anew instead of pasting it."), field=field)
    written = line(text)
    marks = 0
    for character in written:
        marks = marks + 1 if unicodedata.combining(character) else 0
        if marks > _MOST_MARKS:
            raise BadInput(N_("Too many accents stand on one letter."), N_("At most %(most)s."), field=field,
                           most=_MOST_MARKS)
    return written


def name(text: str, field: str) -> str:
    """A name: words with at least one letter. Empty stays empty."""
    written = words(text, field)
    if written and not any(unicodedata.category(character).startswith("L") for character in written):
        raise BadInput(N_("There is no letter in it."), N_("A name can be read aloud."), field=field)
    return written


def hashtags(text: str, field: str = "hashtags") -> list[str]:
    """Up to three hashtags without their sign, each once whatever its capitals. Raises BadInput."""
    found: dict[str, str] = {}
    for tag in re.split(r"[\s,;]+", words(text, field)):
        bare = tag.lstrip("#")
        if not bare:
            continue
        if not any(character.isalnum() for character in bare):
            raise BadInput(N_("There is no letter in “%(tag)s”."), field=field, tag=bare[:LONGEST_HASHTAG])
        if len(bare) > LONGEST_HASHTAG:
            raise BadInput(N_("A hashtag has at most %(most)s characters."), field=field, most=LONGEST_HASHTAG)
        found.setdefault(bare.casefold(), bare)
    if len(found) > MOST_HASHTAGS:
        raise BadInput(N_("At most three hashtags."), N_("Everybody says them in the round of introductions."),
                       field=field)
    return list(found.values())
