from __future__ import annotations

from pathlib import Path

from flask import Flask

from camp import load, loaders, texts, venue
from camp.db import db, writing
from camp.load import Report

CAMP = """
title = "Klein"
slug = "klein"
capacity = 5
imprint = "Wir"
[[text]]
name = "imprint"
language = "en"
text = "Us"
[[day]]
date = 2027-04-24
capacity = 3
[[day]]
date = 2027-04-25
[[room]]
name = "Halle"
seats = 30
way = "Treppe hoch, dann links"
[[room]]
name = "Wiese"
seats = 50
open_space = true
"""


def _loaded(app: Flask, folder: Path, text: str) -> Report:
    (folder / "camp.toml").write_text(text, "utf-8")
    parsed = load.parse(folder, loaders.of(app))
    db.session.rollback()
    with writing():
        return load.store(parsed)


def test_texts_places_ways_and_open_spaces_come_from_the_file(app: Flask, tmp_path: Path) -> None:
    report = _loaded(app, tmp_path, CAMP)
    camp = report.camp
    assert texts.by_language(camp, "imprint") == {"de": "Wir", "en": "Us"}
    assert [day.capacity for day in camp.days] == [3, None]
    assert [(room.name, room.position, room.way, room.open_space) for room in venue.rooms(camp)] == [
        ("Halle", 0, "Treppe hoch, dann links", False), ("Wiese", 1, "", True)]
    assert not _loaded(app, tmp_path, CAMP).changed
    again = _loaded(app, tmp_path, CAMP.replace('"Us"', '"We"').replace("capacity = 3", "capacity = 4"))
    assert (again.rows["texts"].changed, again.rows["days"].changed) == (1, 1)


def test_a_camp_opens_when_it_brings_every_text_of_the_law(app: Flask, tmp_path: Path) -> None:
    first = _loaded(app, tmp_path, CAMP)
    assert (first.opened, first.camp.opened_at) == (False, None)
    whole = CAMP.replace('imprint = "Wir"', 'imprint = "Wir"\nprivacy = "P"\nterms = "T"\naccessibility = "[[Lücke]]"')
    assert not _loaded(app, tmp_path, whole).opened
    last = _loaded(app, tmp_path, whole.replace("[[Lücke]]", "A"))
    assert (last.opened, last.camp.opened_at is not None) == (True, True)
    assert not _loaded(app, tmp_path, whole.replace("[[Lücke]]", "A")).changed
