"""Fonts: widths as the files say, other scripts by the system, and a loud word when a script has no font."""

from pathlib import Path

import pytest

from badges import fonts

VENDOR = Path(__file__).parents[2] / "camp" / "static" / "vendor"


def test_widths_come_from_the_shipped_file_at_the_weight_asked_for() -> None:
    ruler = fonts.ruler(VENDOR, "Wilma")
    assert ruler("Bricolage", 800, "W") > 3 * ruler("Bricolage", 800, "i")
    assert ruler("Bricolage", 800, "Wilma") > ruler("Bricolage", 400, "Wilma") > ruler("Hanken", 400, "Wilma")
    assert ruler("Hanken", 400, "WiWi") == pytest.approx(2 * ruler("Hanken", 400, "Wi"))


def test_hanken_figures_all_have_the_width_the_type_designer_gave_them() -> None:
    ruler = fonts.ruler(VENDOR, "0123456789")
    assert {round(ruler("Hanken", 400, figure), 3) for figure in "0123456789"} == {0.56}


def test_other_scripts_are_measured_in_the_systems_font() -> None:
    ruler = fonts.ruler(VENDOR, "明محمد")
    assert ruler("Bricolage", 800, "明") == pytest.approx(1.05)
    assert 1.5 < ruler("Bricolage", 800, "محمد") < 3.5


def test_joiners_and_variation_selectors_take_no_room() -> None:
    ruler = fonts.ruler(VENDOR, "A\u200d\ufe0f")
    assert ruler("Hanken", 400, "A\u200d\ufe0f") == ruler("Hanken", 400, "A")


@pytest.mark.parametrize(
    ("character", "script", "package"),
    [("明", "CJK", "fonts-noto-cjk"), ("م", "Arabic", "fonts-noto-core"), ("🙂", "Emoji", "fonts-noto-color-emoji")],
)
def test_a_script_without_a_font_is_named_with_the_package_that_brings_one(
    character: str, script: str, package: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "fonts.conf").write_text('<?xml version="1.0"?><fontconfig></fontconfig>', encoding="utf-8")
    monkeypatch.setenv("FONTCONFIG_FILE", str(tmp_path / "fonts.conf"))
    with pytest.raises(fonts.FontMissing) as caught:
        fonts.ruler(VENDOR, f"Anna {character}")
    assert (caught.value.script, caught.value.package, caught.value.characters) == (script, package, character)
    assert str(caught.value) == f"No font for {script} ({character}). On Debian: apt-get install {package}"


def test_a_code_point_that_is_no_character_is_refused_without_a_package() -> None:
    with pytest.raises(fonts.FontMissing, match="Take it out of the text") as caught:
        fonts.ruler(VENDOR, "Anna \ue123")
    assert (caught.value.script, caught.value.package) == ("U+E123", "")


def test_missing_shipped_font_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="bricolage-grotesque-latin-wght-normal.woff2 is not below"):
        fonts.shipped(tmp_path)


@pytest.mark.parametrize(
    ("character", "script"),
    [("م", "Arabic"), ("の", "CJK"), ("한", "CJK"), ("Ж", "Cyrillic"), ("ש", "Hebrew"), ("☺", "Emoji")],
)
def test_script_of_a_character(character: str, script: str) -> None:
    assert fonts.script_of(character) == script
