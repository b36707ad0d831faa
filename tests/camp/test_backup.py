"""Backups: one archive, read back; its keys apart; older ones removed; no secret in it."""

from __future__ import annotations

import stat
import tarfile
import threading
import tomllib
from pathlib import Path

import pytest

from camp import archive, backup, config, database_file
from camp.archive import Refused
from camp.commands.context import application
from camp.database_file import driver
from tests.camp import lived


def test_a_backup_holds_database_settings_and_uploads_and_nothing_else(instance: Path) -> None:
    with application(instance) as app:
        lived.fill(app)
        made = backup.make(app.config["CAMP"])
    assert made.path.parent == instance / "backups"
    with tarfile.open(made.path) as tar:
        assert tar.getnames() == ["database.sqlite3" if backup.is_embedded(config.load(instance)) else "database.dump", "config.toml", "uploads/board.jpg", "manifest.json", "seal"]
    assert sorted(path.name for path in made.path.parent.iterdir()) == sorted([made.path.name, made.keys.name])
    assert {stat.S_IMODE(path.stat().st_mode) for path in (made.path, made.keys)} == {0o600}
    manifest = archive.look(made.path)
    settings = config.load(instance)
    keys = backup.lasting_keys(settings)
    assert (manifest.keys, manifest.secret) == (backup.fingerprint(keys), backup.secret_mark(settings))
    text = made.path.read_bytes()
    assert [key for key in config.KEYS if getattr(settings, key).encode() in text] == []


def test_the_keys_are_written_once_and_again_when_they_change_or_are_missing(instance: Path) -> None:
    settings = config.load(instance)
    made = backup.make(settings)
    assert (made.new_keys, tomllib.loads(made.keys.read_text())) == (True, backup.lasting_keys(settings))
    assert backup.make(settings).new_keys is False
    made.keys.write_text("damaged")
    assert backup.make(settings).new_keys is True
    (instance / "keys.toml").write_text("".join(f'{name} = "{name * 5}"\n' for name in config.KEYS))
    other = backup.make(config.load(instance))
    assert (other.new_keys, other.keys != made.keys, made.keys.exists()) == (True, True, True)


def test_only_so_many_are_kept_and_foreign_files_stay(instance: Path, tmp_path: Path) -> None:
    settings, out = config.load(instance), tmp_path / "out"
    out.mkdir()
    (out / "camp-of-mine.tar").touch()
    made = [backup.make(settings, out).path for _ in range(3)]
    last = backup.make(settings, out, keep=2)
    assert (last.gone, backup.all_in(out)) == ((made[0], made[1]), [made[2], last.path])
    assert (out / "camp-of-mine.tar").exists()
    assert backup.all_in(tmp_path / "nowhere") == []


def test_what_a_killed_one_left_goes_and_a_failed_one_leaves_nothing(instance: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stale = instance / "backups" / ".making-old"
    stale.mkdir(parents=True)
    (stale / "draft.tar").write_text("half")
    first = backup.make(config.load(instance))
    assert not stale.exists()
    monkeypatch.setattr(archive, "check", lambda *_: (_ for _ in ()).throw(Refused("no")))
    with pytest.raises(Refused):
        backup.make(config.load(instance), keep=1)
    assert sorted(path.name for path in first.path.parent.iterdir()) == sorted([first.path.name, first.keys.name])


def test_secrets_of_the_settings_are_left_out(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    assert backup.without_secrets(path) == (None, ())
    path.write_text('base_url = "https://a.example"\nsmtp_url = "smtp://me:pa#ss@mail.example"  # mine\n"vote_key"="v"\n'
                    'database_url = "postgresql://camp:geheim@db/camp"\n')
    text, left_out = backup.without_secrets(path)
    assert text is not None
    assert (tomllib.loads(text), left_out) == ({"base_url": "https://a.example"}, ("vote_key", "smtp_url", "database_url"))
    assert [word for word in ("pa#ss", "geheim", "mine") if word in text] == []
    path.write_text('database_url = "postgresql://db/camp"\n')
    assert backup.without_secrets(path) == (path.read_text(), ())
    path.write_text('vote_key = """\npass"""\n')
    assert backup.without_secrets(path) == (None, ("config.toml",))


@pytest.mark.sqlite_only("its file; pg_dump reads one moment by itself")
def test_r06_a_backup_under_load_is_one_moment_whole(instance: Path) -> None:
    with application(instance) as app:
        lived.fill(app)
    stop, acknowledged = threading.Event(), [0, 0, 0]

    def write(writer: int) -> None:
        database = driver.connect(str(instance / "camp.sqlite3"), timeout=60, isolation_level=None)
        while not stop.is_set():
            database.execute("begin immediate")
            database.execute("insert into person (email, administrator, language) values (?, 0, 'de')", (f"{writer}-{acknowledged[writer]}",))
            database.execute("commit")
            acknowledged[writer] += 1
            stop.wait(0.005)  # else one of them may keep the others from writing for as long as it likes
        database.close()

    threads = [threading.Thread(target=write, args=(number,)) for number in range(3)]
    for thread in threads:
        thread.start()
    while min(acknowledged) < 5:
        stop.wait(0.01)
    before = list(acknowledged)
    made = backup.make(config.load(instance))
    after = list(acknowledged)
    stop.set()
    for thread in threads:
        thread.join()
    archive.check(made.path, backup.seal_key(backup.lasting_keys(config.load(instance))), instance / "out")
    database = driver.connect(str(instance / "out" / "database.sqlite3"))
    kept = [database.execute("select count(*) from person where email like ?", (f"{number}-%",)).fetchone()[0] for number in range(3)]
    newest = [database.execute("select 1 from person where email = ?", (f"{number}-{kept[number] - 1}",)).fetchone() for number in range(3)]
    database.close()
    database_file.check(instance / "out" / "database.sqlite3", archive.look(made.path).revision)
    assert all(early <= number <= late + 1 for early, number, late in zip(before, kept, after, strict=True))
    assert newest == [(1,)] * 3  # without gaps: what was written first is there
