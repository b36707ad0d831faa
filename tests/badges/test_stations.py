from __future__ import annotations

import pytest

from badges.stations import checked


@pytest.mark.parametrize(("asked", "given"), [
    (("shirt", "camp"), ("shirt", "camp")), (("meal", "day"), ("meal", "day")), (("door", "camp"), ("door", "day")),
    (("dance", "camp"), ("door", "day")), (("shirt", "hour"), ("shirt", "day"))])
def test_a_station_is_one_of_ours_and_a_door_counts_by_the_day(asked: tuple[str, str], given: tuple[str, str]) -> None:
    assert checked(*asked) == given
