"""Plots as numbers for SVG: values in, places on a field of 420 × 220 units out; see macros/plots.html."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

WIDTH, HEIGHT = 420, 220
_LEFT, _RIGHT, _TOP, _BOTTOM = 40, 80, 16, 30   # free for labels; the right one for the words at a curve's end
_NAMES = 150                                    # free for the names of bars
_ROW = 34


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark on an axis: where, and what it says."""

    at: float
    value: float | date


@dataclass(frozen=True, slots=True)
class Curve:
    """Values by day as one line: the path, the area under it, its last point and its last value."""

    path: str
    area: str
    end: tuple[float, float]
    last: float


@dataclass(frozen=True, slots=True)
class Curves:
    """Lines over the same days with a scale each way; `foot` is where the value 0 lies."""

    curves: Mapping[str, Curve]
    across: Sequence[Tick]
    upwards: Sequence[Tick]
    foot: float


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar from left to right: its name, its value, its upper edge and its length."""

    name: str
    value: float
    top: float
    length: float


def curves(days: Sequence[date], lines: Mapping[str, Sequence[float]]) -> Curves:
    """Lines of one value a day, drawn to one scale that begins at 0. Raises ValueError if the lengths differ."""
    if any(len(line) != len(days) for line in lines.values()):
        raise ValueError("one value a day")
    top = scale(max((value for line in lines.values() for value in line), default=0))[-1]
    foot = HEIGHT - _BOTTOM
    width, height = WIDTH - _LEFT - _RIGHT, foot - _TOP

    def x(number: int) -> float:
        return round(_LEFT + width * number / max(1, len(days) - 1), 1)

    def y(value: float) -> float:
        return round(foot - height * value / top, 1)

    drawn = {name: _curve([(x(n), y(value)) for n, value in enumerate(line)], foot, line)
             for name, line in lines.items() if line}
    return Curves(drawn, [Tick(x(n), days[n]) for n in _marked(len(days))],
                  [Tick(y(value), value) for value in scale(top)], foot)


def _curve(points: Sequence[tuple[float, float]], foot: float, values: Sequence[float]) -> Curve:
    path = "M" + "L".join(f"{x} {y}" for x, y in points)
    return Curve(path, f"{path}L{points[-1][0]} {foot}L{points[0][0]} {foot}z", points[-1], values[-1])


def bars(values: Mapping[str, float]) -> Sequence[Bar]:
    """Bars in the order given, the longest over the whole width."""
    most = max(values.values(), default=0) or 1
    room = WIDTH - _NAMES - 50
    return [Bar(name, value, 10.0 + _ROW * number, round(room * value / most, 1))
            for number, (name, value) in enumerate(values.items())]


def scale(most: float) -> Sequence[int]:
    """Round numbers from 0 to at least `most`, three to six of them: steps of 1, 2 or 5 times a power of ten."""
    step = next(step for step in _steps() if step * 5 >= most)
    return range(0, step * max(2, math.ceil(most / step)) + 1, step)


def _steps() -> Sequence[int]:
    return [factor * 10 ** power for power in range(9) for factor in (1, 2, 5)]


def _marked(number: int) -> Sequence[int]:
    """Which of so many days get a mark: the first, the last, and one between where there is room."""
    return sorted({0, number // 2, number - 1}) if number > 2 else range(number)


def days_between(first: date, last: date, most: int = 120) -> Sequence[date]:
    """The days from first to last; of more than `most` every second, third … day, the last one always among them."""
    number = (last - first).days + 1
    step = max(1, math.ceil(number / most))
    return [last - timedelta(days=step * back) for back in range(math.ceil(number / step) - 1, -1, -1)]
