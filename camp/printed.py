"""Files that jobs made for people to fetch: in the installation's folder, private, a few of each kind."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from sqlalchemy import select

from camp.config import Config
from camp.db import db
from camp.models import Camp, Job


def keep(config: Config, camp_id: int, kind: str, content: bytes, end: str = "pdf") -> str:
    """Write what a job of this kind (its name) made; gives the file's name, which the job's result holds as "file"."""
    folder = config.folder / "files"
    folder.mkdir(mode=0o700, exist_ok=True)
    name = f"{kind}-{camp_id}-{secrets.token_hex(16)}.{end}"
    with os.fdopen(os.open(folder / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
    return name


def stored(config: Config, job: Job) -> Path | None:
    """The file that a job left, if it still exists."""
    name = str(job.result.get("file", ""))
    path = config.folder / "files" / Path(name).name
    return path if name and path.is_file() else None


def of_camp(instance: Path, camp: Camp, *kinds: str) -> list[Path]:
    """What jobs of these kinds left in the folder of an instance, also one that ended before it could say so."""
    folder, results = instance / "files", db.session.scalars(
        select(Job.result).where(Job.camp_id == camp.id, Job.name.in_(kinds)))
    told = [folder / name for result in results if (name := Path(str(result.get("file", ""))).name)]
    left = [path for kind in kinds for path in folder.glob(f"{kind}-{camp.id}-*")]
    return sorted({path for path in (*told, *left) if path.is_file()})


def forget_older(config: Config, camp: Camp, kind: str, kept: int) -> None:
    """Leave the newest files of a kind."""
    found = sorted(of_camp(config.folder, camp, kind), key=lambda path: path.stat().st_mtime_ns)
    for path in found[:-kept]:
        path.unlink(missing_ok=True)
