"""Tests of sessions/planner/part.py."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from sessions.planner import check, solve
from sessions.planner.part import Along, Change, changes, part, told
from sessions.planner.problem import Breach, Pin, Placement, Problem, Room, Session, Slot
from sessions.planner.rules import Names

P = Placement
ROOMS = (Room("r1", 10), Room("r2", 10))
SLOTS = tuple(Slot(f"t{n}", f"{9 + n}:00", f"{9 + n}:45", "b") for n in range(3))


def problem(*hosts: str, pins: tuple[Pin, ...] = ()) -> Problem:
    """Sessions s0, s1 … with one host each, in two rooms and three slots."""
    return Problem(ROOMS, SLOTS, tuple(Session(f"s{n}", f"S{n}", (host,)) for n, host in enumerate(hosts)), pins=pins)


def test_changes_are_told_in_the_order_of_the_new_plan_and_at_last_what_falls_out() -> None:
    before = [P("s0", "r1", "t0"), P("s1", "r2", "t0"), P("s2", "r1", "t1")]
    after = [P("s3", "r1", "t0"), P("s1", "r1", "t2"), P("s2", "r1", "t1")]
    assert changes(before, after) == (
        Change("s3", None, after[0]), Change("s1", before[1], after[1]), Change("s0", before[0], None))
    assert changes(before, before) == ()


def test_a_part_that_stands_alone_takes_nothing_along() -> None:
    before, after = [P("s0", "r1", "t0"), P("s1", "r2", "t0")], [P("s0", "r1", "t1"), P("s1", "r2", "t2")]
    found = part(problem("a", "b"), before, after, ["s0", "unknown"])
    assert (found.taken, found.along, found.breaches) == (frozenset({"s0"}), (), ())
    assert set(found.placements) == {P("s0", "r1", "t1"), P("s1", "r2", "t0")}


def test_who_lies_in_the_cell_goes_along_and_so_on_round_the_circle() -> None:
    before = [P("s0", "r1", "t0"), P("s1", "r1", "t1"), P("s2", "r1", "t2")]
    after = [P("s2", "r1", "t0"), P("s0", "r1", "t1"), P("s1", "r1", "t2")]
    found = part(problem("a", "b", "c"), before, after, ["s0"])
    assert found.taken == {"s0", "s1", "s2"} and set(found.placements) == set(after)
    assert [(one.session, one.because, one.breach.rule) for one in found.along] == [
        ("s1", "s0", "taken"), ("s2", "s1", "taken")]


def test_a_host_cannot_be_in_two_places() -> None:
    before = [P("s0", "r1", "t0"), P("s1", "r2", "t1")]
    after = [P("s0", "r1", "t1"), P("s1", "r2", "t2")]
    found = part(problem("a", "a"), before, after, ["s0"])
    assert found.taken == {"s0", "s1"} and found.breaches == ()
    assert [told(one, Names(hosts={"a": "Anna"})) for one in found.along] == [
        ("%(session)s goes along: %(host)s holds it and %(other)s, which would run at the same time.",
         {"session": "s1", "other": "s0", "host": "Anna"})]


def test_what_no_change_mends_is_told() -> None:
    before, after = [P("s0", "r1", "t0")], [P("s0", "r2", "t1")]
    found = part(problem("a", pins=(Pin("s0", "t0", "r1"),)), before, after, ["s0"])
    assert {breach.rule for breach in found.breaches} == {"pin_slot", "pin_room"}


def test_each_reason_has_its_sentence() -> None:
    sentences = {rule: told(Along("s1", "s0", Breach(rule, "s1")), Names({"s0": "Zero", "s1": "One"})) for rule in ("taken", "closed")}
    assert {rule: msgid % values for rule, (msgid, values) in sentences.items()} == {
        "taken": "One goes along: it lies where Zero shall go.",
        "closed": "One goes along: where it lies it would break a rule."}


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 99), st.integers(0, 99), st.sets(st.integers(0, 7)), st.lists(st.sampled_from("abcde"), min_size=8, max_size=8))
def test_every_part_of_one_valid_plan_towards_another_is_valid(one: int, two: int, chosen: set[int], hosts: list[str]) -> None:
    tried = problem(*hosts)
    before, after = (solve(tried, seed=seed, moves=50).placements for seed in (one, two))
    found = part(tried, before, after, [f"s{number}" for number in chosen])
    assert found.breaches == () == check(tried, found.placements)
    assert {f"s{number}" for number in chosen} & {change.session for change in changes(before, after)} <= found.taken
