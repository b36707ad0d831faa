"""Mail texts that organisers write themselves: plain words with an allow-list of {placeholders}; nothing is evaluated.

No template language comes from the database (compare CVE-2026-2415, CVE-2023-2259): a text is stored only if every
brace in it belongs to a known placeholder, and filling replaces those and nothing else, once.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import ForeignKey, delete, select
from sqlalchemy.orm import Mapped, mapped_column

from camp.db import Model, db
from camp.errors import N_, BadInput
from camp.models import Camp
from camp.text import clean, line

if TYPE_CHECKING:
    from flask import Flask

LONGEST_SUBJECT, LONGEST_BODY = 150, 5000
_PLACE = re.compile(r"\{([a-z_]+)\}")
_BRACED = re.compile(r"\{[^{}\n]{0,40}\}?|\}")
_COMMON = frozenset({"camp"})


class MailText(Model):
    """A camp's own text for a kind of mail in a language."""

    __tablename__ = "mail_text"
    camp_id: Mapped[int] = mapped_column(ForeignKey("camp.id", ondelete="CASCADE"), primary_key=True)
    template: Mapped[str] = mapped_column(primary_key=True)
    language: Mapped[str] = mapped_column(primary_key=True)
    subject: Mapped[str]
    body: Mapped[str]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of mail whose text a camp may change: its template, an English msgid, and what it can say.

    `samples` has an example for each placeholder, no two alike in words (texts, days, times); a text without one of
    `required` would be of no use to its reader.
    """

    template: str
    label: str
    samples: Mapping[str, Any]
    required: tuple[str, ...] = ()

    @property
    def places(self) -> frozenset[str]:
        """The placeholders that may stand in the text."""
        return frozenset(self.samples) | _COMMON


def register(app: Flask, kind: Kind) -> None:
    """Let organisers change the text of a kind of mail."""
    app.extensions.setdefault("camp_mail_kinds", {})[kind.template] = kind


def kinds(app: Flask) -> dict[str, Kind]:
    """The kinds whose text can be changed, by template."""
    found: dict[str, Kind] = app.extensions.get("camp_mail_kinds", {})
    return found


def of(camp: Camp, template: str, language: str) -> MailText | None:
    """The camp's own text, if it has one."""
    return db.session.get(MailText, (camp.id, template, language))


def texts_of(camp: Camp) -> Sequence[MailText]:
    """Every text that is the camp's own."""
    return db.session.scalars(select(MailText).where(MailText.camp_id == camp.id)).all()


def all_of(camp: Camp) -> frozenset[tuple[str, str]]:
    """Which texts are the camp's own, as (template, language)."""
    return frozenset((own.template, own.language) for own in texts_of(camp))


def save(camp: Camp, kind: Kind, language: str, subject: str, body: str) -> None:
    """Keep a text. Raises BadInput for what is empty, too long, or has a brace that is no placeholder of the kind."""
    subject, body = checked(kind.places, kind.required, subject, body)
    db.session.merge(MailText(camp_id=camp.id, template=kind.template, language=language, subject=subject, body=body))


def reset(camp: Camp, template: str, language: str) -> None:
    """Go back to the program's own text."""
    db.session.execute(delete(MailText).where(MailText.camp_id == camp.id, MailText.template == template,
                                              MailText.language == language))


def checked(places: frozenset[str], required: tuple[str, ...], subject: str, body: str) -> tuple[str, str]:
    """Subject and body as they are kept; raises BadInput beside the field."""
    subject, body = line(subject), clean(body)
    for name, text, longest in (("subject", subject, LONGEST_SUBJECT), ("body", body, LONGEST_BODY)):
        if not text:
            raise BadInput(N_("This is still empty."), field=name)
        if len(text) > longest:
            raise BadInput(N_("This is too long: at most %(number)s characters."), field=name, number=longest)
        for found in _BRACED.findall(text):
            place = _PLACE.fullmatch(found)
            if place is None or place[1] not in places:
                raise BadInput(N_("“%(found)s” is no placeholder of this mail."), N_("There are: %(places)s."),
                               field=name, found=found, places=", ".join(f"{{{place}}}" for place in sorted(places)))
    for place_name in required:
        if f"{{{place_name}}}" not in body:
            raise BadInput(N_("Without {%(place)s} the mail is of no use to its reader."), field="body",
                           place=place_name)
    return subject, body


def used(subject: str, body: str) -> frozenset[str]:
    """The placeholders in a text."""
    return frozenset(_PLACE.findall(f"{subject}\n{body}"))


def fill(text: str, values: Mapping[str, str]) -> str:
    """The text with its placeholders replaced, each once: braces in a value stay braces."""
    return _PLACE.sub(lambda found: values.get(found[1], found[0]), text)


