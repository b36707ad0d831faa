"""A camp served in this process for a browser: web server and worker in threads, so that camp/clock.py moves the time of both."""

from __future__ import annotations

import email
import email.policy
import logging
import re
import threading
from dataclasses import replace
from email.message import EmailMessage
from pathlib import Path

from flask import Flask
from werkzeug.serving import make_server

from camp import config, jobs, post, worker
from camp.app import create_app
from camp.db import db
from tests.net import free_port


class Site:
    """One installation on a free port of the loopback."""

    def __init__(self, folder: Path, port: int | None = None) -> None:
        self.folder, self.port = folder, port or free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.app: Flask = create_app(replace(config.load(folder, {}), base_url=self.url))
        logging.getLogger("werkzeug").setLevel(logging.ERROR)
        self._server = make_server("127.0.0.1", self.port, self.app, threaded=True)
        self._stop, self._turns = threading.Event(), threading.Lock()
        self._threads = [threading.Thread(target=self._server.serve_forever), threading.Thread(target=self._work)]

    def __enter__(self) -> Site:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._server.shutdown()
        for thread in self._threads:
            thread.join(60)
        self._server.server_close()
        with self.app.app_context():
            db.engine.dispose()

    def _work(self) -> None:
        while not self._stop.wait(0.2):
            for turn in (lambda: post.send_due() > 0, jobs.run_next):
                worker.tick(self.app, turn, self._turns, [])

    def letters(self, address: str) -> list[EmailMessage]:
        """The mailbox of an address, oldest first."""
        found = []
        for path in sorted(self.folder.glob("mail/*.eml"), key=lambda path: path.stat().st_mtime_ns):
            message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
            if message["To"] == address:
                found.append(message)
        return found

    def link_for(self, address: str) -> str:
        """The link of the newest mail to an address."""
        text = self.letters(address)[-1].get_body().get_content()  # type: ignore[union-attr]
        found = re.search(rf"{re.escape(self.url)}\S+", text)
        assert found, text
        return found[0]
