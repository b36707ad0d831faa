"""What a mail says at the moment it is sent: values made then, and no mail whose sentence is no longer true."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from camp.models import Mail


class Word(str):
    """An English msgid among the values of a mail; it is put into the reader's language when the mail is rendered."""


# template → what it says now; None: it is no longer true, so it is not sent
Teller = Callable[[Mail, str], "dict[str, Any] | None"]
_TELLERS: dict[str, Teller] = {}


def register(template: str, teller: Teller) -> None:
    """Let a topic say what its mails say. `teller` (mail, key of links) reads the database; it writes nothing."""
    _TELLERS[template] = teller


def values(letter: Mail, key: str) -> dict[str, Any] | None:
    """What the template is filled with; None if the mail has become untrue since it was laid down."""
    teller = _TELLERS.get(letter.template)
    return dict(letter.values) if teller is None else teller(letter, key)
