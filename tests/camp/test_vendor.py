"""What we take from others is pinned, licensed and untouched, and nothing of ours asks a third party."""

import hashlib
import json
import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

ROOT = Path(__file__).resolve().parents[2]
STATIC = ROOT / "camp" / "static"
VENDOR = STATIC / "vendor"
LOCK: list[dict[str, Any]] = json.loads((VENDOR / "vendor.lock.json").read_text(encoding="utf-8"))
OUTSIDE = re.compile(
    r"""(?:\b(?:src|href|srcset|action|poster)\s*=\s*["']?\s*|\burl\(\s*["']?|\bimport\s*\(?\s*["']|\bfrom\s+["']"""
    r"""|\bfetch\(\s*["'`]|\bimportScripts\(\s*["'`]|\b(?:new\s+)?(?:Worker|WebSocket|EventSource|URL)\(\s*["'`])"""
    r"""(?:https?:|wss?:)?//""",
    re.IGNORECASE,
)


def _own_files() -> list[Path]:
    static = [
        path for path in STATIC.rglob("*") if path.suffix in {".js", ".css", ".svg"} and VENDOR not in path.parents
    ]
    return sorted(static + list((ROOT / "templates").rglob("*.html")))


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.mark.parametrize("entry", LOCK, ids=lambda entry: entry["name"])
def test_vendored_files_are_those_of_the_lock(entry: dict[str, Any]) -> None:
    assert {name: _digest(STATIC / name) for name in entry["files"]} == entry["files"]


@pytest.mark.parametrize("entry", LOCK, ids=lambda entry: entry["name"])
def test_each_library_brings_its_licence(entry: dict[str, Any]) -> None:
    assert entry["licence"]
    assert entry["licence_file"] in entry["files"]
    assert re.search(r"licen[cs]e|permission", (STATIC / entry["licence_file"]).read_text(encoding="utf-8"), re.I)


def test_nothing_is_vendored_beside_the_lock() -> None:
    locked = {STATIC / name for entry in LOCK for name in entry["files"]}
    present = {path for folder in VENDOR.iterdir() if re.search(r"-\d", folder.name) for path in folder.iterdir()}
    assert present == {path for path in locked if VENDOR in path.parents}


def test_versions_agree_with_package_json_and_its_lock() -> None:
    wanted = json.loads((VENDOR / "package.json").read_text(encoding="utf-8"))["dependencies"]
    locked = json.loads((VENDOR / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    assert {entry["name"]: entry["version"] for entry in LOCK} == wanted
    assert {name: locked[f"node_modules/{name}"]["version"] for name in wanted} == wanted
    assert [name for name, package in locked.items() if "resolved" in package] == []


def test_sprite_has_just_the_listed_icons() -> None:
    symbols = ElementTree.parse(STATIC / "icons.svg").getroot()
    listed = (VENDOR / "icons.txt").read_text(encoding="utf-8").split()
    assert [symbol.attrib["id"] for symbol in symbols] == [f"i-{name}" for name in listed]
    assert all(len(symbol) for symbol in symbols)


def test_icons_in_templates_are_in_the_sprite() -> None:
    listed = set((VENDOR / "icons.txt").read_text(encoding="utf-8").split())
    text = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "templates").rglob("*.html"))
    used = set(re.findall(r"""\b(?:icon\(|sign=)\s*['"]([a-z0-9-]+)['"]""", text))
    assert used
    assert used - listed == set()


def test_paths_into_vendor_exist() -> None:
    missing = []
    for path in _own_files():
        for name in re.findall(r"vendor/[\w.-]+/[\w.-]+", path.read_text(encoding="utf-8")):
            if not (STATIC / name).is_file():
                missing.append((path.name, name))
    assert missing == []


@pytest.mark.parametrize("path", _own_files(), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_own_file_asks_no_third_party(path: Path) -> None:
    # A camp's own links lead outside from data, never from a template or script.
    found = OUTSIDE.findall(path.read_text(encoding="utf-8"))
    assert found == []


@pytest.mark.parametrize(
    "line",
    [
        '<script src="https://cdn.example/x.js">',
        "<img src=//cdn.example/x.png>",
        "@import url('http://fonts.example/a.css')",
        'import x from "https://cdn.example/x.js"',
        "fetch(`https://api.example/`)",
        "new WebSocket('wss://live.example')",
    ],
)
def test_a_call_outside_would_be_found(line: str) -> None:
    assert OUTSIDE.search(line)


def test_scanner_never_runs_without_our_own_wasm() -> None:
    # Without locateFile the reader fetches its wasm from a CDN: a breach of privacy, and dead offline.
    for path in STATIC.glob("*.js"):
        text = path.read_text(encoding="utf-8")
        if "ZXingWASM" in text or "zxing_reader.js" in text:
            assert "prepareZXingModule" in text, path.name
            assert "locateFile" in text, path.name
            assert "zxing_reader.wasm" in text, path.name
