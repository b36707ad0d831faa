from __future__ import annotations

import pytest
from flask import Flask

from camp.db import db, writing
from camp.errors import BadInput
from sessions import introductions
from sessions.pitch_models import Introduction
from tests import make


def test_only_hashtags_of_those_who_want_it_are_in_the_cloud(app: Flask) -> None:
    camp = make.camp()
    mai, ben = make.participant(camp, hashtags=["#KI", "Recht", "#ki"]), make.participant(camp, "Ben", hashtags=["ki", "SEO"])
    make.participant(camp, "Eva", hashtags=["Geheim"])
    waits = make.participant(camp, "Jo", hashtags=["Wartet"], state="waiting")
    with writing():
        for who in (mai, ben, waits):
            introductions.wish(who, cloud=True, buddy="")
    assert introductions.cloud(camp) == [("ki", 2), ("Recht", 1), ("SEO", 1)]


def test_the_forty_most_frequent_hashtags_are_shown(app: Flask) -> None:
    camp = make.camp()
    for number in range(50):
        who = make.participant(camp, hashtags=[f"tag{number:02}"])
        with writing():
            introductions.wish(who, cloud=True, buddy="")
    assert len(introductions.cloud(camp)) == 40


def test_who_looks_for_each_other_sees_each_other_those_with_shared_hashtags_first(app: Flask) -> None:
    camp = make.camp()
    new = make.participant(camp, "New", hashtags=["#KI", "#Recht"])
    guides = [make.participant(camp, f"Guide{n}", hashtags=tags) for n, tags in enumerate((["SEO"], ["ki"], ["Recht", "KI"], []))]
    silent = make.participant(camp, "Silent", hashtags=["#KI", "#Recht"])
    assert list(introductions.buddies(camp, new)) == []
    with writing():
        introductions.wish(new, cloud=False, buddy="newcomer")
        for who in guides:
            introductions.wish(who, cloud=False, buddy="guide")
        introductions.wish(silent, cloud=True, buddy="")
    assert [(buddy.who.given_name, buddy.shared) for buddy in introductions.buddies(camp, new)] == [
        ("Guide2", ("Recht", "KI")), ("Guide1", ("ki",)), ("Guide0", ())]
    assert [buddy.who for buddy in introductions.buddies(camp, guides[0])] == [new]
    assert list(introductions.buddies(camp, silent)) == []


def test_who_wishes_nothing_any_more_leaves_no_row(app: Flask) -> None:
    who = make.participant(make.camp())
    with writing():
        introductions.wish(who, cloud=True, buddy="guide")
    assert (introductions.of(who).cloud, introductions.of(who).buddy) == (True, "guide")
    for _ in range(2):
        with writing():
            introductions.wish(who, cloud=False, buddy="")
    assert db.session.query(Introduction).count() == 0
    with pytest.raises(BadInput), writing():
        introductions.wish(who, cloud=True, buddy="boss")


def test_counts_are_of_people_with_a_place(app: Flask) -> None:
    camp = make.camp()
    new, guide = make.participant(camp, first_time=True), make.participant(camp, "Ben")
    make.participant(camp, "Jo", first_time=True, state="waiting")
    with writing():
        introductions.wish(new, cloud=False, buddy="newcomer")
        introductions.wish(guide, cloud=False, buddy="guide")
    assert introductions.counts(camp) == (1, 1, 1)
