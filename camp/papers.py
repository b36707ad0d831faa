"""The texts that a camp may have, in which order, which of them the law asks for, and the gaps that templates leave."""

from __future__ import annotations

import re

from camp.errors import N_

LEGAL = ("imprint", "privacy", "terms", "accessibility")
# Those that have a page of their own, linked at the foot of every page.
PAGES = (*LEGAL, "simple", "rules")
NAMES = (*PAGES, "welcome", "wlan", "emergency")
# Those that only people who are registered see.
SECRET = ("wlan", "emergency")
LABELS = {
    "imprint": N_("Imprint"), "privacy": N_("Privacy"), "terms": N_("Terms"), "accessibility": N_("Accessibility"),
    "simple": N_("Simple language"), "rules": N_("House rules"), "welcome": N_("Greeting"), "wlan": N_("WLAN"),
    "emergency": N_("In an emergency"),
}
# Who sees it where, for the organisers.
PLACES = {
    "imprint": N_("Who answers for this site (section 5 DDG). Linked from every page."),
    "privacy": N_("Which data, why, how long (article 13 GDPR). Linked from every page."),
    "terms": N_("What applies to whoever takes part. Linked from every page."),
    "accessibility": N_("What works for whom, and how to tell you of barriers. Linked from every page."),
    "simple": N_("What the camp is, in short sentences. Linked from every page."),
    "rules": N_("How people treat each other and the building. Linked from every page."),
    "welcome": N_("Stands on the camp's first page, under its title."),
    "wlan": N_("Only for people who are registered: on the camp's first page."),
    "emergency": N_("Only for people who are registered: on the camp's first page."),
}
_GAP = re.compile(r"\[\[([^\[\]\n]{1,80})\]\]")


def gaps(text: str) -> list[str]:
    """What a template left open, [[such as this]], in order and each once."""
    return list(dict.fromkeys(found.strip() for found in _GAP.findall(text)))
