from __future__ import annotations

from flask import Flask

from camp import groups, people
from tests import make


def test_who_brings_a_session_and_who_does_not_yet(app: Flask) -> None:
    camp, other = make.camp(), make.camp("other")
    for name in ("Hält", "Zurück", "Ohne"):
        make.participant(camp, name)
    make.participant(camp, "Wartet", state="waiting")
    everybody = {who.given_name: who for who in people.participants(camp)}
    make.session(camp, "A", [everybody["Hält"]])
    make.session(camp, "B", [everybody["Zurück"]], state="withdrawn")
    make.session(other, "C", [make.participant(other, "Fremd")])
    found = {name: {who.given_name for who in people.search(camp, "", groups.of(app)[name].condition(camp))} for name in ("hosts", "no-proposal")}
    assert found == {"hosts": {"Hält"}, "no-proposal": {"Zurück", "Ohne"}}
