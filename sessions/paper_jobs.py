"""The job that prints topic cards, with progress and a way to stop it; its files lie in the installation's folder."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Any

from flask import current_app
from flask_babel import force_locale

from camp.db import db
from camp.errors import N_, Conflict
from camp.jobs import Cancelled, Progress
from camp.models import Camp, Job
from sessions import paper, paper_files

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
    name = _keep(camp, content)
    path = current_app.url_map.bind("").build("paper.download", {"camp": camp.slug, "job_id": progress.job_id})
    return {"file": name, "link": path, "label": N_("Download the cards"),
            "note": N_("Cards: %(number)d, sheets: %(total)d."), "note_values": {"number": len(found), "total": sheets}}


def stored(job: Job) -> Path | None:
    """The file that a job left, if it still exists."""
    name = Path(str(job.result.get("file", ""))).name
    path = _folder() / name
    return path if name and path.is_file() else None


def every_print(instance: Path, camp: Camp) -> list[Path]:
    """The cards of a camp that lie in the folder of an instance."""
    return sorted((instance / "files").glob(f"{_stem(camp)}*.pdf"))


def _keep(camp: Camp, content: bytes) -> str:
    folder = _folder()
    db.session.rollback()
    folder.mkdir(mode=0o700, exist_ok=True)
    name = f"{_stem(camp)}{secrets.token_hex(16)}.pdf"
    with os.fdopen(os.open(folder / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
    found = sorted(folder.glob(f"{_stem(camp)}*.pdf"), key=lambda path: path.stat().st_mtime_ns)
    for older in found[:-KEPT]:
        older.unlink(missing_ok=True)
    return name


def _folder() -> Path:
    return Path(current_app.config["CAMP"].folder) / "files"


def _stem(camp: Camp) -> str:
    return f"cards-{camp.id}-"
