"""A camp and the browser of one of its organisers, for tests of the organisers' pages."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from camp.models import Camp
from tests import make


@pytest.fixture
def camp(app: Flask) -> Camp:
    """A camp on 24 April 2027."""
    return make.camp()


@pytest.fixture
def browser(app: Flask, camp: Camp) -> FlaskClient:
    """The browser of one of its organisers."""
    who = make.person("orga@example.org")
    make.role(camp, who, "organiser")
    return make.browser(app, who)
