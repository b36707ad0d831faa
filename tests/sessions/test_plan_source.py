"""Tests of sessions/plan_source.py."""

from __future__ import annotations

from pathlib import Path

import pytest

from camp.commands.context import Exit
from sessions.plan_source import source
from tests.sessions.test_cli import SCHEDULING, Call, call, instance

__all__ = ["call", "instance"]


def test_a_camp_comes_with_its_plan_first_and_a_file_with_its_own(call: Call, instance: Path, tmp_path: Path) -> None:
    plan = tmp_path / "plan.json"
    call("--instance", instance, "plan", "solve", "--camp", "ecm27", "--moves", "50", "-o", plan)
    with source(instance, "ecm27", None, [plan]) as found:
        assert len(found.plans[0]) == 3 and found.plans[0] == found.plans[1]
        assert found.session("1") == found.session("s1") == "s1"
        assert found.names.sessions["s1"] == "One" and found.standing is not None
    with source(instance, None, SCHEDULING / "tricky-seats-a.json") as found:
        assert (found.plans, found.standing) == ((), None)
        with pytest.raises(Exit, match="There is no session 1; write an id of the file."):
            found.session("1")


@pytest.mark.parametrize(("slug", "file"), [(None, None), ("ecm27", SCHEDULING / "tricky-seats-a.json")])
def test_it_is_either_a_file_or_a_camp(tmp_path: Path, slug: str | None, file: Path | None) -> None:
    with pytest.raises(Exit, match="Name either a FILE or --camp SLUG."), source(tmp_path, slug, file):
        pass
