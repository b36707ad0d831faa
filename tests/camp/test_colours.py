"""Contrast against values of WCAG's own definition, and shades that hold in both themes."""

from __future__ import annotations

import pytest

from camp import colours


def test_contrast_is_that_of_wcag() -> None:
    assert colours.contrast("#000000", "#ffffff") == pytest.approx(21)
    assert colours.contrast("#777777", "#ffffff") == pytest.approx(4.478, abs=0.001)
    assert colours.contrast("#ffffff", "#777777") == colours.contrast("#777777", "#ffffff")
    assert colours.contrast("#0a5a66", "#0a5a66") == 1


def test_only_what_browsers_send_is_a_colour() -> None:
    assert [colours.is_colour(text) for text in ("#0a5a66", "#0A5A66", "#fff", "0a5a66", "#0a5a66;", "red", "")] == [
        True, False, False, False, False, False, False]


@pytest.mark.parametrize("colour", ["#ff8800", "#00ff00", "#ffffff", "#8cc4e8", "#777777"])
def test_the_nearest_good_shade_can_be_read_and_a_little_less_dark_cannot(colour: str) -> None:
    shade = colours.good_shade(colour)
    assert colours.on_paper(colour) < colours.NEEDED <= colours.on_paper(shade) < colours.NEEDED + 0.4


def test_a_good_colour_is_its_own_good_shade() -> None:
    assert colours.good_shade("#0a5a66") == "#0a5a66"


@pytest.mark.parametrize("colour", ["#0a5a66", "#5e2029", "#000000", "#a81e1e", "#22338f"])
def test_both_themes_of_a_colour_can_be_read(colour: str) -> None:
    both = colours.accent(colour)
    assert min(colours.contrast(both.light, ground) for ground in (colours.PAPER, colours.CARD)) >= 4.5
    assert min(colours.contrast(both.dark, ground) for ground in (colours.DARK_PAPER, colours.DARK_CARD)) >= 4.5
    assert colours.contrast("#14211f", both.light_wash) >= 4.5
    assert colours.contrast("#eef2ef", both.dark_wash) >= 4.5


def test_the_style_sheet_replaces_the_tokens_of_both_themes() -> None:
    sheet = colours.style_sheet("#22338f")
    assert sheet.splitlines()[0] == (
        ":root, [data-theme=light] { --accent: #22338f; --accent-deep: #182464; --on-accent: #ffffff; --wash: #e2e4f0; }")
    assert sheet.count("--accent:") == 3
