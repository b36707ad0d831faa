"""Tallies of what a loading did, and the registry of loaders."""

from __future__ import annotations

from types import SimpleNamespace

from flask import Flask

from camp import loaders
from camp.loaders import Held, Loader, Tally


def test_a_tally_counts_a_row_only_if_something_differs() -> None:
    tally, row = Tally(), SimpleNamespace(name="A", seats=3)
    tally.put(row, name="A", seats=3)
    assert not tally
    tally.put(row, name="B", seats=4)
    assert (row.name, row.seats, tally) == ("B", 4, Tally(changed=1))
    assert str(Tally(2, 1)) == "2 new, 1 changed"


def test_loaders_are_known_to_their_application() -> None:
    app = Flask("x")
    assert loaders.of(app) == []
    loader = Loader(("a.csv",), lambda folder: (None, []), lambda camp, records: {}, lambda camp: Held())
    loaders.register(app, loader)
    assert loaders.of(app) == [loader]
