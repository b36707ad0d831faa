"""Who moves up and until when: the time in which an offered place must be taken, and how many people to admit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from math import exp, fsum, lgamma, log, log1p

_LEAST = timedelta(hours=1)


def answer_by(now: datetime, evening: datetime, hours: int) -> datetime | None:
    """Until when somebody must take a place that is offered now; none if no place is offered any more.

    `hours` while the camp is far, then half of what is left until the `evening` before it (18:00), so that others can
    still be asked; an hour at least, and never beyond the evening: what comes free after it is for walk-ins.
    """
    left = evening - now
    if left <= timedelta():
        return None
    return now + min(left, max(_LEAST, min(timedelta(hours=hours), left / 2)))


def fits(free: Mapping[str, int], days: Sequence[str]) -> bool:
    """Whether there is a place on each of the days (ISO dates; none: on every day)."""
    return all(free.get(day, 0) > 0 for day in days or free)


def take(free: dict[str, int], days: Sequence[str]) -> None:
    """Count a place on each of the days as taken."""
    for day in days or tuple(free):
        free[day] = free.get(day, 0) - 1


def moving_up(free: Mapping[str, int], line: Sequence[Sequence[str]]) -> list[int]:
    """Who of a waiting line gets a place: the indices of those whose days are all free, in order.

    Whoever wants a day that is still full does not keep those behind from days that they do not need.
    """
    left, found = dict(free), []
    for number, days in enumerate(line):
        if fits(left, days):
            take(left, days)
            found.append(number)
    return found


def show_rate(past: Sequence[tuple[int, int]]) -> float | None:
    """The share of admitted people who came, over all past camps as (admitted, arrived); none if there is none."""
    admitted = sum(number for number, _ in past)
    return sum(came for _, came in past) / admitted if admitted else None


def risk(seats: int, admitted: int, rate: float) -> float:
    """The chance that more people come than there are seats, when each of those admitted comes with chance `rate`.

    The upper tail P(X > seats) of the binomial distribution X ~ B(admitted, rate): the binomial model of overbooking
    (K. Talluri, G. van Ryzin, The Theory and Practice of Revenue Management, 2004, section 4.2). It takes people to
    decide each for themselves; groups that stay away together make the true risk larger.
    """
    if admitted <= seats or rate <= 0:
        return 0.0
    if rate >= 1:
        return 1.0
    yes, no = log(rate), log1p(-rate)
    return min(1.0, fsum(exp(lgamma(admitted + 1) - lgamma(came + 1) - lgamma(admitted - came + 1)
                             + came * yes + (admitted - came) * no) for came in range(seats + 1, admitted + 1)))


def most_to_admit(seats: int, rate: float, limit: float = 0.05) -> int:
    """The largest number of people to admit so that the risk of too few seats stays within the limit.

    At most ten times the seats: nobody plans with more.
    """
    low, high = seats, 10 * seats
    while low < high:  # the risk grows with the number
        middle = (low + high + 1) // 2
        if risk(seats, middle, rate) <= limit:
            low = middle
        else:
            high = middle - 1
    return low


def curve(seats: int, rate: float, most: int = 40) -> list[tuple[int, float]]:
    """(people admitted, risk) from no risk to about one half, at most so many points, for a plot and its table."""
    end = most_to_admit(seats, rate, 0.5) + 1
    step = max(1, -(-(end - seats) // (most - 1)))
    return [(number, risk(seats, number, rate)) for number in range(seats, end + step, step)]
