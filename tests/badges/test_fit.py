"""Fitting: sizes shrink, lines wrap, nothing is cut off."""

import pytest

from badges import fit

STEPS: fit.Steps = ((10, 1), (8, 2), (5, 3))


def _half(text: str) -> float:
    """Every character is half an em wide, so that the sums can be done by hand."""
    return len(text) / 2


@pytest.mark.parametrize(
    ("text", "size", "lines"),
    [
        ("a" * 20, 10, 1),
        ("a" * 21, 8, 1),
        ("aaaaaaaaaa bbbbbbbbbbbbbb", 8, 1),
        ("aaaaaaaaaa bbbbbbbbbbbbbbb", 8, 2),
        ("aaaaaaaaaaaaaaaa-bbbbbbbbbbb", 8, 2),
        ("a" * 40, 5, 1),
        ("a" * 41, 8, 2),
        ("", 10, 0),
    ],
)
def test_text_takes_the_first_size_that_fits_a_hundred_points(text: str, size: float, lines: int) -> None:
    assert fit.fit_text(text, _half, 100, STEPS) == fit.Fitted(text, size, 1.25, lines)


def test_chinese_breaks_after_every_character() -> None:
    assert fit.fit_text("明王" * 6, len, 100, STEPS) == fit.Fitted("明王" * 6, 8, 1.25, 1)
    assert fit.fit_text("明王" * 10, len, 100, STEPS).lines == 2


def test_text_that_fits_in_no_size_is_refused_by_name() -> None:
    with pytest.raises(fit.TooLong, match="Shorten it") as caught:
        fit.fit_text("a" * 200, _half, 100, STEPS)
    assert caught.value.text == "a" * 200


def _names(first: str, family: str, height: float = 67) -> list[tuple[float, int]]:
    fitted = fit.fit_name(first, family, (_half, _half), 133, height)
    assert fitted[0].height + fitted[1].height + fit.FAMILY_GAP <= height
    return [(one.size, one.lines) for one in fitted]


def test_a_short_name_stands_in_the_largest_size_and_the_family_name_below_it_smaller() -> None:
    assert _names("Elif", "Mann") == [(36, 1), (22, 1)]


def test_a_long_family_name_shrinks_without_making_the_first_name_small() -> None:
    (first, _), (family, lines) = _names("Jo", "Donaudampfschifffahrtsgesellschaftskapitän")
    assert (first, lines) == (36, 2)
    assert family < 13


def test_a_long_first_name_wraps_at_its_hyphen() -> None:
    assert _names("Maximiliane-Friederike", "Schmidt")[0] == (21, 2)


@pytest.mark.parametrize(("text", "leading"), [("Zoë", 1.0), ("Phượng", 1.15), ("Z\u0335\u030a\u034da", 1.6), ("Z" + "\u030a" * 60, 1.8), ("محمد", 1.3)])
def test_marks_above_and_below_the_letters_have_room_in_their_line(text: str, leading: float) -> None:
    assert fit.fit_text(text, _half, 1000, STEPS, 1.0).leading == pytest.approx(leading)


@pytest.mark.parametrize("length", range(1, 160, 7))
def test_names_of_any_length_stay_in_their_box(length: int) -> None:
    assert _names("W" * length, "M" * length)[0][0] >= 5


def test_a_name_that_no_size_holds_is_refused() -> None:
    with pytest.raises(fit.TooLong):
        fit.fit_name("W" * 2000, "", (_half, _half), 133, 67)


@pytest.mark.parametrize(
    ("text", "direction"),
    [("Anna", "ltr"), ("محمد", "rtl"), ("שרה", "rtl"), ("12 محمد", "rtl"), ("Ali محمد", "ltr"), ("", "ltr")],
)
def test_direction_follows_the_first_letter_that_has_one(text: str, direction: str) -> None:
    assert fit.base_direction(text) == direction


def test_larger_cards_have_larger_sizes_first() -> None:
    assert fit.scaled(((10, 1), (8, 2)), 1.5) == ((15, 1), (12, 2), (10, 1), (8, 2))
    assert fit.scaled(((10, 1), (8, 2)), 1.0) == ((10, 1), (8, 2))


@pytest.mark.parametrize(("text", "limit", "lines"), [
    ("Mai Krause", 20, ["Mai Krause"]), ("Mai Krause", 6, ["Mai", "Krause"]), ("Müller-Lüdenscheidt", 12, ["Müller-", "Lüdenscheidt"]),
    ("Donaudampf", 4, ["Dona", "udam", "pf"]), ("王小明", 2, ["王小", "明"]), ("", 5, [""])])
def test_lines_break_where_they_are_counted(text: str, limit: float, lines: list[str]) -> None:
    assert fit.break_lines(text, lambda words: float(len(words)), limit) == lines
