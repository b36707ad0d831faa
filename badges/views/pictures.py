"""Badges as pictures in a page, or a sentence where a name has no room or no font."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import gettext

from badges import labels, preview
from badges.card import BadgeCard
from badges.fit import TooLong
from badges.fonts import FontMissing
from badges.sheet import Look
from camp.paths import VENDOR


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture with the name it shows, or what is wrong with it."""

    name: str
    picture: preview.Picture | None
    trouble: str = ""


def of(card: BadgeCard, look: Look, layout: str) -> Shown:
    """The picture of a card on the cards of a sheet."""
    name = f"{card.name} {card.family}".strip()
    try:
        return Shown(name, preview.picture(card, look, labels.SHEETS[layout].card_mm, VENDOR))
    except TooLong as error:
        return Shown(name, None, gettext("“%(words)s” is too long for a badge. Shorten it.", words=error.text[:60]))
    except FontMissing as error:
        return Shown(name, None, gettext("No font has these characters: %(characters)s. Take them out of the text.",
                                         characters=error.characters))
