"""What a request sends that neither a form nor a view has asked for, such as a role: nothing of it is kept."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import flask
from sqlalchemy import event
from sqlalchemy.orm import Session
from werkzeug.datastructures import ImmutableMultiDict

from camp.errors import N_, BadInput

UNASKED = N_("This form does not ask for “%(name)s”; nothing was saved.")
_TOKEN = "csrf_token"  # Flask-WTF looks for it, also behind the prefix of a form


class Fields(ImmutableMultiDict[str, Any]):
    """The fields that came, which remember which of them somebody has asked for."""

    def __init__(self, *values: Any) -> None:
        super().__init__(*values)
        self._asked: set[str] = set()

    def __getitem__(self, key: str) -> Any:
        """A field's value."""
        self._asked.add(key)
        return super().__getitem__(key)

    def __contains__(self, key: object) -> bool:
        """Whether a field came."""
        self._asked.add(str(key))
        return super().__contains__(key)

    def getlist(self, key: str, type: Any = None) -> list[Any]:  # type: ignore[override]
        """A field's values."""
        self._asked.add(key)
        return super().getlist(key, type)

    def forget(self, key: str) -> None:
        """Nobody wants to know a field after all."""
        self._asked.discard(key)

    def unasked(self) -> Iterator[str]:
        """The names that came and nobody wanted to know."""
        return (name for name in self if name not in self._asked and not name.endswith(_TOKEN))


class Request(flask.Request):
    """A request whose fields remember who has asked for them."""

    parameter_storage_class = Fields


def unasked() -> list[str]:
    """The names in this request's form for which nobody has asked so far."""
    return [name for fields in _sent() for name in fields.unasked()]


def forget(name: str) -> None:
    """Take a question back: the form leaves out a field that it could have."""
    for fields in _sent():
        fields.forget(name)


def _sent() -> list[Fields]:
    if not flask.has_request_context():
        return []
    return [fields for fields in (flask.request.form, flask.request.files) if isinstance(fields, Fields)]


@event.listens_for(Session, "before_commit")
def _nothing_unasked(session: Session) -> None:
    """Whatever view it is: what came with a field that is nobody's is refused as a whole."""
    if session.in_nested_transaction():
        return
    for name in unasked():
        raise BadInput(UNASKED, N_("Go back and load the page again; what you typed is still there."), name=name[:40])
