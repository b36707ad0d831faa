from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from flask import Flask

from camp.people import ROLES
from camp.team_forms import InvitationForm, OrderForm


def test_every_role_can_be_chosen(app: Flask) -> None:
    with app.test_request_context("/"):
        assert tuple(name for name, _ in InvitationForm().role.choices) == ROLES


def test_a_deadline_is_meant_in_the_zone_of_the_camp(app: Flask) -> None:
    with app.test_request_context("/", method="POST", data={"order_by": "2027-04-20T12:00"}):
        form = OrderForm()
        assert (form.validate(), form.moment("Asia/Tokyo")) == (True, datetime(2027, 4, 20, 12, tzinfo=ZoneInfo("Asia/Tokyo")))
    with app.test_request_context("/", method="POST", data={}):
        assert OrderForm().moment("UTC") is None
