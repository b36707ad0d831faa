"""A-05 in a browser: with every field full of hostile texts no script of theirs runs on any page, and nothing else is asked."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Dialog
from werkzeug.serving import make_server

from camp import schema
from camp.app import create_app
from camp.config import Config
from camp.db import db
from tests import make
from tests.browser.cases import NO_PAGE
from tests.net import free_port
from tests.safety import calls
from tests.safety import world as worlds
from tests.safety.hostile import ALL, poison
from tests.safety.world import World


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, World]]:
    """The two camps of the safety tests, poisoned and served."""
    folder: Path = tmp_path_factory.mktemp("hostile")
    config = Config(folder=folder, database_url="", base_url="https://localhost", secret_key="s" * 43, vote_key="v" * 43, badge_key="b" * 43)
    app = make.app(config)
    with app.app_context():
        schema.upgrade()
    made = worlds.build(app)
    with app.app_context():
        poison(ALL)
        db.session.remove()
        db.engine.dispose()
    port = free_port()
    server = make_server("127.0.0.1", port, create_app(replace(config, base_url=f"http://127.0.0.1:{port}")), threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{port}", made
    server.shutdown()
    thread.join(20)
    server.server_close()


def test_a05_no_script_of_theirs_runs_on_any_page(served: tuple[str, World], visitor: Callable[..., BrowserContext]) -> None:
    url, world = served
    context = visitor(url)
    context.add_init_script("window.pwn = parent.pwn = () => { document.documentElement.dataset.pwned = 'yes'; }")
    secure = url.replace("http:", "https:")
    page, dialogs, seen = context.new_page(), list[str](), 0

    def opened(dialog: Dialog) -> None:
        dialogs.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", opened)
    with world.app.app_context():
        found = [(call, call.path(world)) for call in calls.all_calls(world.app) if call.method == "GET" and call.rule.endpoint not in NO_PAGE]
    for actor in ("organiser", "host", "door", "administrator"):
        context.clear_cookies()
        context.add_cookies([{"name": name, "value": value, "url": secure, "secure": True} for name, value in world.cookies[actor].items()])
        for call, path in found:
            if actor != "organiser" and (call.route.policy not in {"host": ("host", "participant"), "door": ("door",), "administrator": ("administrator",)}[actor] and call.rule.endpoint != "doors.show"):
                continue
            page.goto(path, wait_until="domcontentloaded")
            assert page.evaluate("document.documentElement.dataset.pwned || ''") == "", path
            seen += 1
    assert (dialogs, seen > 100) == ([], True)
