"""A-30: no page, export, readiness answer or error shows a password, a key or the database's address, not even to those who run it."""

from __future__ import annotations

import dataclasses
import json
import logging
from pathlib import Path

import pytest

from camp import backup, doctor
from camp.config import Config, refuse_unsafe
from camp.errors import BadInput
from tests.net import free_port
from tests.safety import calls
from tests.safety.table import ROUTES
from tests.safety.world import World

ADDRESS = "postgresql://camp:geheim-database@db.example/camp"
PASSWORD = "geheim-mailserver"  # noqa: S105


def _secrets(config: Config) -> list[str]:
    return [config.secret_key, config.vote_key, config.badge_key, PASSWORD, "geheim-database"]


@pytest.fixture
def told(world: World, monkeypatch: pytest.MonkeyPatch) -> Config:
    """The settings of the world with every secret set."""
    settings = dataclasses.replace(world.app.config["CAMP"], smtp_url=f"smtp://camp:{PASSWORD}@127.0.0.1:{free_port()}")
    monkeypatch.setitem(world.app.config, "CAMP", settings)
    return settings


def test_a30_no_page_shows_a_secret_even_to_those_who_run_it(world: World, told: Config) -> None:
    shown: list[str] = []
    seen = 0
    for call in calls.all_calls(world.app):
        if call.method != "GET" or call.key not in ROUTES:
            continue
        for actor in ("administrator", "organiser"):
            body = calls.send(world, call, actor).get_data()
            seen += 1
            shown += [f"{call.key} to {actor}" for secret in _secrets(told) if secret.encode() in body]
    assert seen > 60
    assert shown == []


def test_a30_a_mistake_shows_and_logs_none(world: World, told: Config, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    monkeypatch.setitem(world.app.config, "PROPAGATE_EXCEPTIONS", False)
    monkeypatch.setitem(world.app.config, "TESTING", False)

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("broken")

    monkeypatch.setattr("camp.views.public.render_template", broken)
    with caplog.at_level(logging.DEBUG):
        answer = calls.raw(world, "GET", f"/{world.values['a']['camp']}/", "administrator")
    assert answer.status_code == 500
    assert "broken" in caplog.text and "broken" not in answer.text
    assert [secret for secret in _secrets(told) if secret in answer.text or secret in caplog.text] == []


def test_a30_the_doctor_shows_none(world: World, told: Config) -> None:
    words = json.dumps([dataclasses.asdict(finding) for finding in doctor.findings(told)])
    assert [secret for secret in _secrets(told) if secret in words] == []


def test_a30_debug_mode_and_weak_keys_do_not_start_outside_development() -> None:
    strong = {name: name[0] * 43 for name in ("secret_key", "vote_key", "badge_key")}
    safe = Config(folder=Path("x"), base_url="https://camp.example.org", **strong)
    refuse_unsafe(safe)
    with pytest.raises(BadInput):
        refuse_unsafe(dataclasses.replace(safe, secret_key="weak"))
    with pytest.raises(BadInput, match="Development"):
        refuse_unsafe(dataclasses.replace(safe, development=True))
    refuse_unsafe(dataclasses.replace(safe, development=True, base_url="http://127.0.0.1:8000"))


def test_a30_a_backup_leaves_the_passwords_out(world: World) -> None:
    path = world.app.config["CAMP"].folder / "config.toml"
    path.write_text(f'smtp_url = "smtp://camp:{PASSWORD}@mail.example.org"\ndatabase_url = "{ADDRESS}"\n')
    try:
        assert backup.without_secrets(path)[1] == ("smtp_url", "database_url")
    finally:
        path.unlink()
