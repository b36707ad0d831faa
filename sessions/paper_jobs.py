"""The job that prints topic cards, with progress and a way to stop it; its files lie in the installation's folder."""

from __future__ import annotations

from typing import Any

from flask import current_app
from flask_babel import force_locale

from camp import printed
from camp.errors import N_, Conflict
from camp.jobs import Cancelled, Progress
from camp.models import Camp
from sessions import paper, paper_files

NAME = "paper"
KEPT = 3  # prints of a camp
ON_A_SHEET = {"a6": 4, "a5": 2}


def print_cards(progress: Progress, camp: Camp, args: dict[str, Any]) -> dict[str, Any]:
    """Print topic cards. `args`: which (paper.WHICH), size, language."""
    found = paper.cards(camp, args["which"])
    if not found:
        raise Conflict(N_("There is no such card to print."), N_("The page of paper says how many there are."))
    sheets = -(-len(found) // ON_A_SHEET[args["size"]])

    def tell(page: int) -> None:
        if progress.cancelled():
            raise Cancelled
        progress.tell(5 + 60 * page // sheets, N_("Sheet %(number)d of %(total)d"), number=min(page, sheets),
                      total=sheets)

    with force_locale(args["language"]):
        content = paper_files.cards(camp, found, args["size"], tell=tell)
    config = current_app.config["CAMP"]
    name = printed.keep(config, camp.id, NAME, content)
    printed.forget_older(config, camp, NAME, KEPT)
    path = current_app.url_map.bind("").build("paper.download", {"camp": camp.slug, "job_id": progress.job_id})
    return {"file": name, "link": path, "label": N_("Download the cards"),
            "note": N_("Cards: %(number)d, sheets: %(total)d."), "note_values": {"number": len(found), "total": sheets}}
