"""A reader without a browser: a websocket client that speaks Streamlit's own protobuf messages."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import streamlit  # noqa: F401  (its protobuf modules need the package to be imported first)
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect


@dataclass
class Reader:
    """One session: what it was sent last, and the widgets it has seen."""

    connection: ClientConnection
    page: str
    query: str
    messages: list[ForwardMsg] = field(default_factory=list)
    widgets: dict[str, tuple[Any, str]] = field(default_factory=dict)

    async def open(self) -> None:
        """Open the page as a browser does that comes by a link."""
        message = BackMsg()
        message.rerun_script.query_string = self.query
        message.rerun_script.page_name = self.page
        message.rerun_script.context_info.locale = "en-US"
        await self._run(message)

    async def slide(self, label: str, value: float) -> None:
        """Move a slider and wait until its fragment has been redrawn."""
        element, fragment = self.widgets[label]
        message = BackMsg()
        state = message.rerun_script.widget_states.widgets.add()
        state.id = element.id
        state.double_array_value.data.append(value)
        message.rerun_script.query_string = self.query
        message.rerun_script.fragment_id = fragment
        await self._run(message)

    async def _run(self, message: BackMsg) -> None:
        await self.connection.send(message.SerializeToString())
        self.messages.clear()
        while True:
            answer = ForwardMsg.FromString(await self.connection.recv(decode=False))
            self.messages.append(answer)
            self._notice(answer)
            if answer.WhichOneof("type") == "script_finished":
                return

    def _notice(self, answer: ForwardMsg) -> None:
        if answer.delta.new_element.HasField("slider"):
            slider = answer.delta.new_element.slider
            self.widgets[slider.label] = (slider, answer.delta.fragment_id)

    def text(self) -> str:
        """All Markdown of the last run."""
        return "\n".join(
            message.delta.new_element.markdown.body or message.delta.new_element.heading.body
            for message in self.messages
        )

    def errors(self) -> list[str]:
        """All exceptions of the last run."""
        elements = [message.delta.new_element for message in self.messages]
        return [element.exception.message for element in elements if element.HasField("exception")]


@asynccontextmanager
async def reading(address: str, page: str = "", query: str = "") -> AsyncIterator[Reader]:
    """A reader who has just opened a page of the server at `address`."""
    url = address.replace("http://", "ws://") + "/_stcore/stream"
    async with connect(url, subprotocols=["streamlit"], max_size=None, compression=None) as connection:  # type: ignore[list-item]
        reader = Reader(connection, page, query)
        await reader.open()
        yield reader
