from sessions.planner.crowd import audience_of, levels_of


def test_levels_count_who_is_in_several_groups():
    assert levels_of([0b0111, 0b0110, 0b1100]) == [0b0110, 0b0100]
    assert levels_of([]) == []


def test_audience_splits_each_person_evenly():
    groups = [0b0111, 0b0110, 0b1100]
    levels = levels_of(groups)
    assert [round(audience_of(group, levels), 9) for group in groups] == \
        [round(value, 9) for value in (1 + 1 / 2 + 1 / 3, 1 / 2 + 1 / 3, 1 / 3 + 1)]


def test_audience_stops_when_it_is_no_more_than_enough():
    levels = levels_of([0b11, 0b11, 0b11])
    assert audience_of(0b11, levels, enough=1) == 1.0
    assert round(audience_of(0b11, levels), 9) == round(2 / 3, 9)
