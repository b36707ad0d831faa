"""A-36: bandit and our own semgrep rules find nothing in the program, and would find what they look for; version floors.

The tools live in an environment of their own (`make tools`), because they would hold back the program's packages.
"""

from __future__ import annotations

import json
import os
import subprocess
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest

from camp import doctor_data
from camp.db import engine_options
from tests.conftest import TESTS

ROOT = TESTS.parent
TOOLS = ROOT / ".venv" / "tools" / "bin"
RULES = TESTS / "static" / "rules.yml"
CODE = ("camp", "sessions", "badges", "templates")
# What each rule has to find, beside the same thing done well.
BAD = {
    "sql-put-together-from-text": 'def f(db, x):\n    db.execute(f"select {x}")\n',
    "markup-without-cleaning": "from markupsafe import Markup\n\ndef f(x):\n    return Markup(x)\n",
    "redirect-to-what-was-asked-for": "from flask import redirect, request\n\ndef f():\n    return redirect(request.args.get('next'))\n",
    "opens-what-the-request-names": "from flask import request\n\ndef f():\n    return open(request.args['file'])\n",
    "a-time-without-a-zone": "from datetime import datetime\n\ndef f():\n    return datetime.now()\n",
    "a-shell-or-an-evaluation": "import subprocess\n\ndef f(x):\n    return subprocess.run(x, shell=True)\n",
    "a-template-made-of-text": "from flask import render_template_string\n\ndef f(x):\n    return render_template_string(x)\n",
}
GOOD = 'from datetime import UTC, datetime\n\ndef f(db, x):\n    db.execute("select ?", (x,))\n    return datetime.now(UTC)\n'
FLOORS = {"flask": (3, 1, 3), "werkzeug": (3, 1, 6), "jinja2": (3, 1, 6), "gunicorn": (22, 0), "weasyprint": (70, 0), "pillow": (12, 3, 0)}


@pytest.fixture(scope="module")
def tools() -> Path:
    """The folder of the tools' programs."""
    if not (TOOLS / "semgrep").exists():
        (pytest.fail if os.environ.get("CI") else pytest.skip)("the tools are missing: make tools")
    return TOOLS


def _semgrep(tools: Path, *where: str | Path) -> list[dict[str, Any]]:
    environ = os.environ | {"PATH": f"{tools}:{os.environ['PATH']}", "SEMGREP_ENABLE_VERSION_CHECK": "0", "SEMGREP_SEND_METRICS": "off"}
    done = subprocess.run([tools / "semgrep", "scan", "--metrics", "off", "--disable-version-check", "--quiet", "--no-git-ignore", "--config", RULES, "--json",
                           *where], cwd=ROOT, env=environ, capture_output=True, text=True, check=True, timeout=240)
    found = json.loads(done.stdout)
    assert found["errors"] == []
    assert found["paths"]["scanned"] != []
    return list(found["results"])


@pytest.mark.slow
def test_a36_our_rules_find_nothing_in_the_program(tools: Path) -> None:
    found = [f"{row['path']}:{row['start']['line']} {row['extra']['message']}" for row in _semgrep(tools, *CODE)]
    assert found == []


@pytest.mark.slow
def test_a36_each_of_our_rules_finds_its_mistake(tools: Path, tmp_path: Path) -> None:
    for name, source in BAD.items():
        (tmp_path / f"{name}.py").write_text(source)
    (tmp_path / "good.py").write_text(GOOD)
    (tmp_path / "a-text-called-safe.html").write_text("<p>{{ name|safe }}</p>\n")
    found = {(Path(row["path"]).stem, row["check_id"].rpartition(".")[2]) for row in _semgrep(tools, tmp_path)}
    assert found == {(name, name) for name in [*BAD, "a-text-called-safe"]}
    assert RULES.read_text().count("- id:") == len(BAD) + 1


@pytest.mark.slow
def test_a36_bandit_finds_nothing_of_medium_weight(tools: Path, tmp_path: Path) -> None:
    def issues(*where: str | Path) -> list[str]:
        done = subprocess.run([tools / "bandit", "-q", "-ll", "-f", "json", "-r", *where], cwd=ROOT, capture_output=True, text=True, check=False)
        return [f"{row['filename']}:{row['line_number']} {row['issue_text']}" for row in json.loads(done.stdout)["results"]]

    assert issues("camp", "sessions", "badges") == []
    (tmp_path / "bad.py").write_text("import pickle\n\n\ndef f(x):\n    return pickle.loads(x)\n")
    assert len(issues(tmp_path)) == 1


@pytest.mark.parametrize("name", FLOORS)
def test_a36_packages_are_not_older_than_their_known_fixes(name: str) -> None:
    parts = tuple(int(part) for part in version(name).split(".")[:3])
    assert parts >= FLOORS[name]


def test_a36_the_sqlite_in_use_is_outside_the_range_of_the_wal_reset_bug() -> None:
    library = engine_options("sqlite:///x")["module"]
    assert doctor_data.mended(library.sqlite_version_info)
