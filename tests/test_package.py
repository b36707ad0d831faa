"""The wheel holds what the program needs, and runs from it alone."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    source = folder / "source"
    # a clean copy, so that leftovers of other builds cannot hide a missing file
    files = subprocess.run(["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()
    for name in files:
        if (ROOT / name).is_file():
            (source / name).parent.mkdir(parents=True, exist_ok=True)
            (source / name).write_bytes((ROOT / name).read_bytes())
    subprocess.run([sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "--no-build-isolation", "-w", str(folder), str(source)], check=True,
                   capture_output=True)
    return next(folder.glob("*.whl"))


def test_the_wheel_holds_templates_catalogues_static_files_migrations_and_the_demo(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    assert {"camp/templates/base.html", "camp/templates/mail/sign_in.txt", "camp/templates/macros/cards.html", "camp/static/camp.css",
            "camp/translations/de/LC_MESSAGES/messages.mo", "camp/migrations/versions/first.py", "camp/migrations/env.py",
            "camp/demo/camp.toml", "camp/static/vendor/zxing-wasm-3.1.4/zxing_reader.wasm", "sessions/planner/search.py", "badges/sheet.py"} <= names
    assert not [name for name in names if name.startswith(("tests/", "instance/"))]


def test_the_program_runs_from_the_wheel_alone(wheel: Path, tmp_path: Path) -> None:
    zipfile.ZipFile(wheel).extractall(tmp_path / "site")
    code = ("import camp, camp.app, camp.paths as paths; from camp.config import Config; from pathlib import Path; "
            "app = camp.app.create_app(Config(folder=Path('.'), secret_key='s' * 40, vote_key='v' * 40, badge_key='b' * 40)); "
            "app.jinja_env.get_template('base.html'); assert 'site' in camp.__file__ and 'site' in str(paths.TEMPLATES); print('ok')")
    run = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, env={"PYTHONPATH": str(tmp_path / "site"), "PATH": "/usr/bin:/bin"},
                         capture_output=True, text=True)
    assert (run.stdout.strip(), run.returncode) == ("ok", 0), run.stderr
