"""How badges look: the sheet and the fields, with pictures of real names and of the longest."""

from __future__ import annotations

from flask import Blueprint, current_app, render_template
from flask.typing import ResponseReturnValue

from badges import jobs, labels, look, printing
from badges.card import BadgeCard
from badges.forms import LookForm
from badges.views import pictures
from camp import access
from camp.access import allow
from camp.models import Camp
from camp.views.saving import saved, went_through

bp = Blueprint("looks", __name__)
# the longest and the widest of the scripts that people at a camp write in
_WORST = (
    ("Maximiliane-Friederike", "Freifrau von und zu Hohenlohe-Waldenburg-Schillingsfürst",
     "Wirtschaftsförderungsgesellschaft Mülheim an der Ruhr mbH & Co. KG", "#Barrierefreiheit #Nachhaltigkeit #Märkte"),
    ("محمد", "الخطيب", "جامعة الرور", "#تجارة"),
    ("Nguyễn Thị", "Đặng-Phạm", "Trường Đại học", "#thươngmại"),
    ("明", "王", "鲁尔技术公司", "#电商"),
)
_SHOWN = 2  # real people


@bp.route("/<camp>/organise/badges/look", methods=["GET", "POST"])
@allow("organiser")
def change() -> ResponseReturnValue:
    """The sheet, what stands on the badges, and how that looks."""
    camp, before = access.the_camp(), look.of(access.the_camp())
    form = LookForm(data={"layout": before.layout, "fields": list(before.fields)})
    if form.validate_on_submit() and went_through(form, lambda: look.choose(
            camp, form.layout.data, form.fields.data or [], person_id=access.viewer().person_id)):
        return saved("looks.change")
    layout = form.layout.data if form.layout.data in labels.SHEETS else before.layout
    return render_template("badges/look.html", form=form, layout=layout, sheets=look.SHEETS,
                           pictures=_pictures(camp, before, layout)), 422 if form.errors else 200


def _pictures(camp: Camp, chosen: look.Chosen, layout: str) -> list[pictures.Shown]:
    """A few of the camp's people, and the worst that names can do."""
    common, words = look.common(camp), jobs.words(camp)
    real = [entry.row.card if entry.row else printing.card_of(entry.who, "", words, chosen.fields)
            for entry in printing.entries(camp, jobs.rows(camp))[:_SHOWN]]
    kind, role = max(words.kinds.values(), key=len), max(words.roles.values(), key=len)
    address = f"HTTPS://{current_app.config['CAMP'].host.upper()}/B/ABCDEFGHIJKLMNOP"
    cards = [BadgeCard(first, family, firm, kind, tags, address, True, True, "" if number else role)
             for number, (first, family, firm, tags) in enumerate(_WORST)]
    return [pictures.of(camp, card, common, layout) for card in [*real, *(
        printing.with_fields(card, chosen.fields) for card in cards)]]
