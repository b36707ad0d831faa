"""R-21: a print of hostile texts ends within its limits, and pages stay quick meanwhile."""

from __future__ import annotations

import statistics
import threading
import time
from pathlib import Path

import pytest
from flask import Flask

from badges import setting, sheet
from badges.card import BadgeCard
from badges.fit import TooLong
from badges.fonts import FontMissing
from camp.paths import VENDOR
from tests import make

HOSTILE = (
    "W" * 100, "</style><script>x</script>" * 3, "ﷺ" * 30, "Z͑ͫ̓a͌̈l̄g͎o" * 9, "👩‍👩‍👧‍👦" * 20, "\u202e\u0000\ufeff" * 30 + "x",
    "<table>" * 14, "᠀" * 40, "&" * 100, "明" * 100, "-" * 100, "url(file:///etc/passwd)", "a" + " " * 98 + "b", "ก็็็็็็็็" * 9)


def test_a_print_of_hostile_texts_ends_and_pages_stay_quick(app: Flask, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    number = 400 if request.config.getoption("--faults") == "long" else 40
    make.camp()
    client = make.browser(app)
    cards = [BadgeCard(HOSTILE[n % len(HOSTILE)], HOSTILE[n // 3 % len(HOSTILE)], HOSTILE[n // 7 % len(HOSTILE)], "Start-up",
                       HOSTILE[n // 5 % len(HOSTILE)], f"HTTPS://CAMP.EXAMPLE/B/{n:016}".translate(str.maketrans("0189", "ABCD")))
             for n in range(number)]
    ended: list[object] = []

    def set_them() -> None:
        try:
            ended.append(setting.pdf(setting.Order(cards, sheet.Look("Camp", "de"), "a4-10", 1, VENDOR), closed=tmp_path))
        except (TooLong, FontMissing, setting.TooHeavy) as error:
            ended.append(error)

    def page() -> float:
        begun = time.perf_counter()
        assert client.get("/ecm27/agenda").status_code == 200
        return time.perf_counter() - begun

    page()
    alone, meanwhile = [page() for _ in range(20)], []
    work = threading.Thread(target=set_them)
    work.start()
    while work.is_alive():
        meanwhile.append(page())
        work.join(0.05)
    assert isinstance(ended[0], (bytes, TooLong, FontMissing)), ended
    assert statistics.median(meanwhile) < 5 * statistics.median(alone)
