"""`camp demo`: a link for each role that signs in, the agenda of today, and never somebody else's folder."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest

from camp import config
from camp.cli import run
from camp.commands import demo
from camp.commands.context import application
from tests import make
from tests.servers import serving


@pytest.mark.slow
def test_demo_prints_links_that_sign_in_and_serves_the_day(tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    with serving("demo", "--port", "0", "--instance", str(folder)) as server:
        with urlopen(f"{server.address}/demo/agenda", timeout=60) as page:
            assert "Kassensystem und Shop verbinden" in page.read().decode()
        server.process.terminate()
        assert server.process.wait(60) == 0
        assert server.process.stdout is not None
        lines = [re.split(r"\s{2,}", line.strip(), maxsplit=1) for line in server.process.stdout]
    assert [role for role, _ in lines] == ["organiser", "moderator", "participant", "administrator", "helper", "catering", "host", "door helper"]
    assert all(link.startswith(f"{server.address}/") for _, link in lines)
    _sign_in(folder, dict(lines)["organiser"], "/demo/organise")
    demo.prepare(folder, keep=True)
    again = dict(demo.links(config.load(folder), folder, "day"))
    _sign_in(folder, again["moderator"], "/demo/organise/plan")


def _sign_in(folder: Path, link: str, wanted: str) -> None:
    with application(folder) as app:
        app.config["WTF_CSRF_ENABLED"] = False
        browser = make.browser(app)
        answer = browser.post(urlsplit(link).path)
        assert (answer.status_code, answer.location) == (303, wanted)
        assert browser.get(wanted).status_code == 200


def test_demo_touches_no_folder_that_is_not_its_own(instance: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = sorted(instance.iterdir())
    assert run(["demo", "--port", "0", "--instance", str(instance)]) == 1
    assert capsys.readouterr().err.startswith(f"{instance} holds something that is no demo.")
    assert run(["--instance", str(instance), "demo", "--port", "0"]) == 1
    assert sorted(instance.iterdir()) == before


def test_demo_makes_its_folder_anew_unless_it_is_kept(tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    demo.prepare(folder, keep=False)
    keys = (folder / "keys.toml").read_bytes()
    demo.prepare(folder, keep=True)
    assert (folder / "keys.toml").read_bytes() == keys
    demo.prepare(folder, keep=False)
    assert (folder / "keys.toml").read_bytes() != keys
