from __future__ import annotations

import threading
import time

from camp.crowd import Crowd


def _count(made: list[str], text: str) -> str:
    made.append(text)
    return text


def test_who_asks_for_the_same_in_the_same_seconds_gets_the_same_and_another_name_another() -> None:
    crowd, made = Crowd(60, 8), list[str]()
    assert [crowd.give(name, lambda name=name: _count(made, name)) for name in ("a", "b", "a", "a")] == ["a", "b", "a", "a"]
    assert made == ["a", "b"]


def test_after_its_seconds_it_is_made_anew() -> None:
    crowd, made = Crowd(0, 8), list[str]()
    for _ in range(2):
        crowd.give("a", lambda: _count(made, "a"))
    assert made == ["a", "a"]


def test_the_oldest_goes_when_there_are_too_many() -> None:
    crowd, made = Crowd(60, 2), list[str]()
    for name in ("a", "b", "c", "c", "a"):
        crowd.give(name, lambda name=name: _count(made, name))
    assert made == ["a", "b", "c", "a"]


def test_of_many_at_once_one_makes_it() -> None:
    crowd, made = Crowd(60, 8), list[str]()

    def slow() -> str:
        time.sleep(0.02)
        return _count(made, "a")

    threads = [threading.Thread(target=crowd.give, args=("a", slow)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert made == ["a"]
