"""The job that proves how good the plan is; what it has proven is kept at once, so that stopping loses nothing."""

from __future__ import annotations

import time
from typing import Any

from flask import current_app
from flask_babel import force_locale

from camp.db import writing
from camp.errors import N_, Conflict
from camp.jobs import Progress
from camp.models import Camp
from sessions import proofs, words
from sessions.jobs import seldom
from sessions.planner import NoPlan, NoProof, prove
from sessions.planner.bound import Proof, told
from sessions.standing import standing_of

SECONDS = 60


def prove_plan(progress: Progress, camp: Camp, args: dict[str, Any]) -> dict[str, Any]:
    """Prove how far the plan that stands is from the best possible one. `args`: seconds, link, language."""
    seconds, start, camp_id = float(args["seconds"]), time.monotonic(), camp.id
    standing = standing_of(camp, current_app.config["CAMP"].vote_key)
    if not standing.placed:
        raise Conflict(N_("The plan is empty."), N_("Put a session into a cell first, or let a plan be made."))
    mark, heard = proofs.mark_of(standing), list[Proof]()

    def hear(proof: Proof) -> None:
        heard.append(proof)
        msgid, values = told(proof)
        progress.tell(round(100 * (time.monotonic() - start) / seconds), msgid, **values)
        with writing():
            proofs.keep(camp_id, mark, proof.bound, proof.closer)

    try:
        prove(standing.problem, standing.placed, deadline=start + seconds, cancelled=seldom(progress.cancelled),
              progress=hear)
    except NoProof as error:
        raise Conflict(error.msgid) from error
    except NoPlan as error:
        with force_locale(args["language"]):
            culprits = words.told_all(error.breaches, words.names_of(standing))
        raise Conflict(N_("The plan breaks a rule, mend it first: %(culprits)s"), culprits=culprits) from error
    note, values = told(heard[-1])
    return {"link": args["link"], "label": N_("To the quality of the plan"), "note": note, "note_values": values}
