"""What `camp import` and `camp import-proposals` share; each is tested with what it stores."""

from __future__ import annotations

from pathlib import Path

import pytest

from camp import people_import
from camp.commands.context import FAILED, USAGE, Exit
from camp.commands.lists import fields_told, read


def test_what_is_no_list_ends_the_command_with_the_reason(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_bytes(b"%PDF-1.7")
    with pytest.raises(Exit, match="list.csv: This is a PDF, no CSV file.") as refused:
        read(tmp_path / "list.csv", people_import.read)
    assert refused.value.exit_code == FAILED


def test_options_say_what_a_column_is_and_nonsense_is_refused_with_the_columns_there_are() -> None:
    heading, guessed = ["Wer?", "Mail"], ["", "email"]
    assert fields_told(heading, guessed, ["wer?=name"], {"name", "email"}) == ["name", "email"]
    for told in ("Nobody=name", "Wer?=shoe size", "name"):
        with pytest.raises(Exit) as refused:
            fields_told(heading, guessed, [told], {"name", "email"})
        assert (refused.value.exit_code, "Wer?, Mail" in refused.value.message) == (USAGE, True)
