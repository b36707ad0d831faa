"""The printing job: badges chosen, set as PDF in a process of its own, kept until five newer prints exist."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from flask import current_app
from flask_babel import force_locale, gettext
from sqlalchemy import select

from badges import blanks, drill, ledger, look, pieces, printing, private_codes, progress, setting
from badges.card import BadgeCard, Face, Inside
from badges.fit import TooLong
from badges.fonts import FontMissing
from badges.sheet import Look
from camp import log, pictures, printed, texts, wlan
from camp.config import Config
from camp.db import db, writing
from camp.errors import N_, BadInput, Conflict
from camp.jobs import Cancelled, Progress
from camp.models import Camp, Job
from camp.pages import KIND_LABELS
from camp.paths import VENDOR

AGAIN = N_("Say that you want them again.")
FOLD = N_("Print on both sides, turned over the short edge; then fold each sheet in the middle, the names outside.")
TRUE_SIZE = N_("Print in true size, at 100 %.")
NAME = "badges"
KEPT = 5  # prints; each holds all names, so no more than are of use


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked for: whose badges (printing.WHOSE), on which sheet, the place of the first.

    `chosen`: ids of participants, if they are chosen singly; `again`: those printed and not changed come too.
    """

    whose: str = "all"
    layout: str = "a4-10"
    start: int = 1
    chosen: Sequence[int] = field(default=())
    again: bool = False

    def told(self) -> dict[str, Any]:
        """The wish as the arguments of a job."""
        return asdict(self) | {"chosen": list(self.chosen)}


