from __future__ import annotations

import io
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import zxingcpp
from flask import Flask
from PIL import Image

from badges import blanks, drill, ledger, pieces, setting
from badges import jobs as badge_jobs
from badges.jobs import Wish
from badges.models import Badge
from camp import jobs, pictures, printed, wlan
from camp.db import db, writing
from camp.errors import BadInput
from camp.models import Camp, Job
from tests import make
from tests.badges.made import KEY, code


def _print(camp: Camp, **wish: Any) -> Job:
    with writing():
        job = jobs.ask(camp, "badges", Wish(**wish).told(), None)
    assert jobs.run_next()
    db.session.rollback()
    db.session.refresh(job)
    return job


def _codes_in(pdf: Path, into: Path) -> set[str]:
    subprocess.run(["pdftoppm", "-r", "150", "-png", pdf, into / "page"], check=True)
    return {found.text for page in sorted(into.glob("page*.png")) for found in zxingcpp.read_barcodes(Image.open(page), formats=zxingcpp.BarcodeFormat.QRCode)}


def test_a_print_holds_the_code_of_everybody_with_a_place(app: Flask, tmp_path: Path) -> None:
    camp = make.camp()
    people = [make.participant(camp, f"Mai{n}", organisation="Öztürk & Söhne") for n in range(3)]
    make.participant(camp, "Wei", state="waiting")
    job = _print(camp)
    path = printed.stored(app.config["CAMP"], job)
    assert path is not None
    assert (job.state, job.result) == ("done", {
        "file": path.name, "number": 3, "link": f"/ecm27/organise/badges/{job.id}.pdf", "label": "Download the badges"})
    assert _codes_in(path, tmp_path) == {f"HTTPS://LOCALHOST/B/{code(who)}" for who in people}
    assert (path.stat().st_mode & 0o777, path.parent.stat().st_mode & 0o777) == (0o600, 0o700)


def test_without_anybody_the_job_says_so(app: Flask) -> None:
    job = _print(make.camp())
    assert (job.state, job.note) == ("failed", "Nobody has a place yet, so there are no badges to print.")
    assert db.session.query(Badge).count() == 0


