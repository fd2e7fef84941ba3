"""A real SMTP server on loopback that can be told to stall, to refuse and to be slow."""

from __future__ import annotations

import asyncio
import email
import socket
import threading
from email.message import Message
from typing import Any

from aiosmtpd.controller import Controller

TAKEN = "250 2.0.0 Taken"


class MailServer:
    """Keeps what it has accepted; ``mode`` says how it behaves from now on.

    ``take`` accepts; ``stall`` reads the whole message and never answers; ``refuse`` answers 451 to every sender;
    ``together`` accepts, but holds its answers until two sessions stand in this place at once.
    """

    def __init__(self) -> None:
        self.mode = "take"
        self.messages: list[Message] = []
        self.overlapped = threading.Event()
        self._inside = 0
        self._controller: Controller | None = None
        self.port = free_port()

    @property
    def ids(self) -> list[str]:
        return [str(message["Message-ID"]) for message in self.messages]

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    def start(self) -> None:
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port)
        self._controller.start()

    def stop(self) -> None:
        if self._controller is not None:
            self._controller.stop()
            self._controller = None

    async def handle_MAIL(self, _server: Any, _session: Any, envelope: Any, address: str, _options: list[str]) -> str:
        if self.mode == "refuse":
            return "451 4.3.2 Come back later"
        envelope.mail_from = address
        return "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:
        self.messages.append(email.message_from_bytes(envelope.content))
        if self.mode == "stall":
            await asyncio.sleep(120)
        if self.mode == "together":
            await self._wait_for_another()
        return TAKEN

    async def _wait_for_another(self) -> None:
        self._inside += 1
        if self._inside > 1:
            self.overlapped.set()
        for _ in range(150):
            if self.overlapped.is_set():
                break
            await asyncio.sleep(0.1)
        await asyncio.sleep(0.02)
        self._inside -= 1


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])
