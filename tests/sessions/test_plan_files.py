"""Tests of sessions/plan_files.py."""

from __future__ import annotations

from pathlib import Path

import pytest

from camp.commands.context import Exit
from sessions.plan_files import WISHES, own_names, plan_in, problem_in, sentences, wanting, write
from sessions.planner.files import WANTS
from sessions.planner.problem import Breach, Wants
from tests.sessions.planner.tiny import rows, small
from tests.sessions.test_cli import SCHEDULING


def test_a_problem_and_a_plan_are_read(tmp_path: Path) -> None:
    file = tmp_path / "plan.json"
    file.write_text('[{"session": "s1", "room": "A", "slot": "t1"}]')
    assert plan_in(file) == rows("s1 A t1")
    assert problem_in(SCHEDULING / "barcamp-S-1.json").name == "barcamp-S-1"


@pytest.mark.parametrize(("content", "sentence"), [
    (b"\xff\xfe", "{} is no UTF-8 text. Export the file again."),
    (b"[]", '{}: This is no planning problem: the file must be a JSON object with "format": "barcamp-schedule-1".'),
    (b"{", "{}: This is not JSON: line 1, column 2 cannot be read; export the file again."),
])
def test_what_cannot_be_read_ends_with_2_and_one_sentence(tmp_path: Path, content: bytes, sentence: str) -> None:
    file = tmp_path / "problem.json"
    file.write_bytes(content)
    with pytest.raises(Exit) as caught:
        problem_in(file)
    assert (caught.value.exit_code, caught.value.message) == (2, sentence.format(file))


def test_sentences_carry_titles_and_none_comes_twice() -> None:
    breach = Breach("twice", "s1", "A", "t1")
    assert sentences([breach, breach], own_names(small())) == ["One (s1) is placed twice."]


def test_write_says_when_the_place_cannot_be_written(tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    with pytest.raises(Exit) as caught:
        write(tmp_path / "nowhere" / "x.json", b"x")
    assert caught.value.exit_code == 1 and "Choose another place with -o." in caught.value.message
    write(tmp_path / "x.json", b"data")
    assert (tmp_path / "x.json").read_bytes() == b"data"
    capfdbinary.readouterr()
    write(Path("-"), b"to stdout")
    assert capfdbinary.readouterr().out == b"to stdout"


def test_what_a_camp_wants_is_added() -> None:
    assert tuple(WANTS) == WISHES
    assert wanting(small(), ()) == small()
    assert wanting(small(wants=Wants(mixed=True)), ["tags-apart"]).wants == Wants(apart=True, mixed=True)
