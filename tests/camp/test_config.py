"""Settings: files, then the environment; a wrong one is named with the nearest right one."""

from __future__ import annotations

from pathlib import Path

import pytest

from camp import config
from camp.config import Config
from camp.errors import BadInput


def test_defaults_make_an_embedded_database_and_a_mail_folder(tmp_path: Path) -> None:
    settings = config.load(tmp_path, {})
    assert settings == Config(folder=tmp_path)
    assert (settings.database, settings.host, settings.mail_folder) == (
        f"sqlite:///{tmp_path}/camp.sqlite3", "127.0.0.1:8000", tmp_path / "mail")


def test_keys_go_before_config_and_the_environment_before_both(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text('base_url = "https://a.example"\nprocesses = 3\nsecret_key = "one"\n')
    (tmp_path / "keys.toml").write_text('secret_key = "two"\nvote_key = "v"\n')
    settings = config.load(tmp_path, {"CAMP_PROCESSES": "5", "CAMP_DEVELOPMENT": "yes", "CAMP_INSTANCE": "x", "HOME": "y",
                                      "CAMP_DATABASE_URL": "postgresql://db"})
    assert settings == Config(tmp_path, base_url="https://a.example", processes=5, secret_key="two", vote_key="v",
                              development=True, database_url="postgresql://db")
    assert settings.database == "postgresql://db"


@pytest.mark.parametrize(("text", "environ", "sentence"), [
    ("base_ulr = 'x'", {}, "There is no setting “base_ulr”. The nearest one is “base_url”."),
    ("xyzzy = 1", {}, "There is no setting “xyzzy”."),
    ("processes = 'two'", {}, "The setting “processes” has to be of the kind int."),
    ("", {"CAMP_PROCESSES": "two"}, "The setting “processes” has to be of the kind int."),
    ("", {"CAMP_PROCESES": "2"}, "There is no setting “proceses”. The nearest one is “processes”."),
])
def test_a_wrong_setting_is_named(tmp_path: Path, text: str, environ: dict[str, str], sentence: str) -> None:
    (tmp_path / "config.toml").write_text(text)
    with pytest.raises(BadInput) as caught:
        config.load(tmp_path, environ)
    assert caught.value.sentence() == sentence


@pytest.mark.parametrize("content", [b"base_url = ", b"\xff\xfe"])
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "config.toml").write_bytes(content)
    with pytest.raises(BadInput, match=r"config\.toml cannot be read: "):
        config.load(tmp_path, {})


def test_the_folder_comes_from_the_option_then_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("CAMP_INSTANCE", raising=False)
    assert config.instance_folder() == tmp_path / "instance"
    monkeypatch.setenv("CAMP_INSTANCE", str(tmp_path / "b"))
    assert config.instance_folder() == tmp_path / "b"
    assert config.instance_folder(str(tmp_path / "c")) == tmp_path / "c"