def test_only_the_latest_prints_are_kept(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(badge_jobs.setting, "pdf", lambda *_, **__: b"%PDF")
    camp = make.camp()
    make.participant(camp)
    prints = [_print(camp, again=True) for _ in range(badge_jobs.KEPT + 2)]
    kept = [printed.stored(app.config["CAMP"], job) is not None for job in prints]
    assert kept == [False, False] + [True] * badge_jobs.KEPT


def test_a_name_that_no_card_holds_is_named(app: Flask) -> None:
    camp = make.camp()
    make.participant(camp, "W" * 3000)
    with pytest.raises(BadInput, match="too long for a badge"):
        badge_jobs.render(badge_jobs.gather(camp, Wish()))


def test_characters_without_a_font_are_named(app: Flask) -> None:
    camp = make.camp()
    make.participant(camp, "Mai\U000E0FFE\ue000")
    with pytest.raises(BadInput, match="No font"):
        badge_jobs.render(badge_jobs.gather(camp, Wish()))


@pytest.fixture
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(setting, "pdf", lambda *_, **__: b"%PDF")


@pytest.mark.usefixtures("_quick")
def test_a_print_is_written_down_and_a_second_one_has_to_be_wanted(app: Flask) -> None:
    camp = make.camp()
    mai = make.participant(camp)
    assert _print(camp, whose="new").state == "done"
    assert [(run.whose, run.layout, run.number) for run in ledger.prints(camp)] == [("new", "a4-10", 1)]
    again = _print(camp, whose="chosen", chosen=[mai.id])
    assert (again.state, again.note) == ("failed", "Some of these badges have been printed already.")
    assert _print(camp, whose="chosen", chosen=[mai.id], again=True).state == "done"
    assert [row.times for row in ledger.of(camp).values()] == [2]
    nothing = _print(camp, whose="new")
    assert (nothing.state, nothing.note) == ("failed", "There are no badges of this choice.")


@pytest.mark.usefixtures("_quick")
def test_blank_badges_are_printed_once(app: Flask) -> None:
    camp = make.camp()
    with writing():
        blanks.make(camp, 3, KEY)
    assert _print(camp, whose="blank").result["number"] == 3
    assert all(blank.printed_at for blank in blanks.unbound(camp))
    assert _print(camp, whose="blank").note == "There are no blank badges that were not printed yet."
    assert _print(camp, whose="blank", again=True).result["number"] == 3


@pytest.mark.usefixtures("_quick")
def test_badges_for_a_drill_are_printed_and_nothing_of_it_is_kept(app: Flask) -> None:
    job = _print(make.camp(), whose="drill")
    assert (job.result["number"], job.note, db.session.query(Badge).count()) == (drill.PEOPLE, badge_jobs.TRUE_SIZE, 0)


@pytest.mark.usefixtures("_quick")
def test_the_job_says_how_to_print_and_the_logo_goes_along(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    orders: list[setting.Order] = []

    def pdf(order: setting.Order, *, tell: Callable[[int], None], **_: object) -> bytes:
        orders.append(order)
        tell(40)
        return b"%PDF"

    monkeypatch.setattr(setting, "pdf", pdf)
    monkeypatch.setattr(pieces, "MOST", 1)
    camp, picture, told = make.camp(), io.BytesIO(), []
    Image.new("RGB", (40, 20)).save(picture, "PNG")
    with writing():
        pictures.put(camp, camp, picture.getvalue())
    make.participant(camp, "Mai", "A")
    make.participant(camp, "Wei", "B")
    assert _print(camp, whose="new", layout=pieces.FOLDED).note == badge_jobs.FOLD
    assert [(order.look.logo, order.picture[:4]) for order in orders] == [((40, 20), b"\x89PNG")] * 2
    badge_jobs.render(badge_jobs.gather(camp, Wish(again=True)), told.append)
    assert told == [20, 70]


@pytest.mark.usefixtures("_quick")
def test_a_folded_badge_has_a_private_code_of_its_own(app: Flask) -> None:
    camp = make.camp()
    mai, _ = make.participant(camp, "Mai", "A"), make.participant(camp, "Wei", "B")
    with writing():
        wlan.add(camp, "1234-5678")
        wlan.give(camp, {mai.id: "1234-5678"})
    faces = badge_jobs.gather(camp, Wish(layout=pieces.FOLDED)).faces
    inside = [face.code_url for face in faces[2::4]]
    assert ["1234-5678" in face.text for face in faces[3::4]] == [True, False]
    assert len(faces) == 8 and len(set(inside)) == 2
    assert all(address.startswith("HTTPS://LOCALHOST/P/") and len(address.rpartition("/")[2]) == 26 for address in inside)
    assert badge_jobs.gather(camp, Wish(layout=pieces.FOLDED)).faces == faces


def test_large_prints_become_an_archive() -> None:
    assert badge_jobs.one_file([b"%PDF"]) == (b"%PDF", "pdf")
    content, end = badge_jobs.one_file([b"one", b"two"])
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert (end, {name: archive.read(name) for name in archive.namelist()}) == ("zip", {"badges-01.pdf": b"one", "badges-02.pdf": b"two"})


def test_a_print_that_is_stopped_leaves_nothing(app: Flask) -> None:
    camp = make.camp()
    make.participant(camp)
    with writing():
        job = jobs.ask(camp, "badges", Wish().told(), None)
        job.cancel_asked = True
    assert jobs.run_next()
    db.session.rollback()
    db.session.refresh(job)
    assert (job.state, job.result, list(ledger.prints(camp))) == ("cancelled", {}, [])


@pytest.mark.parametrize("error", [setting.TooHeavy(), setting.Stopped()])
def test_a_print_that_takes_too_much_says_so(app: Flask, monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    def fail(*_: object, **__: object) -> bytes:
        raise error

    monkeypatch.setattr(setting, "pdf", fail)
    camp = make.camp()
    make.participant(camp)
    job = _print(camp)
    assert (job.state, job.note) == (("failed", "The print took too much time or memory.") if isinstance(error, setting.TooHeavy) else ("cancelled", ""))
