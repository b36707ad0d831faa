"""A real SMTP server for tests, which keeps what it takes and can be told to refuse, to dawdle and to be away."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller

from tests.net import free_port


class Box:
    """What has arrived, and how the server behaves: its answer to each mail, and the seconds before it."""

    def __init__(self) -> None:
        self.port, self.answer, self.delay = free_port(), "250 ok", 0.0
        self.mails: list[EmailMessage] = []
        self.talks = 0
        self._controller: Controller | None = None

    def open(self, **options: Any) -> None:
        """Come up at the port."""
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port, **options)
        self._controller.start()

    def close(self) -> None:
        """Go away; who connects is refused."""
        if self._controller is not None:
            self._controller.stop()
            self._controller = None

    @property
    def url(self) -> str:
        """The server's address for the settings."""
        return f"smtp://127.0.0.1:{self.port}"

    def numbers(self) -> Counter[str]:
        """How often each Message-ID has arrived."""
        return Counter(str(mail["Message-ID"]) for mail in self.mails)

    async def handle_EHLO(self, server: Any, session: Any, envelope: Any, hostname: str, responses: list[str]) -> list[str]:  # noqa: N802
        self.talks += 1
        session.host_name = hostname
        return responses

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        if self.answer.startswith("250"):
            self.mails.append(message_from_bytes(envelope.content, policy=policy.default))
        if self.delay:
            await asyncio.sleep(self.delay)
        return self.answer


@contextmanager
def box(**options: Any) -> Iterator[Box]:
    """A server that is up."""
    made = Box()
    made.open(**options)
    try:
        yield made
    finally:
        made.close()
