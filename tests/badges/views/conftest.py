"""A camp and the browser of one of its organisers, for tests of pages of badges and doors."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from camp.models import Camp
from tests import make
from tests.badges.made import english


@pytest.fixture
def camp(app: Flask) -> Camp:
    """A camp on 24 April 2027."""
    return make.camp()


@pytest.fixture
def organiser(app: Flask, camp: Camp) -> FlaskClient:
    """The browser of one of its organisers, in English."""
    who = make.person()
    make.role(camp, who, "organiser")
    return english(make.browser(app, who))
