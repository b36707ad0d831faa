"""`camp clone`: the new camp's address on stdout, its organiser on stderr."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from camp import people
from camp.cli import run
from camp.commands.context import application, camp_of
from tests import make


def test_a_camp_is_cloned_and_has_an_organiser(instance: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with application(instance):
        make.camp(title="Camp 2027")
    clone = ["--instance", str(instance), "clone", "ecm27", "ecm28", "--date", "2028-04-22", "--organiser", "me@example.org"]
    assert run(clone) == 0
    told = capsys.readouterr()
    assert told.out == "http://127.0.0.1:8000/ecm28/\n"
    assert told.err == "me@example.org organises it. The page Set-up says which texts wait to be checked.\n"
    with application(instance):
        camp, person = camp_of("ecm28"), people.by_address("me@example.org")
        assert person is not None
        assert (camp.title, [day.date for day in camp.days]) == ("Camp 2028", [date(2028, 4, 22)])
        assert people.roles_of(camp.id, person.id) == {"organiser"}
    assert run(clone) == 1
    assert "The short name “ecm28” is taken." in capsys.readouterr().err


@pytest.mark.parametrize(("changed", "code", "words"), [
    ({"ecm27": "ecm99"}, 1, "There is no camp “ecm99”"), ({"2028-04-22": "2020-04-22"}, 1, "This day is over."),
    ({"2028-04-22": "soon"}, 2, "soon"), ({"me@example.org": "me"}, 1, "There is no @.")])
def test_what_is_wrong_is_said_and_nothing_is_made(instance: Path, capsys: pytest.CaptureFixture[str], changed: dict[str, str], code: int,
                                                   words: str) -> None:
    with application(instance):
        make.camp()
    clone = ["clone", "ecm27", "ecm28", "--date", "2028-04-22", "--organiser", "me@example.org"]
    assert run(["--instance", str(instance), *(changed.get(word, word) for word in clone)]) == code
    assert words in capsys.readouterr().err
    with application(instance):
        assert (people.by_address("me@example.org"), people.by_address("me")) == (None, None)
