"""The constitution: what keeps the house as it was meant. Each rule says how to mend a breach."""

from __future__ import annotations

import ast
import re
import subprocess
from pathlib import Path

import pytest
from flask import Flask

from camp.access import POLICIES
from camp.paths import TEMPLATES

ROOT = Path(__file__).parent.parent
PACKAGES = ("camp", "sessions", "badges")
CODE = [path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py"))
        if "migrations/versions" not in str(path) and "/vendor/" not in str(path)]
TOP = {"camp", "sessions", "badges", "instance", "templates", "tests", "setup.cfg", "pyproject.toml", "README.md", "CHANGELOG.md",
       "LICENSE", "Makefile", ".ci", ".gitignore", "requirements.lock", "docs"}
# Modules whose test stands elsewhere, with the place.
_TESTED_ELSEWHERE = {
    "sessions/plan_models.py": "tests/camp/test_schema.py",
    "sessions/pitch_models.py": "tests/camp/test_schema.py",
    "camp/team_models.py": "tests/camp/test_schema.py", "camp/catering_models.py": "tests/camp/test_schema.py",
    "camp/__main__.py": "tests/camp/test_cli.py", "camp/wsgi.py": "tests/camp/test_serve.py",
    "camp/migrations/env.py": "tests/camp/test_schema.py", "camp/translations/words.py": "tests/test_words.py",
    "camp/models.py": "tests/camp/test_schema.py", "camp/venue_models.py": "tests/camp/test_schema.py", "camp/registration_models.py": "tests/camp/test_schema.py", "sessions/models.py": "tests/camp/test_schema.py",
    "sessions/board_models.py": "tests/camp/test_schema.py",
    "sessions/proposal_models.py": "tests/camp/test_schema.py",
    "badges/models.py": "tests/camp/test_schema.py", "badges/code_models.py": "tests/camp/test_schema.py", "badges/print_models.py": "tests/camp/test_schema.py", "camp/paths.py": "tests/test_package.py",
    "sessions/vote_models.py": "tests/camp/test_schema.py",
    "camp/pages.py": "tests/camp/views/test_public.py", "camp/panels.py": "tests/camp/views/test_public.py",
}


def _name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def _tracked() -> list[str]:
    return subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()


def test_the_top_of_the_tree_holds_what_the_user_named_and_its_companions() -> None:
    assert {name.split("/")[0] for name in _tracked()} <= TOP


@pytest.mark.parametrize("path", CODE, ids=_name)
def test_files_and_functions_stay_small(path: Path) -> None:
    tree = ast.parse(path.read_text("utf-8"))
    assert len(path.read_text("utf-8").splitlines()) <= 300, "cut the file where its subject divides"
    long = [f"{node.name}: {node.end_lineno - node.lineno + 1}" for node in ast.walk(tree)
            if isinstance(node, ast.FunctionDef) and (node.end_lineno or 0) - node.lineno + 1 > 40]
    assert long == []


@pytest.mark.parametrize("path", CODE, ids=_name)
def test_every_module_says_in_its_first_sentence_what_it_is_for(path: Path) -> None:
    assert ast.get_docstring(ast.parse(path.read_text("utf-8")))


def test_only_views_jobs_and_commands_commit() -> None:
    allowed = re.compile(r"(views/|commands/|cli\.py|jobs\.py|_cli\.py|camp/db\.py|camp/app\.py)")
    assert [_name(path) for path in CODE if ".commit()" in path.read_text("utf-8") and not allowed.search(_name(path))] == []


def test_only_the_clock_asks_what_time_it_is() -> None:
    asks = re.compile(r"datetime\.(now|utcnow|today)\(|date\.today\(|time\.time\(")
    assert [_name(path) for path in CODE if asks.search(path.read_text("utf-8"))] == ["camp/clock.py"]


def test_nobody_imports_a_private_name() -> None:
    found = [f"{_name(path)}: {alias.name}" for path in CODE for node in ast.walk(ast.parse(path.read_text("utf-8")))
             if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] in PACKAGES
             for alias in node.names if alias.name.startswith("_")]
    assert found == []


@pytest.mark.parametrize("path", [path for path in CODE if path.name != "__init__.py"], ids=_name)
def test_every_module_has_its_mirrored_test(path: Path) -> None:
    mirror = ROOT / _TESTED_ELSEWHERE.get(_name(path), f"tests/{path.parent.relative_to(ROOT)}/test_{path.name}")
    assert mirror.exists(), mirror


