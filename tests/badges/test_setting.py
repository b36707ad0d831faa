"""Setting in a process of its own: what comes back, what it may not reach, and how it is stopped."""

import io
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from pypdf import PdfReader

from badges import setting, sheet
from badges.card import BadgeCard, Inside
from badges.fit import TooLong
from badges.fonts import FontMissing
from tests.servers import family

VENDOR = Path(__file__).parents[2] / "camp" / "static" / "vendor"
CARD = BadgeCard("Mai", "Krause", "Lagerpilot", "", "#UX", "HTTPS://CAMP.EXAMPLE/B/ABCDEFGHIJKLMNOP")
ORDER = setting.Order([CARD, Inside("WLAN", "Netz")], sheet.Look("Camp", "de"), "a6", 1, VENDOR)


def test_an_order_survives_being_written_down() -> None:
    order = replace(ORDER, look=replace(ORDER.look, logo=(40, 20)), picture=b"\x89PNG")
    assert setting.order_of(setting._told(order)) == order


def test_a_print_comes_back_and_its_troubles_too(tmp_path: Path) -> None:
    assert setting.pdf(ORDER, closed=tmp_path)[:5] == b"%PDF-"
    with pytest.raises(TooLong) as long:
        setting.pdf(replace(ORDER, faces=[replace(CARD, name="W" * 3000)]), closed=tmp_path)
    assert long.value.text.startswith("WWW")
    with pytest.raises(FontMissing):
        setting.pdf(replace(ORDER, faces=[replace(CARD, name="\ue000")]), closed=tmp_path)


def test_an_order_larger_than_a_pipe_holds_is_set(tmp_path: Path) -> None:
    many = [replace(CARD, organisation="x" * 40, code_url=CARD.code_url[:-1] + letter) for letter in "ABCDEFGH" for _ in range(40)]
    order = replace(ORDER, faces=many, sheet="a4-10")
    assert len(setting._told(order)) > 65536
    assert len(PdfReader(io.BytesIO(setting.pdf(order, closed=tmp_path))).pages) == 32


def test_a_print_tells_how_far_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(setting, "_POLL", 0.05)
    told: list[int] = []
    many = replace(ORDER, faces=[CARD] * 400, sheet="a4-10")
    setting.pdf(many, closed=tmp_path, tell=told.append)
    assert told == sorted(set(told)) and told[0] >= 0 and told[-1] <= 100
    assert len(told) > 3


def test_a_print_is_stopped_and_leaves_no_process(tmp_path: Path) -> None:
    before = family(os.getpid())
    with pytest.raises(setting.Stopped):
        setting.pdf(replace(ORDER, faces=[CARD] * 3000), closed=tmp_path, stop=lambda: True)
    assert family(os.getpid()) == before


def test_a_print_that_takes_too_long_or_too_much_ends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(setting.TooHeavy):
        setting.pdf(replace(ORDER, faces=[CARD] * 3000), closed=tmp_path, seconds=1)


@pytest.mark.parametrize(("deed", "refused"), [
    ("open('{folder}/config.toml').read()", "reads nothing of the installation"),
    ("open('{folder}/../{name}/config.toml').read()", "reads nothing of the installation"),
    ("import os; os.open('{folder}/config.toml', 0)", "reads nothing of the installation"),
    ("import socket; socket.create_connection(('127.0.0.1', 9))", "opens no network"),
    ("import socket; socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b'x', ('127.0.0.1', 9))", "opens no network"),
])
def test_a_closed_process_reaches_neither_secrets_nor_network(deed: str, refused: str, tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text("secret", "utf-8")
    program = f"from pathlib import Path\nfrom badges import setter\nsetter.close(Path({str(tmp_path)!r}))\n" + deed.format(folder=tmp_path, name=tmp_path.name)
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert (done.returncode, refused in done.stderr, "secret" in done.stdout) == (1, True, False)


def test_the_process_gets_no_keys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CAMP_SECRET_KEY", "s" * 43)
    seen = {}

    def popen(*_: object, **values: object) -> None:
        seen.update(values)
        raise InterruptedError

    monkeypatch.setattr(subprocess, "Popen", popen)
    with pytest.raises(InterruptedError):
        setting.pdf(ORDER, closed=tmp_path)
    assert [name for name in seen["env"] if name.startswith("CAMP_")] == []
