import pytest

from sessions.planner.explain import reason
from sessions.planner.grid import Grid
from sessions.planner.problem import Breach, Room, Session
from tests.sessions.planner.tiny import small


@pytest.mark.parametrize(("changes", "found"), [
    ({"sessions": (Session("s1", "", needs=frozenset({"kiln", "beamer"})),)},
     Breach("no_room_with", "s1", other="kiln")),
    ({"sessions": (Session("s1", "", needs=frozenset({"sofa", "beamer"})),),
      "rooms": (Room("A", 1, frozenset({"beamer"})), Room("B", 1, frozenset({"sofa"})))},
     Breach("no_room_with_all", "s1", other="beamer, sofa")),
    ({"sessions": (Session("s1", "", ("ann",)),), "windows": {"ann": frozenset()}},
     Breach("no_host_slot", "s1", host="ann")),
    ({"sessions": (Session("s1", "", ("ann",), available=frozenset({"t1"})),), "windows": {"ann": frozenset({"t2"})}},
     Breach("no_slot", "s1")),
    ({"sessions": (Session("s1", "", length=2, available=frozenset({"t2", "t3"})),)}, Breach("no_two_slots", "s1")),
    ({"sessions": (Session("s1", "", available=frozenset({"t1"})),),
      "rooms": (Room("A", 1, closed=frozenset({"t1"})),)}, Breach("no_open_room", "s1")),
])
def test_reason_of_a_session_that_fits_nowhere(changes, found):
    assert reason(Grid(small(**changes)), 0, ()) == found


def test_reason_names_the_host_who_is_busy_in_every_slot():
    sessions = (Session("s1", "", ("ann",), available=frozenset({"t1"})), Session("s2", "", ("ann",)))
    grid = Grid(small(sessions=sessions))
    assert reason(grid, 0, [-1, 0]) == Breach("no_host_slot", "s1", host="ann")
    assert reason(grid, 0, [-1, 2]) == Breach("no_cell_left", "s1")
