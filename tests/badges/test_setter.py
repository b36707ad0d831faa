"""The process that sets badges, called here without one: its answers and its bounds."""

import resource
import subprocess
import sys

from badges import setter, setting
from tests.badges.test_setting import CARD, ORDER


def test_answers_tell_what_became_of_an_order() -> None:
    head, content = setter.answer(setting._told(ORDER))
    assert (head, content[:5]) == ({"state": "done"}, b"%PDF-")
    from dataclasses import replace
    long = replace(ORDER, faces=[replace(CARD, name="W" * 3000)])
    head, content = setter.answer(setting._told(long))
    assert (head["state"], content) == ("too long", b"")


def test_the_bounds_hold() -> None:
    program = "from badges import setter; setter.limit(7); import resource as r; print(r.getrlimit(r.RLIMIT_CPU)[0], r.getrlimit(r.RLIMIT_AS)[0], r.getrlimit(r.RLIMIT_CORE)[0])"
    out = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    assert out.split() == ["7", str(setting.MEMORY), "0"]
    assert resource.getrlimit(resource.RLIMIT_CPU)[0] != 7
