"""Paired phones of the team as the ground floor knows them: the wing that pairs them tells whether one calls."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

Caller = Callable[[], str]


def register(app: Flask, caller: Caller) -> None:
    """Let a wing tell which of its phones sends the request that runs: its name, empty for none of them."""
    app.extensions["camp_phones"] = caller


def calling(app: Flask) -> str:
    """The name of the paired phone that sends this request, such as that of its door; empty for none."""
    caller: Caller | None = app.extensions.get("camp_phones")
    return caller() if caller else ""
