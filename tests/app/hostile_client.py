"""A client that speaks Streamlit's messages and means no good."""

from __future__ import annotations

import asyncio
import random
from dataclasses import dataclass, field

import streamlit  # noqa: F401  (its messages need the package to be imported first)
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from lessons import PAGES
from tests.app import hostile

PATIENCE = 120.0
_PAGES = (*(page.path for page in PAGES), "nothing", "../scores", "scores/x", "\x00", "a" * 1000, "<b>")


@dataclass
class Client:
    """One line to a server, and what it has been told of widgets and parts of the page."""

    line: ClientConnection
    rng: random.Random
    widgets: set[str] = field(default_factory=set)
    fragments: set[str] = field(default_factory=set)
    script: str = ""
    stumbled: list[str] = field(default_factory=list)

    async def open(self) -> None:
        """Open a page by a hostile address."""
        message = BackMsg()
        lesson = self.rng.choice(PAGES)
        message.rerun_script.query_string = hostile.query_string(self.rng, hostile.keys_of(lesson))
        message.rerun_script.page_name = lesson.path if self.rng.random() < 0.8 else self.rng.choice(_PAGES)
        message.rerun_script.context_info.locale = self.rng.choice(("en-US", "ko", "", "x" * 1000, "\x00"))
        await self.ask(message)

    async def play(self) -> None:
        """Say something impossible of some widgets, for the page or a part of it."""
        message = BackMsg()
        asked = message.rerun_script
        asked.page_script_hash = self.script if self.rng.random() < 0.9 else "nothing"
        if self.rng.random() < 0.3:
            asked.query_string = hostile.query_string(
                self.rng, ["scores", "temperature", "rate", "show", "lang"]
            )
            asked.is_history_navigation = self.rng.random() < 0.5
        if self.fragments and self.rng.random() < 0.5:
            asked.fragment_id = self.rng.choice(sorted(self.fragments))
        elif self.rng.random() < 0.05:
            await self.line.send(_nothing().SerializeToString())  # Streamlit passes over it
        known = sorted(self.widgets)
        for widget in self.rng.sample(known, min(len(known), self.rng.randrange(1, 8))):
            asked.widget_states.widgets.append(hostile.state(self.rng, widget))
        await self.ask(message)

    async def ask(self, message: BackMsg) -> None:
        """Send it and wait for the end of the run.

        A part of the page may be gone, and Streamlit then says nothing: so all of it is asked for afterwards.
        """
        await self.line.send(message.SerializeToString())
        if message.rerun_script.fragment_id:
            whole = BackMsg()
            whole.rerun_script.page_script_hash = self.script
            await self.line.send(whole.SerializeToString())
        while True:
            answer = ForwardMsg.FromString(await asyncio.wait_for(self.line.recv(decode=False), PATIENCE))
            self._notice(answer)
            if (
                answer.WhichOneof("type") == "script_finished"
                and answer.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY
            ):
                return

    def _notice(self, answer: ForwardMsg) -> None:
        if answer.HasField("navigation"):
            self.script = answer.navigation.page_script_hash
        if answer.delta.fragment_id:
            self.fragments.add(answer.delta.fragment_id)
        element = answer.delta.new_element
        kind = element.WhichOneof("type")
        widget = getattr(getattr(element, kind), "id", "") if kind else ""
        block = answer.delta.add_block
        self.widgets.update(name for name in (widget, block.id) if name)
        if element.HasField("exception") or "stumbled" in element.alert.body:
            self.stumbled.append(element.exception.message or element.alert.body)


def _nothing() -> BackMsg:
    """Asks for a part of the page that there is not."""
    message = BackMsg()
    message.rerun_script.fragment_id = "nothing"
    return message


async def visit(address: str, seed: int, moves: int) -> list[str]:
    """Open a page and play with it; what made it stumble."""
    client = Client(await _line(address), random.Random(seed))  # noqa: S311
    try:
        await client.open()
        for _ in range(moves):
            await client.play()
    except ConnectionClosed as closed:
        if closed.rcvd is None:  # refused is told by a code, not by silence
            client.stumbled.append("the line broke")
    finally:
        await client.line.close()
    return [f"seed {seed}: {words}" for words in client.stumbled]


async def _line(address: str) -> ClientConnection:
    url = address.replace("http", "ws", 1) + "/_stcore/stream"
    return await connect(url, subprotocols=["streamlit"], max_size=None, compression=None)  # type: ignore[list-item]
