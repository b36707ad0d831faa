from __future__ import annotations

import pytest

from camp import ways


@pytest.mark.parametrize("wish", [
    "//evil.example", "/\\evil.example", "\\\\evil.example", "https://evil.example", "/\t/evil.example", "/ /evil.example", "javascript:alert(1)",
    "evil.example", "", None, "/\n/evil.example", "///evil.example", "/a\\b", "http:evil.example", "/\x7f/x",
])
def test_the_way_on_stays_on_this_site(wish: str | None) -> None:
    assert ways.own_path(wish, "/home") == "/home"


def test_the_way_on_may_be_a_page_of_ours() -> None:
    assert ways.own_path("/ecm27/agenda?view=grid#x", "/") == "/ecm27/agenda?view=grid#x"
