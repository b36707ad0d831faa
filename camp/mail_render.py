"""What a mail says in its reader's language: the camp's own text if it has one, else the program's template."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from flask import current_app, g
from flask_babel import force_locale, gettext

from camp import i18n, mail_texts
from camp.config import Config
from camp.letters import Word
from camp.mail_texts import Kind
from camp.models import Camp


def render(template: str, camp: Camp | None, language: str, values: Mapping[str, Any]) -> tuple[str, str]:
    """Subject and body of a mail. A text of the camp that lacks a value gives way to the program's."""
    with force_locale(language):
        g.camp = camp  # whose zone times are shown in
        own = mail_texts.of(camp, template, language) if camp is not None else None
        if own is not None:
            told = _told(camp, values)
            if mail_texts.used(own.subject, own.body) <= told.keys():
                return mail_texts.fill(own.subject, told), mail_texts.fill(own.body, told)
        return _by_template(template, camp, values)


def filled(kind: Kind, camp: Camp, language: str, text: tuple[str, str], real: Mapping[str, Any]) -> tuple[str, str]:
    """Subject and body as they would read with what is `real`, and the examples of the kind for the rest."""
    subject, body = text
    with force_locale(language):
        g.camp = camp
        told = _told(camp, {name: real.get(name) or sample for name, sample in kind.samples.items()})
        return mail_texts.fill(subject, told), mail_texts.fill(body, told)


def default(kind: Kind, camp: Camp, language: str) -> tuple[str, str]:
    """The program's own text of a kind, with its placeholders, to begin from."""
    with force_locale(language):
        g.camp = camp
        subject, body = _by_template(kind.template, camp, kind.samples)
        for name, sample in kind.samples.items():
            subject, body = (text.replace(_shown(sample), f"{{{name}}}") for text in (subject, body))
    return subject.replace(camp.title, "{camp}"), body.replace(camp.title, "{camp}")


def _by_template(template: str, camp: Camp | None, values: Mapping[str, Any]) -> tuple[str, str]:
    config: Config = current_app.config["CAMP"]
    # without what pages are given: a mail has no menu
    found = current_app.jinja_env.get_template(f"mail/{template}.txt")
    text = found.render(camp=camp, base_url=config.base_url.rstrip("/"), **values)
    subject, _, body = text.partition("\n")
    return subject.strip(), body.strip()


def _told(camp: Camp | None, values: Mapping[str, Any]) -> dict[str, str]:
    """The values in words; those that are nothing are left out."""
    named = {"camp": camp.title} if camp is not None else {}
    return named | {name: _shown(value) for name, value in values.items() if value not in (None, "")}


def _shown(value: Any) -> str:
    if isinstance(value, Word):
        return gettext(value)
    if isinstance(value, (time, datetime)):
        return i18n.wall(value)
    return i18n.long_day(value) if isinstance(value, date) else str(value)
