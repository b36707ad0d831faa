"""The doctor: every look says ok, warn or fail, and what to do unless it is ok."""

from __future__ import annotations

import socket
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

from badges.qr import version_for
from camp.config import Config
from camp.doctor import findings
from tests.net import free_port


def _look(config: Config, name: str) -> tuple[str, str]:
    found = {finding.name: finding for finding in findings(config)}
    assert all(bool(finding.remedy) is (finding.level != "ok") for finding in found.values())
    return found[name].level, found[name].text


def test_a_good_installation_has_nothing_to_mend_but_the_mail_server(app: Flask) -> None:
    levels = {finding.name: finding.level for finding in findings(app.config["CAMP"])}
    fonts = levels.pop("fonts")  # depends on the machine; see below
    assert fonts in ("ok", "warn")
    assert {name for name, level in levels.items() if level != "ok"} == {"mail"}
    assert set(levels) == {"python", "pango", "database", "durability", "drive", "rights", "clock", "schema", "mail", "zones",
                           "disk", "keys", "development", "address", "codes"}


def test_fonts_that_cannot_be_listed_are_a_warning(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    assert _look(app.config["CAMP"], "fonts") == ("warn", "The system's fonts cannot be listed.")


def test_a_mail_server_that_does_not_answer_fails(app: Flask) -> None:
    config = replace(app.config["CAMP"], smtp_url=f"smtp://127.0.0.1:{free_port()}")
    level, text = _look(config, "mail")
    assert (level, text.startswith(f"{config.smtp_url.removeprefix('smtp://')} does not let us in: ")) == ("fail", True)


def test_keys_that_are_short_or_open_to_others_fail(app: Flask, tmp_path: Path) -> None:
    config = replace(app.config["CAMP"], folder=tmp_path)
    assert _look(replace(config, vote_key="short"), "keys") == ("fail", "Too short: vote_key.")
    (tmp_path / "keys.toml").touch(0o644)
    (tmp_path / "keys.toml").chmod(0o644)
    assert _look(config, "keys") == ("fail", f"Others can read {tmp_path / 'keys.toml'}.")
    (tmp_path / "keys.toml").chmod(0o600)
    assert _look(config, "keys")[0] == "ok"


@pytest.mark.parametrize(("base_url", "level"), [
    ("https://camp.example", "ok"), ("http://127.0.0.1:8000", "warn"), ("http://localhost", "warn"),
    ("http://[::1]:8000", "warn"), ("http://192.168.1.5:8000", "fail"), ("http://camp.example", "fail")])
def test_an_address_without_https_is_for_this_machine_only(app: Flask, base_url: str, level: str) -> None:
    assert _look(replace(app.config["CAMP"], base_url=base_url), "address")[0] == level


@pytest.mark.parametrize("length", [4, 5, 18, 19, 20, 21, 40, 41, 60, 61, 80])
def test_the_version_of_the_codes_is_the_one_that_is_drawn(app: Flask, length: int) -> None:
    host = "h" * (length - 3) + ".de"
    level, text = _look(replace(app.config["CAMP"], base_url=f"https://{host}"), "codes")
    version = version_for(f"HTTPS://{host.upper()}/B/{'A' * 16}")
    assert (level, text.rpartition(" ")[2]) == ("ok" if version <= 3 else "warn", f"{version}.")


def test_an_old_schema_fails(app: Flask) -> None:
    from camp.db import db, writing
    with writing():
        db.session.connection().exec_driver_sql("update alembic_version set version_num = 'old'")
    assert _look(app.config["CAMP"], "schema")[0] == "fail"


def test_loopback_is_not_asked_of_a_name_server(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_: pytest.fail("asked"))
    assert _look(replace(app.config["CAMP"], base_url="http://camp.example"), "address")[0] == "fail"
