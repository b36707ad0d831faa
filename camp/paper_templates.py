"""Templates of a camp's texts, filled with the camp, who answers for it, and what this installation really does."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import urlsplit

from flask import current_app, render_template, url_for
from flask_babel import force_locale

from camp import access, institution, paper_facts, texts
from camp.config import Config
from camp.models import Camp

NAMES = ("imprint", "privacy", "terms", "accessibility", "simple", "rules")
_GAPS = {
    "de": {"name": "Name der Hochschule", "street": "Straße und Hausnummer", "town": "Postleitzahl und Ort",
           "represented": "vertretungsberechtigte Person mit Amt", "email": "Mailadresse", "phone": "Telefonnummer",
           "officer": "Mailadresse der oder des Datenschutzbeauftragten"},
    "en": {"name": "name of the university", "street": "street and number", "town": "postcode and town",
           "represented": "authorised person with office", "email": "mail address", "phone": "telephone number",
           "officer": "mail address of the data protection officer"},
}
_PLAIN_LINE = re.compile(r"(?m)^(?![#\-\s])(.*\S)(?=\n(?![#\-\s]))")


def write(camp: Camp, name: str, language: str) -> str:
    """A template's text in a language as Markdown; [[what is open]] stands in double brackets."""
    config: Config = current_app.config["CAMP"]
    facts = paper_facts.of(
        camp, mail_server=urlsplit(config.smtp_url).hostname or "",
        cookies=(access.SIGN_IN_COOKIE, access.BROWSER_COOKIE, current_app.config["SESSION_COOKIE_NAME"],
                 access.LANGUAGE_COOKIE),
        address=config.base_url.rstrip("/") + url_for("public.home", camp=camp.slug, _external=False))
    who = {field: camp.institution.get(field) or (f"[[{_GAPS[language][field]}]]" if field in _GAPS[language] else "")
           for field in institution.FIELDS}
    with force_locale(language):
        text = render_template(f"papers/{name}.{language}.md", camp=camp, inst=who, facts=facts)
    # an address keeps its lines: a break is a backslash in CommonMark
    return _PLAIN_LINE.sub(r"\1\\", re.sub(r"\n{3,}", "\n\n", text).strip())


def fill(camp: Camp, answers: Mapping[str, str]) -> None:
    """Write every text that the camp lacks in its languages from its template; `answers` close gaps, by their words.

    An empty answer takes the whole line away.
    """
    there = {(one.name, one.language) for one in camp.texts}
    for name in NAMES:
        for language in camp.languages:
            if (name, language) not in there:
                texts.put(camp, name, language, _answered(write(camp, name, language), answers))


def _answered(text: str, answers: Mapping[str, str]) -> str:
    for gap, answer in answers.items():
        if answer:
            text = text.replace(f"[[{gap}]]", answer)
        else:
            text = re.sub(rf"(?m)^.*\[\[{re.escape(gap)}\]\].*\n?", "", text)
    return text
