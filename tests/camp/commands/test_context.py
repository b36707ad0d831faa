"""What commands stand on: refusals for an instance that is not ready, and a camp by its slug."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

import pytest
from flask import url_for
from flask_babel import gettext

from camp.commands.context import Exit, application, camp_of
from camp.errors import NotFound
from tests import make


def _refusal(folder: Path) -> tuple[int, str]:
    with pytest.raises(Exit) as caught, application(folder):
        pass
    return caught.value.exit_code, caught.value.message


def test_inside_addresses_and_texts_can_be_made(instance: Path) -> None:
    with application(instance) as app:
        assert app.config["CAMP"].folder == instance
        assert url_for("public.camps") == "/"
        assert gettext("Sign in") == "Anmelden"


@pytest.mark.sqlite_only("its file")
def test_an_instance_that_is_not_ready_is_refused_with_the_next_step(instance: Path, tmp_path: Path) -> None:
    assert _refusal(tmp_path / "none") == (
        1, f"{tmp_path / 'none'} is no instance yet. Make it with: camp --instance {tmp_path / 'none'} init")
    with sqlite3.connect(instance / "camp.sqlite3") as connection:
        connection.execute("update alembic_version set version_num = 'old'")
    connection.close()
    assert _refusal(instance) == (1, "The database has not the schema of this program. Run: camp db upgrade")
    (instance / "camp.sqlite3").write_bytes(b"no database at all, but long enough to be looked at" * 20)
    code, sentence = _refusal(instance)
    assert (code, sentence.startswith("The database does not answer: ")) == (1, True)
    (instance / "camp.sqlite3").unlink()
    assert _refusal(instance) == (
        1, f"{instance} has no database yet. Make it with: camp --instance {instance} init")


def test_a_bad_setting_is_refused_by_name(instance: Path) -> None:
    (instance / "config.toml").write_text("base_ulr = 'x'")
    assert _refusal(instance) == (1, "There is no setting “base_ulr”. The nearest one is “base_url”.")


def test_a_camps_refusal_inside_becomes_exit_one(instance: Path) -> None:
    with pytest.raises(Exit) as caught, application(instance):
        raise NotFound("There is no such session.", "Look at the list.")
    assert (caught.value.exit_code, caught.value.message) == (1, "There is no such session. Look at the list.")


def test_what_the_program_writes_is_for_its_own_user(instance: Path) -> None:
    with application(instance):
        (instance / "new").touch()
    assert os.stat(instance / "new").st_mode & 0o077 == 0


def test_a_camp_by_its_slug_or_the_slugs_there_are(instance: Path) -> None:
    with application(instance):
        with pytest.raises(Exit, match="There is no camp “x”. Load one first: camp load FOLDER"):
            camp_of("x")
        made = make.camp()
        assert camp_of("ecm27") is made
        with pytest.raises(Exit, match="There is no camp “x”. There is: ecm27."):
            camp_of("x")
