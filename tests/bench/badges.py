"""Rows about printing badges: against WeasyPrint with codes as SVG, ReportLab and typst; bytes and memory."""

from __future__ import annotations

import csv
import functools
import json
import os
import statistics
import subprocess
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path
from typing import Any

from camp import tokens
from tests.bench import environment
from tests.bench.rows import DATA, Row

ROUNDS, NUMBER, MANY = 5, 500, 1000
PEERS = ("reportlab==5.1.0", "typst==0.15.2")
ROOT = Path(__file__).parents[2]


def people(number: int) -> list[dict[str, Any]]:
    """So many people: the given names of the sample camp with its family names, none twice."""
    with (DATA / "camp" / "people-rest-utf8.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    found = []
    for n in range(number):
        one, other = rows[n % len(rows)], rows[(n + 1 + n // len(rows) * 7) % len(rows)]
        code = tokens.badge_code("b" * 43, f"{n}", 1)
        found.append({
            "name": one["Vorname"], "family": other["Nachname"], "organisation": other["Organisation"],
            "kind_label": one["Art"].capitalize(), "hashtags": one["Hashtags"], "code_url": f"HTTPS://CAMP.EXAMPLE.ORG/B/{code}",
            "first_time": one["Erstes Mal"] == "ja", "no_photo": one["Foto"] == "nein"})
    return found


def once(program: str, number: int) -> dict[str, float] | str:
    """What one print took: seconds of processor time, bytes, and the most memory in MB; or what went wrong."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "people.json"
        file.write_text(json.dumps(people(number)), "utf-8")
        if program in ("ours", "inline"):
            command = [sys.executable, "-m", "tests.bench.badge_sheets", program, str(file)]
        else:
            python = environment.python_with(*PEERS, f"qrcode=={version('qrcode')}")
            if isinstance(python, str):
                return python
            command = [str(python), "-m", "tests.bench.badge_peers", program, str(file), _font("regular"), _font("bold")]
        done = subprocess.run(command, cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=False)
        if done.returncode:
            return (done.stderr.strip().splitlines() or ["failed"])[-1]
        found: dict[str, float] = json.loads(done.stdout)
        return found


def _font(weight: str) -> str:
    return subprocess.run(["fc-match", "-f", "%{file}", f"Noto Sans:{weight}"], capture_output=True, text=True, check=True).stdout


@functools.cache
def seconds() -> dict[str, float | str]:
    """Processor time of each program for the same people, the median of five prints that take turns."""
    found: dict[str, list[float]] = {}
    wrong: dict[str, str] = {}
    for _ in range(ROUNDS):
        for program in ("ours", "inline", "reportlab", "typst"):
            told = once(program, NUMBER)
            if isinstance(told, str):
                wrong[program] = told
            else:
                found.setdefault(program, []).append(told["seconds"])
    return wrong | {program: statistics.median(series) for program, series in found.items()}


def against(program: str, goal: float) -> tuple[str, bool | None]:
    """How many times as fast as another program."""
    ours, other = seconds()["ours"], seconds()[program]
    if isinstance(ours, str) or isinstance(other, str):
        return f"not measured: {ours if isinstance(ours, str) else other}", None
    return f"{other / ours:.2f} times ({NUMBER / ours:.0f} against {NUMBER / other:.0f} badges a second)", other / ours >= goal


def a_thousand() -> tuple[str, bool | None]:
    """Bytes of each badge and the most memory of a process that prints 1,000."""
    told = once("ours", MANY)
    if isinstance(told, str):
        return f"not measured: {told}", None
    return f"{told['bytes'] / MANY:.0f} bytes a badge, {told['peak']:.0f} MB", told["bytes"] <= 600 * MANY and told["peak"] < 220


ROWS = [
    Row("badges at least 3 times as fast as with each code as an SVG in the same layout", lambda: against("inline", 3)),
    Row("badges at 0.6 of the speed of ReportLab with our own codes (an aim)", lambda: against("reportlab", 0.6)),
    Row("badges at 0.35 of the speed of typst (an aim)", lambda: against("typst", 0.35)),
    Row("1,000 badges take at most 600 bytes each and less than 220 MB", a_thousand),
]
