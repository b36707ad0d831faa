"""The file of a backup: opens with any tar, and gives back nothing but what was put in."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import random
import stat
import tarfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

from camp import archive
from camp.archive import Refused

KEY, MADE = b"k" * 32, datetime(2027, 4, 24, 18, tzinfo=UTC)
HEAD = archive.Manifest(MADE, "first", "abc", "def", {})
TEXTS = {"database.sqlite3": b"data" * 300, "config.toml": b"", "uploads/a/ä b.txt": b"x" * 512}
LONG = "uploads/" + "/".join(["folder-of-a-session"] * 5) + "/" + "n" * 90


def _write(folder: Path, texts: dict[str, bytes] | None = None, name: str = "one.tar") -> Path:
    sources = []
    for number, (member, text) in enumerate((TEXTS if texts is None else texts).items()):
        (folder / f"source{number}").write_bytes(text)
        sources.append((member, folder / f"source{number}"))
    archive.write(folder / name, sources, HEAD, KEY)
    return folder / name


def _tar(path: Path, *members: tuple[tarfile.TarInfo, bytes]) -> Path:
    with tarfile.open(path, "w", format=tarfile.USTAR_FORMAT) as tar:
        for info, text in members:
            info.size = len(text)
            tar.addfile(info, io.BytesIO(text))
    return path


def test_what_was_put_in_comes_out_with_hashes_and_for_nobody_else_to_read(tmp_path: Path) -> None:
    path = _write(tmp_path)
    manifest = archive.check(path, KEY, tmp_path / "out")
    assert manifest == archive.look(path) == archive.Manifest(
        MADE, "first", "abc", "def", {name: hashlib.sha256(text).hexdigest() for name, text in TEXTS.items()})
    assert {name: (tmp_path / "out" / name).read_bytes() for name in TEXTS} == TEXTS
    assert {stat.S_IMODE(found.stat().st_mode) for found in (path, *(tmp_path / "out" / name for name in TEXTS))} == {0o600}


def test_any_tar_opens_it(tmp_path: Path) -> None:
    with tarfile.open(_write(tmp_path, TEXTS | {LONG: b"deep"})) as tar:
        assert tar.getnames() == [*TEXTS, LONG, "manifest.json", "seal"]
        found = tar.extractfile(LONG)
        assert found is not None and found.read() == b"deep"


def test_a_file_that_vanishes_is_left_out_and_an_endless_name_is_refused(tmp_path: Path) -> None:
    (tmp_path / "there").write_bytes(b"1")
    made = archive.write(tmp_path / "a.tar", [("uploads/gone", tmp_path / "gone"), ("uploads/there", tmp_path / "there")], HEAD, KEY)
    assert list(made.files) == ["uploads/there"]
    with pytest.raises(Refused, match="beyond what a tar holds"):
        archive.write(tmp_path / "b.tar", [("uploads/" + "n" * 101, tmp_path / "there")], HEAD, KEY)


def test_r07_every_flipped_byte_is_refused(tmp_path: Path) -> None:
    whole = _write(tmp_path).read_bytes()
    bad = tmp_path / "bad.tar"
    dice = random.Random(7)
    for at in [*range(0, 700), *(dice.randrange(len(whole)) for _ in range(500)), len(whole) - 1]:
        bad.write_bytes(whole[:at] + bytes([whole[at] ^ 1 << dice.randrange(8)]) + whole[at + 1:])
        with pytest.raises(Refused):
            archive.check(bad, KEY)


def test_r07_every_cut_is_refused_and_so_is_what_was_added(tmp_path: Path) -> None:
    whole = _write(tmp_path).read_bytes()
    bad = tmp_path / "bad.tar"
    for end in [*range(0, len(whole), 97), len(whole) - 1]:
        bad.write_bytes(whole[:end])
        with pytest.raises(Refused):
            archive.check(bad, KEY)
    bad.write_bytes(whole + b"\0")
    with pytest.raises(Refused, match="damaged"):
        archive.check(bad, KEY)
    bad.write_bytes(whole[:3000])
    with pytest.raises(Refused, match="cut off"):
        archive.look(bad)


def test_r07_another_key_another_version_and_another_format_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(Refused, match="damaged"):
        archive.check(_write(tmp_path), b"other")
    monkeypatch.setattr(archive, "VERSION", 2)
    newer = _write(tmp_path, name="newer.tar")
    monkeypatch.undo()
    with pytest.raises(Refused, match="has the format 2; this program reads 1"):
        archive.look(newer)
    monkeypatch.setattr(archive, "FORMAT", "other")
    foreign = _write(tmp_path, name="foreign.tar")
    monkeypatch.undo()
    with pytest.raises(Refused, match="no backup of this program"):
        archive.look(foreign)


def test_r07_foreign_files_bombs_and_tricks_with_paths_are_refused(tmp_path: Path) -> None:
    whole = _write(tmp_path).read_bytes()
    link, folder, device = tarfile.TarInfo("uploads/link"), tarfile.TarInfo("uploads/d"), tarfile.TarInfo("uploads/null")
    link.type, link.linkname, folder.type, device.type = tarfile.SYMTYPE, "/etc/passwd", tarfile.DIRTYPE, tarfile.CHRTYPE
    first = (tarfile.TarInfo("database.sqlite3"), b"x")
    bad = [tmp_path / name for name in ("empty", "text", "zip.gz")]
    bad[0].write_bytes(b"")
    bad[1].write_bytes(b"SQLite format 3\0" * 100)
    bad[2].write_bytes(gzip.compress(whole))
    tricks = [link, folder, device, *(tarfile.TarInfo(name) for name in ("../x", "/etc/x", "uploads/../x", "uploads//x", "uploads/a\nb", "keys.toml"))]
    bad += [_tar(tmp_path / f"trick{number}", first, (info, b"")) for number, info in enumerate(tricks)]
    for path in [*bad, tmp_path, tmp_path / "nowhere"]:
        with pytest.raises(Refused):
            archive.check(path, KEY, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_huge_size_in_a_header_and_a_name_twice_are_refused_before_anything_is_read(tmp_path: Path) -> None:
    (tmp_path / "s").write_bytes(b"x")
    twice = archive.write(tmp_path / "twice.tar", [("config.toml", tmp_path / "s")] * 2, HEAD, KEY)
    assert list(twice.files) == ["config.toml"]
    with pytest.raises(Refused, match="damaged"):
        archive.look(tmp_path / "twice.tar")
    (tmp_path / "bomb").write_bytes(archive._header("database.sqlite3", 8 ** 11 - 1) + b"x" * 512)
    with pytest.raises(Refused, match="cut off"):
        archive.look(tmp_path / "bomb")


@pytest.mark.parametrize("told", [b"[]", b"{}", b"\xff", b"[" * 100_000, json.dumps({
    "format": "camp-backup", "version": 1, "made_at": "2027-04-24", "revision": "", "keys": "", "secret": "", "files": {}}).encode()])
def test_a_manifest_that_says_nothing_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, told: bytes) -> None:
    monkeypatch.setattr(archive, "_told", lambda manifest: told)
    path = _write(tmp_path)
    monkeypatch.undo()
    with pytest.raises(Refused, match="damaged"):
        archive.look(path)