def print_badges(running: Progress, camp: Camp, args: dict[str, Any]) -> dict[str, Any]:
    """Print badges of a camp: make the missing ones, set the sheets without holding the database, keep the file."""
    wish = Wish(**args)
    person_id = db.session.scalar(select(Job.asked_by).where(Job.id == running.job_id))
    batch = gather(camp, wish)

    def stopped() -> bool:
        return running.cancelled()

    def tell(percent: int) -> None:
        running.tell(5 + 90 * percent // 100, N_("%(number)s badges are being set."), number=batch.number)

    try:
        files = render(batch, tell, stopped)
    except setting.Stopped as error:
        raise Cancelled from error
    config = current_app.config["CAMP"]
    name = printed.keep(config, camp.id, NAME, *one_file(files))
    with writing():
        note(camp, wish, batch, person_id)
    printed.forget_older(config, camp, NAME, KEPT)
    db.session.rollback()
    path = current_app.url_map.bind("").build("sheets.download", {"camp": camp.slug, "job_id": running.job_id})
    return {"file": name, "number": batch.number, "link": path, "label": N_("Download the badges"),
            "note": FOLD if wish.layout == pieces.FOLDED else TRUE_SIZE}


@dataclass(frozen=True, slots=True)
class Batch:
    """What is printed: the faces in the order of the paper, how many badges, what goes into the ledger, the look."""

    faces: Sequence[Face]
    number: int
    printed: Sequence[tuple[int, BadgeCard]]
    blank_ids: Sequence[int]
    layout: str
    start: int
    common: Look
    picture: bytes = b""


def gather(camp: Camp, wish: Wish) -> Batch:
    """The badges of a wish as they are now; the missing ones are made first, in a transaction of its own.

    Raises Conflict for none, or if some were printed before and the wish does not say that they are wanted again.
    """
    if wish.whose == "blank":
        return _blank(camp, wish)
    if wish.whose == "drill":
        config: Config = current_app.config["CAMP"]
        return _batch(camp, wish, drill.cards(camp, config.badge_key, config.host, words(camp)))
    printing.somebody(camp)
    make_missing(camp)
    found = printing.chosen(rows(camp), wish.whose, wish.chosen)
    if not wish.again and wish.whose in ("all", "chosen") and any(row.again for row in found):
        raise Conflict(N_("Some of these badges have been printed already."), AGAIN)
    return _batch(camp, wish, [row.card for row in found], insides=_insides(camp, found, wish.layout),
                  printed=[(row.badge.id, row.card) for row in found])


def _batch(camp: Camp, wish: Wish, cards: Sequence[BadgeCard], insides: Sequence[tuple[Inside, Inside]] = (),
           printed: Sequence[tuple[int, BadgeCard]] = (), blank_ids: Sequence[int] = ()) -> Batch:
    common = look.common(camp)
    logo = pictures.logo_of(camp) if any(common.logo) else None
    batch = Batch(pieces.faces(cards, wish.layout, insides), len(cards), printed, blank_ids, wish.layout, wish.start,
                  common, logo.data if logo else b"")
    db.session.rollback()  # setting the sheets takes seconds, and nothing is read any more
    return batch


def _blank(camp: Camp, wish: Wish) -> Batch:
    config: Config = current_app.config["CAMP"]
    found = [one for one in blanks.unbound(camp) if wish.again or one.printed_at is None]
    if not found:
        raise Conflict(N_("There are no blank badges that were not printed yet."), N_("Make new ones."))
    return _batch(camp, wish, printing.blank_cards(found, config.badge_key, config.host, words(camp)),
                  blank_ids=[one.id for one in found])


def render(batch: Batch, tell: progress.Tell = progress.nobody,
           stopped: Callable[[], bool] = lambda: False) -> list[bytes]:
    """The PDF of a batch, or several of at most 1,000 badges each; `tell` gets how many percent are done.

    Raises BadInput when a text cannot be printed, with the text or script in question, setting.Stopped if stopped.
    """
    folder: Path = current_app.config["CAMP"].folder
    files: list[bytes] = []
    parts = pieces.parts(batch.faces, batch.layout, batch.start)
    for number, (faces, start) in enumerate(parts):
        order = setting.Order(faces, batch.common, batch.layout, start, VENDOR, batch.picture)

        def share(percent: int, number: int = number) -> None:
            tell((100 * number + percent) // len(parts))

        try:
            files.append(setting.pdf(order, closed=folder, stop=stopped, tell=share))
        except FontMissing as error:
            raise _no_font(error) from error
        except TooLong as error:
            raise BadInput(N_("“%(words)s” is too long for a badge. Shorten it."), words=error.text[:60]) from error
        except setting.TooHeavy as error:
            raise BadInput(N_("The print took too much time or memory."), N_("Print fewer badges at once.")) from error
    return files


def rows(camp: Camp) -> list[printing.Row]:
    """The badges of a camp as they would be printed now."""
    config: Config = current_app.config["CAMP"]
    return printing.rows(camp, config.badge_key, config.host, words(camp))


def words(camp: Camp) -> printing.Words:
    """The words on badges, in the camp's first language."""
    with force_locale(camp.languages[0]):
        return printing.Words({kind: gettext(label) for kind, label in KIND_LABELS.items()},
                              {role: gettext(label) for role, label in printing.ROLES.items()},
                              gettext("No. %(number)s", number="%(number)s"),
                              {"role": gettext("Drill"), "waiting": gettext("on the waiting list"),
                               "cancelled": gettext("has cancelled")})


def note(camp: Camp, wish: Wish, batch: Batch, person_id: int | None) -> None:
    """Write the print into the ledger; runs inside a writing transaction."""
    ledger.note(camp, wish.whose, wish.layout, batch.number, batch.printed, person_id=person_id)
    blanks.note_printed(camp, batch.blank_ids)


def one_file(files: Sequence[bytes]) -> tuple[bytes, str]:
    """What is downloaded, and the end of its name: the PDF, or an archive of several."""
    if len(files) == 1:
        return files[0], "pdf"
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for number, content in enumerate(files, 1):
            archive.writestr(f"badges-{number:02}.pdf", content)
    return packed.getvalue(), "zip"


def make_missing(camp: Camp) -> None:
    """Give every admitted participant a badge, in a writing transaction of its own."""
    with writing():
        made = printing.ensure_badges(camp, current_app.config["CAMP"].badge_key)
        if made:
            log.note("made badges", camp_id=camp.id, number=made)


def _insides(camp: Camp, rows: Sequence[printing.Row], layout: str) -> list[tuple[Inside, Inside]]:
    """For folded badges: each person's private code, and the WLAN's text with their own code for it."""
    if layout != pieces.FOLDED:
        return []
    config: Config = current_app.config["CAMP"]
    with writing():
        private_codes.ensure(camp, [row.badge.participant_id for row in rows], config.badge_key)
    addresses = private_codes.addresses(camp, config.badge_key, config.host)
    general, _ = texts.read(camp, "wlan", camp.languages[0])
    with force_locale(camp.languages[0]):
        heading, title = gettext("Only for you"), gettext("WLAN")
        said = gettext("This code signs you in on the days of the camp, in the browser that opens it first. "
                       "Show it to nobody.")
        own = {who: gettext("Your code: %(code)s", code=code) for who, code in wlan.codes_of(camp).items()}
    found = [row.badge.participant_id for row in rows]
    return [(Inside(heading, said, addresses[who]), Inside(title, "\n".join(filter(None, (general, own.get(who))))))
            for who in found]


def _no_font(error: FontMissing) -> BadInput:
    if not error.package:
        return BadInput(N_("No font has these characters: %(characters)s. Take them out of the text."),
                        characters=error.characters)
    return BadInput(N_("No font for %(script)s (%(characters)s) is installed. On Debian: apt-get install %(package)s"),
                    script=error.script, characters=error.characters, package=error.package)
