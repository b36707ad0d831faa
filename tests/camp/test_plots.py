from __future__ import annotations

from datetime import date, timedelta

import pytest

from camp import plots

DAYS = [date(2027, 4, 1) + timedelta(days=n) for n in range(3)]


def test_a_line_runs_from_the_foot_to_its_value() -> None:
    plot = plots.curves(DAYS, {"placed": [0, 50, 100]})
    line = plot.curves["placed"]
    assert (line.path, line.end, line.last) == ("M40.0 190.0L190.0 103.0L340.0 16.0", (340.0, 16.0), 100)
    assert line.area == line.path + "L340.0 190L40.0 190z"
    assert [(tick.at, tick.value) for tick in plot.across] == [(40.0, DAYS[0]), (190.0, DAYS[1]), (340.0, DAYS[2])]
    assert [tick.value for tick in plot.upwards] == [0, 20, 40, 60, 80, 100]


def test_lines_share_one_scale() -> None:
    plot = plots.curves(DAYS, {"placed": [0, 1, 2], "all": [0, 2, 4]})
    assert (plot.curves["placed"].end[1], plot.curves["all"].end[1]) == (103.0, 16.0)


def test_one_day_and_none_are_drawn_too() -> None:
    assert plots.curves(DAYS[:1], {"placed": [3]}).curves["placed"].end == (40.0, 16.0)
    assert plots.curves([], {"placed": []}).curves == {}


def test_a_value_is_missing() -> None:
    with pytest.raises(ValueError, match="one value a day"):
        plots.curves(DAYS, {"placed": [1, 2]})


def test_the_longest_bar_takes_the_whole_width() -> None:
    assert [(bar.name, bar.top, bar.length) for bar in plots.bars({"a": 10, "b": 5, "c": 0})] == [
        ("a", 10.0, 220.0), ("b", 44.0, 110.0), ("c", 78.0, 0.0)]
    assert [bar.length for bar in plots.bars({"a": 0})] == [0.0]
    assert plots.bars({}) == []


@pytest.mark.parametrize(("most", "expected"), [(0, [0, 1, 2]), (1, [0, 1, 2]), (4, [0, 1, 2, 3, 4]), (7, [0, 2, 4, 6, 8]),
                                                (260, [0, 100, 200, 300]), (300, [0, 100, 200, 300]), (5000, [0, 1000, 2000, 3000, 4000, 5000])])
def test_scales_are_round(most: float, expected: list[int]) -> None:
    assert list(plots.scale(most)) == expected


def test_many_days_are_thinned_and_the_last_stays() -> None:
    first, last = date(2027, 1, 1), date(2027, 12, 31)
    found = plots.days_between(first, last, 100)
    assert (len(found), found[-1], found[1] - found[0]) == (92, last, timedelta(days=4))
    assert found[0] >= first
    assert list(plots.days_between(first, first)) == [first]
