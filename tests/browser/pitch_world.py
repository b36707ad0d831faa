"""The camp `live` in the middle of its pitch round: somebody on the stage, a line, hands, screens, a growing grid."""

from __future__ import annotations

from flask import Flask

from camp import camps, people, phases, uploads
from camp.db import db, writing
from camp.models import Camp, Day, Partner, Person
from sessions import desk, guests, introductions, pitches, proposal_file, proposal_import, screens, stage
from tests import make


def build(app: Flask, who: dict[str, Person]) -> dict[str, object]:
    """Make it; gives values for addresses."""
    camp = make.camp("live", rooms=4, slots=4, title="Live-Camp")
    with writing():
        for name in phases.NAMES:
            camps.set_phase(camp, name, None, None)
        for role in ("organiser", "moderator"):
            people.give_role(camp, who[role], role)
        camp.partners.append(Partner(name="Donaudampfschifffahrtsgesellschaft", tier="sponsor"))
    cast = [make.participant(camp, f"Mai{n}", "Öztürk-Großmann", organisation="Donaudampfschifffahrtsgesellschaft mbH", hashtags=["#KI", f"#Thema{n}"],
                             first_time=n == 2) for n in range(6)]
    placed, waiting = make.session(camp, "Was Händler von Bibliotheken lernen können", [cast[0]]), make.session(camp, "Phishing: live gezeigt", [cast[1]])
    make.vote(app, cast[2], placed, waiting)
    with writing():
        for one in cast:
            introductions.wish(one, cloud=True, buddy="guide")
        desk.save(camp, desk.Pitch("n1", placed.title, desk.host_of(placed), 12))
        pitches.join(camp, session=waiting)
        stage.call_next(camp)
        turn = pitches.join(camp, participant=cast[2], title="Ein sehr langer Titel mit Donaudampfschifffahrtsgesellschaftskapitänswitwe")
        pitches.join(camp, name="Jemand ohne Konto", title="Noch eins")
        pitches.join(camp, participant=cast[0], title="Schon einmal dran gewesen")
        pitches.second_round(camp)
    values: dict[str, object] = {"turn": turn.id, "pitched": placed.id}
    quiet = camps.by_slug("leer")
    for slug, at in (("live", camp), ("leer", quiet)):
        assert at is not None
        with writing():
            values |= {f"{kind}_{slug}": screens.make(at, "Bühne", kind)[0] for kind in screens.KINDS}
    with writing():
        gone, screen = screens.make(camp, "Foyer", "beamer")
        screens.revoke(camp, screen.id)
    who["live"] = cast[3].person
    return values | {"beamer_gone": gone} | _from_the_wall(app, camp, quiet, who)


def _from_the_wall(app: Flask, camp: Camp, quiet: Camp | None, who: dict[str, Person]) -> dict[str, object]:
    """Proposals without an account, and lists of proposals that wait."""
    key, opened = app.config["CAMP"].secret_key, camps.by_slug("offen")
    assert quiet is not None and opened is not None
    with writing():
        camp.days.append(Day(date=camps.today(camp)))
        db.session.flush()
        here, gone = (guests.propose(camp, title, "Mai ohne Konto", "n") for title in ("Wer baut mit mir ein Fahrradkino?", "Doch nicht"))
        guests.withdraw(camp, gone)
        values: dict[str, object] = {"guest_here": guests.token_of(here, key), "guest_gone": guests.token_of(gone, key)}
        values |= {f"wall_{one.slug}": guests.code_of(one, key) for one in (camp, quiet)}
        for name, at, text in (("topics", camp, "Titel;Wer;Schlagworte\nPhishing;Mai1 Öztürk-Großmann;Recht\nOhne;nobody@example.org;\n"),
                               ("topics_unknown", opened, "Was;Von\n")):
            sheet, broken = proposal_import.read("themen.csv", text.encode())
            values[name] = uploads.keep(at, who["organiser"], "themen.csv", sheet, broken, proposal_file.guess(sheet.lines[0][1])).id
    return values
