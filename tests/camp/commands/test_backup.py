"""`camp backup`: prints the path, says what to keep apart and what is not in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from camp.cli import run


def test_backup_prints_the_path_and_names_new_keys_once(instance: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (instance / "config.toml").write_text('smtp_url = "smtp://me:secret-of-the-mail-server@mail.example"\n')
    assert run(["--instance", str(instance), "backup"]) == 0
    first = capsys.readouterr()
    path = Path(first.out.strip())
    assert (path.parent, path.stat().st_mode & 0o777) == (instance / "backups", 0o600)
    assert "Copy this file to another place." in first.err
    assert "Not in it: smtp_url." in first.err
    assert b"secret-of-the-mail-server" not in path.read_bytes()
    assert run(["--instance", str(instance), "backup", "--keep", "1"]) == 0
    second = capsys.readouterr()
    assert "Copy this file" not in second.err
    assert f"Removed: {path.name}" in second.err
    assert [found.name for found in path.parent.glob("*.tar")] == [Path(second.out.strip()).name]


def test_backup_goes_where_it_is_told(instance: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--instance", str(instance), "backup", "-o", str(tmp_path / "far")]) == 0
    assert Path(capsys.readouterr().out.strip()).parent == tmp_path / "far"
    assert not (instance / "backups").exists()


@pytest.mark.sqlite_only("its file")
def test_without_a_database_there_is_nothing_to_save(instance: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (instance / "camp.sqlite3").unlink()
    assert run(["--instance", str(instance), "backup"]) == 1
    assert "nothing to save" in capsys.readouterr().err
    assert run(["--instance", str(tmp_path / "none"), "backup"]) == 1
    assert "is no instance yet" in capsys.readouterr().err
    assert run(["--instance", str(instance), "backup", "--keep", "0"]) == 2
