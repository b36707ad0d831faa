"""`camp init`: makes what is missing, overwrites nothing, and its link signs the administrator in."""

from __future__ import annotations

import stat
import tomllib
from dataclasses import fields
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from camp import config
from camp.cli import run
from camp.commands.context import application
from camp.commands.init import EXAMPLE
from tests import make


def test_init_makes_an_instance_whose_link_signs_the_administrator_in(tmp_path: Path,
                                                                      capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "new" / "instance"
    assert run(["--instance", str(folder), "init", "--email", "Me@Example.org"]) == 0
    told = capsys.readouterr()
    assert "Next: camp serve" in told.err
    assert sorted(path.name for path in folder.iterdir() if "-" not in path.name) == [
        "camp.sqlite3", "config.toml", "keys.toml"]
    assert {stat.S_IMODE(path.stat().st_mode) for path in (folder, *folder.iterdir())} == {0o700, 0o600}
    keys = tomllib.loads((folder / "keys.toml").read_text())
    assert (sorted(keys), min(map(len, keys.values())), len(set(keys.values()))) == (sorted(config.KEYS), 43, 3)
    with application(folder) as app:
        app.config["WTF_CSRF_ENABLED"] = False
        link = urlsplit(told.out.strip())
        assert f"{link.scheme}://{link.netloc}" == "http://127.0.0.1:8000"
        browser = make.browser(app)
        assert browser.post(link.path).status_code == 303
        assert browser.get("/camps/new").status_code == 200


def test_a_second_init_keeps_everything_and_says_so(instance: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = (instance / "keys.toml").read_bytes()
    (instance / "config.toml").write_text('base_url = "https://camp.example"\n')
    assert run(["--instance", str(instance), "init"]) == 3
    assert "is an instance already" in capsys.readouterr().err
    assert run(["--instance", str(instance), "init", "--email", "me@example.org"]) == 0
    assert capsys.readouterr().out.startswith("https://camp.example/sign-in/")
    assert (instance / "keys.toml").read_bytes() == before
    assert (instance / "config.toml").read_text() == 'base_url = "https://camp.example"\n'


def test_a_bad_address_makes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--instance", str(tmp_path / "x"), "init", "--email", "me"]) == 1
    assert run(["--instance", str(tmp_path / "x"), "init", "--yes"]) == 2
    assert not (tmp_path / "x").exists()
    assert capsys.readouterr().err.startswith("There is no @.")


def test_a_key_that_was_lost_is_named(instance: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = (instance / "keys.toml").read_text()
    (instance / "keys.toml").write_text("".join(line for line in text.splitlines(True) if "vote_key" not in line))
    assert run(["--instance", str(instance), "init", "--email", "me@example.org"]) == 1
    assert "lacks vote_key" in capsys.readouterr().err


def test_the_example_names_every_setting_with_its_default(tmp_path: Path) -> None:
    text = EXAMPLE.read_text("utf-8")
    lines = [line[2:] for line in text.splitlines() if line.startswith("# ") and " = " in line]
    values = tomllib.loads("\n".join(lines))
    known = {field.name: field.default for field in fields(config.Config) if field.name not in ("folder", *config.KEYS)}
    assert values == known
    assert all(f"#   {key} " in text for key in config.KEYS)