def test_every_route_declares_who_may_call_it(app: Flask) -> None:
    silent = [rule.endpoint for rule in app.url_map.iter_rules()
              if rule.endpoint != "static" and getattr(app.view_functions[rule.endpoint], "policy", None) not in POLICIES]
    assert silent == []


def test_every_address_of_a_camp_begins_with_its_slug(app: Flask) -> None:
    outside = sorted(rule.rule for rule in app.url_map.iter_rules() if not rule.rule.startswith("/<camp>/"))
    assert outside == sorted(["/", "/account", "/account/second-factor", "/account/sign-ins/<int:sign_in_id>/end",
                              "/account/sign-ins/end-all", "/account/sign-ins/end-others", "/B/<code>", "/P/<code>", "/b/<code>", "/camps/new", "/camps/new/from/<source>", "/healthz", "/invitation/<token>", "/licences", "/p/<code>", "/readyz", "/sign-in",
                              "/sign-in/<token>", "/sign-in/second-factor", "/sign-in/wait", "/sign-out", "/static/<path:filename>"])


def test_a_number_that_no_database_holds_leads_nowhere(app: Flask) -> None:
    adapter = app.url_map.bind("localhost")
    numbered = [rule for rule in app.url_map.iter_rules() if "<int:" in rule.rule]
    assert numbered
    for rule in numbered:
        path = re.sub("<int:[^>]+>", str(2**70), rule.rule).replace("<camp>", "ecm27")
        assert not adapter.test(path, next(iter(rule.methods or ())))


def test_first_words_of_addresses_cannot_become_slugs(app: Flask) -> None:
    from camp.camps import RESERVED
    first = {rule.rule.split("/")[1].lower() for rule in app.url_map.iter_rules() if not rule.rule.startswith("/<camp>/")} - {""}
    assert first <= RESERVED


def test_templates_compile_name_real_endpoints_and_are_used(app: Flask) -> None:
    sources = {str(path.relative_to(TEMPLATES)): path.read_text("utf-8") for path in sorted(TEMPLATES.rglob("*.*"))}
    code = "\n".join([*(path.read_text("utf-8") for path in CODE), *sources.values()])
    views = {*app.view_functions, *("." + view.rpartition(".")[2] for view in app.view_functions)}  # .show: of this blueprint
    for name, source in sources.items():
        app.jinja_env.get_template(name)
        for endpoint in re.findall(r"url_for\('([a-z_.]+)'", source):
            assert endpoint in views, (name, endpoint)
    unused = [name for name in sources if name not in code and not name.startswith(("mail/", "papers/"))]
    assert unused == []


def test_templates_stay_short_and_hold_no_inline_script_or_style() -> None:
    for path in sorted(TEMPLATES.rglob("*.html")):
        source = path.read_text("utf-8")
        assert len(source.splitlines()) <= 120, path
        if "print/" not in str(path):
            assert not re.search(r"<script(?![^>]*(src=|type=\"application/json\"))|<style|\sstyle=|\son[a-z]+=\"", source), path


def test_lock_files_name_no_index_and_no_address() -> None:
    for name in ("requirements.lock", "tests/browser/package-lock.json", "camp/static/vendor/package-lock.json"):
        assert not re.search(r"https?://(?!(opencollective|github)\.)|--index-url|\"resolved\"", (ROOT / name).read_text("utf-8")), name


def test_every_setting_and_command_occurs_in_the_readme() -> None:
    from dataclasses import fields

    from camp.cli import COMMANDS
    from camp.config import Config
    readme = (ROOT / "README.md").read_text("utf-8")
    missing = [word for word in [field.name for field in fields(Config) if field.name != "folder"] if f"`{word}`" not in readme]
    missing += [name for name in COMMANDS if f"camp {name}" not in readme]
    assert missing == []


def test_tests_tell_nothing_of_the_machine_they_were_written_on() -> None:
    words = re.compile(r"/work/|/root/|\.\./shared")
    for name in _tracked():
        path = ROOT / name
        if path.suffix in {".py", ".md", ".html", ".js", ".toml", ".cfg", ".css", ".json", ""} and path.is_file() and name != "tests/test_house.py":
            assert not words.search(path.read_text("utf-8", "replace")), name
