"""The few ways in which the camp says no; each carries a sentence, what to do next, and a status for the edge."""

from __future__ import annotations


def N_(msgid: str) -> str:
    """Mark a sentence for translation where it is written; the edge translates it for its reader."""
    return msgid


class CampError(Exception):
    """Something is refused. `text` and `hint` are English msgids with %(name)s places filled from `values`."""

    status = 400

    def __init__(self, text: str, hint: str = "", *, field: str = "", **values: object) -> None:
        super().__init__(text % values if values else text)
        self.text, self.hint, self.field, self.values = text, hint, field, values

    def sentence(self) -> str:
        """What is wrong and what to do, in English, for a terminal."""
        parts = [part % self.values if self.values else part for part in (self.text, self.hint) if part]
        return " ".join(parts)


class BadInput(CampError):
    """What came in cannot be used; `field` names where."""

    status = 422


class NotOpen(CampError):
    """The phase that allows it is not open."""

    status = 409


class Full(CampError):
    """No place is left."""

    status = 409


class NotAllowed(CampError):
    """This person may not do this."""

    status = 403


class NotFound(CampError):
    """There is nothing of this name here."""

    status = 404


class Conflict(CampError):
    """It clashes with what stands already."""

    status = 409
