from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from camp import text


def test_markdown_makes_paragraphs_lists_and_links() -> None:
    assert text.markdown("Ein *Satz*\n\n- [x](https://example.org)") == (
        "<p>Ein <em>Satz</em></p>\n<ul>\n<li><a href=\"https://example.org\" rel=\"noopener noreferrer nofollow\">x</a></li>\n</ul>\n")


def test_headings_begin_below_those_of_the_page() -> None:
    assert text.markdown("# A\n## B") == "<h3>A</h3>\n<h4>B</h4>\n"
    assert text.markdown("# A", 2) == "<h2>A</h2>\n"


def test_headings_leave_no_level_out() -> None:
    assert text.markdown("#### A\n# B\n### C\n") == "<h3>A</h3>\n<h3>B</h3>\n<h4>C</h4>\n"


@pytest.mark.parametrize("source", [
    "<script>alert(1)</script>", "[x](javascript:alert(1))", "![x](https://evil.example/x.png)", "<img src=x onerror=alert(1)>",
    "[x](data:text/html;base64,xx)", "<a href='https://x' style='color:red'>x</a>", "`<svg onload=alert(1)>`", "[x]( javascript:alert(1) )",
])
def test_hostile_markdown_runs_nothing_and_loads_nothing(source: str) -> None:
    tags = re.findall("<[^>]*>", text.markdown(source).lower())
    assert not [tag for tag in tags if re.search(r"<(script|img|svg)|javascript:|data:|onerror|style=", tag)]


def test_clean_drops_control_characters_and_keeps_lines() -> None:
    assert text.clean(" a\x00b\x1b\r\nc\rd\u0085e ") == "ab\nc\nde"


def test_line_is_one_line_in_nfc() -> None:
    assert text.line("  Mu\u0308lheim \n an\tder  Ruhr ") == "Mülheim an der Ruhr"


@given(st.text(max_size=200))
def test_clean_twice_is_clean_once(source: str) -> None:
    assert text.clean(text.clean(source)) == text.clean(source)


def test_shy_breaks_long_words_only() -> None:
    assert text.shy("Barrierefreiheit im Shop").replace("\u00ad", "|") == "Barrie|re|freiheit im Shop"
    assert text.shy("E-Commerce-Camp") == "E-\u2060Commerce-Camp"


@pytest.mark.parametrize(("slug", "good"), [("ecm27", True), ("a-b", True), ("ab", False), ("-ab", False), ("ab-", False), ("ÄBC", False), ("a" * 41, False)])
def test_is_slug(slug: str, good: bool) -> None:
    assert text.is_slug(slug) is good


def test_names_sort_as_german_lists_do() -> None:
    names = ["Zoë", "Öztürk", "Oz", "Łukas", "Lukas", "Straße", "Strasse", "Äpfel"]
    assert sorted(names, key=text.sort_key) == ["Äpfel", "Lukas", "Łukas", "Oz", "Öztürk", "Strasse", "Straße", "Zoë"]


def test_links_of_a_text_lead_to_whole_addresses_alone() -> None:
    assert text.markdown("[a](https://example.org) [b](mailto:a@example.org)").count("href=") == 2
    assert "href=" not in text.markdown("[a](//example.org) [b](/etc/passwd) [c](x.html) [d](#e) [e](?f)")
