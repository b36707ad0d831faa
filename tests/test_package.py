"""The wheel holds what the program needs, and runs from it alone."""

from __future__ import annotations

import re
import subprocess
import sys
import zipfile
from pathlib import Path
from urllib.request import urlopen

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
    build = f"from setuptools import build_meta; print(build_meta.build_sdist({str(folder)!r}))"
    subprocess.run([sys.executable, "-c", build], cwd=source, check=True, capture_output=True)
    sdist, = folder.glob("*.tar.gz")
    subprocess.run([sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "--no-build-isolation", "-w", str(folder), str(sdist)], check=True,
                   capture_output=True)
    return next(folder.glob("*.whl"))


@pytest.mark.slow
def test_the_wheel_from_the_sdist_runs_the_demo_in_an_environment_of_its_own(wheel: Path, tmp_path: Path) -> None:
    """The packages it needs come from the lock; the program itself only from the wheel, and no checkout is near."""
    home, uv = tmp_path / "venv", Path(sys.executable).parent / "uv"
    subprocess.run([uv, "venv", "-q", "--python", sys.executable, home], check=True)
    python = home / "bin" / "python"
    subprocess.run([uv, "pip", "install", "-q", "--python", python, "--constraint", _without_hashes(tmp_path), wheel], check=True)
    demo = subprocess.Popen([home / "bin" / "camp", "--instance", tmp_path / "instance", "demo", "--port", "0"], cwd=tmp_path, text=True,
                            stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    try:
        assert demo.stdout is not None
        said = ""
        while not (found := re.search(r"runs at (http://\S+);", said)):
            line = demo.stdout.readline()
            assert line, said
            said += line
        assert "organiser" in said
        with urlopen(f"{found[1]}/demo/agenda", timeout=60) as page:
            assert page.status == 200 and "E-Commerce-Camp" in page.read().decode()
    finally:
        demo.terminate()
        demo.communicate(timeout=60)


def _without_hashes(folder: Path) -> Path:
    """The lock as constraints: versions only."""
    path = folder / "constraints.txt"
    rows = (row.partition(" \\")[0] for row in (ROOT / "requirements.lock").read_text("utf-8").splitlines())
    path.write_text("\n".join(row for row in rows if "==" in row and not row.startswith(" ")))
    return path


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
