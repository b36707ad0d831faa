"""Badges as pictures in a page, or a sentence where a name has no room or no font."""

from __future__ import annotations

from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext

from badges import labels, preview
from badges.card import BadgeCard
from badges.fit import TooLong
from badges.fonts import FontMissing
from badges.sheet import Look
from camp.models import Camp
from camp.paths import VENDOR


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture with the name it shows and the address of the camp's logo, or what is wrong with it."""

    name: str
    picture: preview.Picture | None
    trouble: str = ""
    logo: str = ""


def of(camp: Camp, card: BadgeCard, look: Look, layout: str) -> Shown:
    """The picture of a card on the cards of a sheet."""
    name = f"{card.name} {card.family}".strip()
    logo = url_for("pictures.show", camp=camp.slug, picture_id=camp.picture_id) if any(look.logo) else ""
    try:
        return Shown(name, preview.picture(card, look, labels.SHEETS[layout].card_mm, VENDOR), logo=logo)
    except TooLong as error:
        return Shown(name, None, gettext("“%(words)s” is too long for a badge. Shorten it.", words=error.text[:60]))
    except FontMissing as error:
        return Shown(name, None, gettext("No font has these characters: %(characters)s. Take them out of the text.",
                                         characters=error.characters))
