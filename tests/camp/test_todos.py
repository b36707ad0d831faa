from __future__ import annotations

from flask import Flask

from camp import todos
from camp.models import Camp
from camp.todos import Todo
from tests import make


def test_what_is_bad_comes_first_and_equals_stay_in_order(app: Flask) -> None:
    bare, camp = Flask("bare"), make.camp()

    def first(seen: Camp) -> list[Todo]:
        assert seen is camp
        return [Todo("info", "a", ""), Todo("warn", "b", "")]

    todos.register(bare, first)
    todos.register(bare, lambda seen: [Todo("warn", "c", ""), Todo("bad", "d", "")])
    assert [todo.text for todo in todos.of(bare, camp)] == ["d", "b", "c", "a"]


def test_nobody_looks_at_anything(app: Flask) -> None:
    assert todos.of(Flask("bare"), make.camp()) == []
