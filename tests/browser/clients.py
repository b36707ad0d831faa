"""Independent readers of what the camp gives out: ical.js and khal for calendars, zxing-cpp for codes, pypdf for PDFs."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdf
import zxingcpp
from PIL import Image

from badges import labels

HERE = Path(__file__).parent
DATA = HERE.parent / "data"


def camp(*words: str | Path, code: int = 0) -> str:
    """What an operator types; gives stdout, and fails if the exit code is another one."""
    run = subprocess.run([sys.executable, "-m", "camp", *map(str, words)], capture_output=True, text=True, timeout=180,
                         env={key: value for key, value in os.environ.items() if not key.startswith("CAMP_")})
    assert run.returncode == code, f"{run.returncode}: {run.stdout}\n{run.stderr}"
    return run.stdout


def thunderbird(file: Path) -> list[dict[str, Any]]:
    """The events of a calendar file as ical.js reads them."""
    run = subprocess.run(["node", HERE / "read_calendar.mjs", file], capture_output=True, text=True, cwd=HERE, check=True)
    events: list[dict[str, Any]] = json.loads(run.stdout)
    return events


def khal(file: Path, folder: Path, first: str, last: str) -> list[str]:
    """Lines that khal prints of a calendar file between two days: 'HH:MM-HH:MM title'."""
    calendar = folder / "calendar"
    calendar.mkdir(parents=True, exist_ok=True)
    (folder / "khal.conf").write_text(
        f"[calendars]\n[[camp]]\npath = {calendar}\ntype = calendar\n[locale]\nlocal_timezone = Europe/Berlin\ndefault_timezone = Europe/Berlin\n"
        "timeformat = %H:%M\ndateformat = %Y-%m-%d\nlongdateformat = %Y-%m-%d\ndatetimeformat = %Y-%m-%d %H:%M\nlongdatetimeformat = %Y-%m-%d %H:%M\n"
        f"[sqlite]\npath = {folder / 'khal.db'}\n[default]\ndefault_calendar = camp\n")
    environ = os.environ | {"LC_ALL": "C.UTF-8", "HOME": str(folder), "XDG_CACHE_HOME": str(folder / "cache")}
    command = ["khal", "-c", str(folder / "khal.conf")]
    subprocess.run([*command, "import", "--batch", "-a", "camp", str(file)], check=True, capture_output=True, env=environ)
    run = subprocess.run([*command, "list", "--format", "{start-time}-{end-time} {title}", "--day-format", "", first, last],
                         capture_output=True, text=True, check=True, env=environ)
    return [line.strip() for line in run.stdout.splitlines() if line.strip()]


def evaluate(problem: Path, plan: Path) -> dict[str, Any]:
    """What the independent checker says of a plan."""
    run = subprocess.run([sys.executable, DATA / "scheduling" / "evaluate.py", problem, plan, "--json"], capture_output=True, text=True)
    assert run.returncode in (0, 1), run.stderr
    found: dict[str, Any] = json.loads(run.stdout)
    return found


def pages_as_pictures(pdf: Path, folder: Path, dpi: int = 150) -> list[Path]:
    """Each page of a PDF in shades of grey."""
    subprocess.run(["pdftoppm", "-r", str(dpi), "-gray", str(pdf), str(folder / "page")], check=True)
    return sorted(folder.glob("page*.pgm"))


def codes(picture: Path) -> list[str]:
    """The QR codes on a picture."""
    return [found.text for found in zxingcpp.read_barcodes(Image.open(picture), formats=zxingcpp.BarcodeFormat.QRCode)]


def words_of(pdf: bytes) -> str:
    """The text of a PDF."""
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(BytesIO(pdf)).pages)


def film(shown: list[Image.Image], file: Path, pictures: int = 90) -> None:
    """A film for the fake camera: each for three seconds, or so many pictures (an .mjpeg always plays at 30 a second)."""
    with file.open("wb") as out:
        for picture in shown:
            frame = BytesIO()
            picture.convert("RGB").save(frame, "JPEG", quality=90)
            out.write(frame.getvalue() * pictures)


@dataclass(frozen=True)
class Card:
    """A printed badge cut out of its page: its picture and what its code says."""

    picture: Image.Image
    text: str


def cards(pdf: Path, folder: Path, sheet: labels.Sheet = labels.A4_TEN, dpi: int = 200) -> list[Card]:
    """The badges on the pages of a print, as they lie on the paper."""
    found, unit = [], dpi / 25.4
    for page in pages_as_pictures(pdf, folder, dpi):
        with Image.open(page) as whole:
            for left, top in labels.positions(sheet):
                box = [round(value * unit) for value in (left, top, left + sheet.card_mm[0], top + sheet.card_mm[1])]
                picture = whole.crop((box[0], box[1], box[2], box[3])).convert("L")
                found += [Card(picture, code.text) for code in zxingcpp.read_barcodes(picture)]
    return found
