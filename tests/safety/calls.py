"""Call any route as anybody: addresses from the address map, data from the hand-written table."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from flask import Flask
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from tests.safety.table import ALLOWED, ROUTES, Route
from tests.safety.world import World

ORIGIN = "https://localhost"


@dataclass(frozen=True)
class Call:
    """A method on a rule of the address map."""

    rule: Rule
    method: str

    @property
    def key(self) -> str:
        """Its line in the table."""
        return f"{self.method} {self.rule.endpoint}"

    @property
    def route(self) -> Route:
        """What the table says."""
        return ROUTES[self.key]

    @property
    def takes_ids(self) -> bool:
        """Whether the address or the data name something of a camp beside the slug."""
        named = self.rule.arguments - {"camp", "name", "filename", "kind", "language", "template", "phase", "act"}
        return bool(named) or any("{" in value for value in self.route.data.values())

    def path(self, world: World, values_of: str = "a", slug_of: str = "a") -> str:
        """The address with the values of a camp, under the slug of one."""
        values = world.values[values_of]
        words = {name: values[name] for name in self.rule.arguments - self.route.args.keys()}
        words |= {name: filled(text, values) for name, text in self.route.args.items()}
        if "camp" in words:
            words["camp"] = world.values[slug_of]["camp"]
        if self.rule.arguments == {"code"}:  # in capitals and in small letters: the map would build only one of them
            return self.rule.rule.replace("<code>", str(words["code"]))
        return world.app.url_map.bind("localhost").build(self.rule.endpoint, words)


def all_calls(app: Flask) -> list[Call]:
    """Every route with every method that it answers, HEAD and OPTIONS aside."""
    return [Call(rule, method) for rule in sorted(app.url_map.iter_rules(), key=lambda rule: (rule.endpoint, rule.rule))
            for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})]


def send(world: World, call: Call, actor: str, *, values_of: str = "a", slug_of: str = "a", method: str = "",
         **values: Any) -> TestResponse:
    """Call a route as an actor with what the table says."""
    method = method or call.method
    if method == "POST" and not values.keys() & {"data", "json"}:
        data = {name: filled(text, world.values[values_of]) for name, text in call.route.data.items()}
        values |= {"json": {"events": [data | {"live": True}]}} if call.route.json else {"data": data}
    if call.route.json:
        values["headers"] = {"X-Camp-Door": "1"} | values.get("headers", {})
    return raw(world, method, call.path(world, values_of, slug_of), actor, **values)


def raw(world: World, method: str, path: str, actor: str, **values: Any) -> TestResponse:
    """Send a request with an actor's cookies and no others."""
    client = world.app.test_client(use_cookies=False)
    values["headers"] = {"Cookie": world.cookie(actor)} | values.get("headers", {})
    if "?" in path and "query_string" in values:  # what stands in the address already goes along
        path, _, query = path.partition("?")
        values["query_string"] = dict(parse_qsl(query)) | dict(values["query_string"])
    return client.open(path, method=method, base_url=ORIGIN, **values)


def may_call(call: Call, actors: Iterable[str]) -> str:
    """The first of these actors whom the table lets through."""
    return next(actor for actor in actors if actor in ALLOWED[call.route.policy])


def filled(text: str, values: dict[str, Any]) -> str:
    """A text of the table with the camp's values in it."""
    return text.format(**values)
