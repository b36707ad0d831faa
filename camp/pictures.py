"""The pictures of a camp: its logo, the ways to its rooms, the logos of its partners; kept in the database."""

from __future__ import annotations

import secrets
from base64 import b64encode

from sqlalchemy import ForeignKey, LargeBinary, delete, select
from sqlalchemy.orm import Mapped, mapped_column, undefer

from camp import camps, images, log
from camp.db import LARGEST_ID, Model, db
from camp.models import Camp, Partner, Room

# Whoever has a picture knows its number; wide and high are what is kept of it at most, in pixels.
Owner = Camp | Room | Partner
_SIZES: dict[type[Owner], tuple[int, int]] = {Camp: (1200, 600), Room: (1600, 1600), Partner: (800, 400)}


class Picture(Model):
    """A picture as it is sent to browsers: `mime` is image/png or image/jpeg. Another one has another number."""

    __tablename__ = "picture"
    id: Mapped[int] = mapped_column(primary_key=True)
    camp_id: Mapped[int] = mapped_column(ForeignKey("camp.id", ondelete="CASCADE"), index=True)
    mime: Mapped[str]
    width: Mapped[int]
    height: Mapped[int]
    data: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)

    @property
    def address(self) -> str:
        """The picture itself as an address, for pages that are made into a PDF."""
        return f"data:{self.mime};base64,{b64encode(self.data).decode()}"


def logo_of(camp: Camp) -> Picture | None:
    """The camp's logo with its bytes in `data`; none if it has none. What it shows in words is the camp's title."""
    return of(camp, camp.picture_id) if camp.picture_id else None


def size_of_logo(camp: Camp) -> tuple[int, int]:
    """How many pixels the camp's logo has across and down; two zeros without one."""
    found = camp.picture_id and db.session.get(Picture, camp.picture_id)
    return (found.width, found.height) if found else (0, 0)


def of(camp: Camp, picture_id: int) -> Picture | None:
    """A picture of this camp, with its bytes."""
    return db.session.scalar(select(Picture).where(Picture.camp_id == camp.id, Picture.id == picture_id)
                             .options(undefer(Picture.data)))


def logos(camp: Camp) -> dict[int, str]:
    """The logos of the camp and its partners, by number, as addresses that hold the picture itself."""
    wanted = [number for number in (camp.picture_id, *(partner.picture_id for partner in camp.partners)) if number]
    if not wanted:
        return {}
    found = db.session.scalars(select(Picture).where(Picture.camp_id == camp.id, Picture.id.in_(wanted))
                               .options(undefer(Picture.data)))
    return {picture.id: picture.address for picture in found}


def put(camp: Camp, owner: Owner, data: bytes, *, person_id: int | None = None) -> Picture:
    """Give the camp, a room or a partner a picture in the place of the one before. Raises BadInput for what is none."""
    clean = images.cleaned(data, *_SIZES[type(owner)])
    camps.lock(camp)
    forget(owner)
    made = Picture(id=_number(), camp_id=camp.id, mime=clean.mime, width=clean.width, height=clean.height,
                   data=clean.data)
    db.session.add(made)
    db.session.flush()
    owner.picture_id = made.id
    _note(camp, person_id)
    return made


def copy(source: Camp, target: Camp, picture_id: int | None) -> int | None:
    """Keep a camp's picture at another camp too; gives its number there, none for no picture."""
    found = of(source, picture_id) if picture_id else None
    if found is None:
        return None
    made = Picture(id=_number(), camp_id=target.id, mime=found.mime, width=found.width, height=found.height,
                   data=found.data)
    db.session.add(made)
    return made.id


def remove(camp: Camp, owner: Owner, *, person_id: int | None = None) -> None:
    """Take a picture away."""
    camps.lock(camp)
    forget(owner)
    _note(camp, person_id)


def forget(owner: Owner) -> None:
    """Delete the picture of what goes itself."""
    if owner.picture_id:
        db.session.execute(delete(Picture).where(Picture.id == owner.picture_id))
        owner.picture_id = None


def _number() -> int:
    """By chance, because browsers keep what they saw under a number, and SQLite gives numbers again."""
    return secrets.randbelow(LARGEST_ID) + 1


def _note(camp: Camp, person_id: int | None) -> None:
    camps.changed(camp)
    log.note("changed pictures", camp_id=camp.id, person_id=person_id)
