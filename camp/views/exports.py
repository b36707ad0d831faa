"""What organisers take out: the people as CSV or Excel file, and the catering sheet."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, current_app, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from werkzeug.exceptions import NotFound

from camp import access, camps, catering, catering_orders, clock, exports, groups, people, people_export, spreadsheet
from camp.access import allow
from camp.groups import Group
from camp.models import Participant
from camp.pages import KIND_LABELS
from camp.team_forms import OrderForm
from camp.views.saving import locked, saved, went_through

bp = Blueprint("exports", __name__)


@bp.get("/<camp>/organise/people.<any(csv, xlsx):kind>")
@allow("organiser")
def people_file(kind: str) -> ResponseReturnValue:
    """The people whom the list shows, as a file."""
    camp = access.the_camp()
    found, _, _ = chosen(request.args)
    kinds = {name: gettext(label) for name, label in KIND_LABELS.items()}
    rows = people_export.rows(camp, found, gettext, kinds)
    heading = people_export.heading(camp, gettext)
    if kind == "xlsx":
        content, mime = spreadsheet.write(gettext("People"), heading, rows), spreadsheet.MIME
    else:
        content, mime = exports.csv_of(heading, people_export.in_words(rows, gettext)), exports.MIME
    name = f"people-{camp.slug}-{camps.today(camp)}.{kind}"
    return Response(content, content_type=mime, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def chosen(args: Any) -> tuple[list[Participant], str, Group | None]:
    """The participants that a request asks for, by words and group; raises NotFound for a group that there is not."""
    wanted, name = args.get("q", "").strip()[:100], args.get("group", "")
    group = groups.of(current_app).get(name)
    if name and group is None:
        raise NotFound
    camp = access.the_camp()
    return people.search(camp, wanted, group.condition(camp) if group else None), wanted, group


@bp.get("/<camp>/organise/catering")
@allow("catering")
def catering_sheet() -> ResponseReturnValue:
    """What is eaten on each day, for a show rate, beside what was ordered."""
    return _sheet(_order_form())


@bp.post("/<camp>/organise/catering")
@allow("organiser")
def order_meals() -> ResponseReturnValue:
    """Set until when meals are ordered, and for which show rate."""
    camp, form = access.the_camp(), _order_form()
    if form.validate_on_submit() and went_through(form, lambda: catering_orders.plan(
            camp, form.moment(camp.timezone), form.percent.data, person_id=access.viewer().person_id)):
        return saved("exports.catering_sheet")
    return _sheet(form), 422


def _order_form() -> OrderForm:
    camp = access.the_camp()
    order = catering_orders.of(camp)
    wall = clock.local(order.order_by, camp.timezone).replace(tzinfo=None) if order.order_by else None
    return locked(OrderForm(data={"order_by": wall, "percent": order.percent}), "meals")


def _sheet(form: OrderForm) -> str:
    camp = access.the_camp()
    order, sure = catering_orders.of(camp), catering_orders.rate(camp)
    percent = max(1, min(100, request.args.get("rate", sure, type=int)))
    sheets = catering.sheets(camp, percent)
    compared = {sheet.day: catering_orders.compared(sheet, order) for sheet in sheets} if order.frozen_at else {}
    return render_template("camp/catering.html", sheets=sheets, percent=percent, known=catering.show_rate(camp),
                           order=order, compared=compared, form=form)
