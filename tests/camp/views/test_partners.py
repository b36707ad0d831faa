from __future__ import annotations

from flask import Flask

from camp.db import db
from tests import make

EN = {"Accept-Language": "en"}


def test_partners_are_added_changed_moved_and_taken_away(app: Flask) -> None:
    camp, who = make.camp(), make.person()
    make.role(camp, who, "organiser")
    browser = make.browser(app, who)
    for name in ("Eins", "Zwei"):
        assert browser.post("/ecm27/organise/partners", data={"name": name, "tier": "sponsor"}).status_code == 303
    db.session.refresh(camp)
    one, two = camp.partners
    browser.post(f"/ecm27/organise/partners/{two.id}/move", data={"way": "up"})
    assert "Sponsored by Zwei, Eins." in browser.get("/ecm27/", headers=EN).text
    page = make.save(browser, f"/ecm27/organise/partners/{one.id}", data={"name": "Eins AG", "tier": "sponsor", "url": "eins"}, headers=EN)
    assert (page.status_code, "A link begins with https://." in page.text, 'value="Eins AG"' in page.text) == (422, True, True)
    make.save(browser, f"/ecm27/organise/partners/{one.id}", data={"name": "Eins AG", "tier": "organiser", "url": "https://eins.example"})
    browser.post(f"/ecm27/organise/partners/{two.id}/remove")
    db.session.refresh(camp)
    assert [(partner.name, partner.tier, partner.url) for partner in camp.partners] == [("Eins AG", "organiser", "https://eins.example")]
    refused = browser.post("/ecm27/organise/partners", data={"name": "", "tier": "boss"}, headers=EN)
    assert refused.status_code == 422
