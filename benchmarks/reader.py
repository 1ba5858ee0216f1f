"""A reader without a browser: a websocket client that speaks Streamlit's own protobuf messages."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import streamlit  # noqa: F401  (its protobuf modules need the package to be imported first)
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.NumberInput_pb2 import NumberInput
from streamlit.proto.Slider_pb2 import Slider
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect

TRACK, WAY = "softmax_lab_track", "softmax_lab_way"


@dataclass
class Reader:
    """One session: what it was sent last, and the widgets it has seen."""

    connection: ClientConnection
    page: str
    query: str
    messages: list[ForwardMsg] = field(default_factory=list)
    widgets: dict[str, tuple[Any, str]] = field(default_factory=dict)
    states: dict[str, WidgetState] = field(default_factory=dict)
    buttons: dict[str, tuple[str, str]] = field(default_factory=dict)
    stops: list[str] = field(default_factory=list)
    script: str = ""
    moves: int = 0

    async def open(self) -> None:
        """Open the page as a browser does that comes by a link."""
        message = BackMsg()
        message.rerun_script.query_string = self.query
        message.rerun_script.page_name = self.page
        message.rerun_script.context_info.locale = "en-US"
        await self.run(message)

    async def slide(self, label: str, value: float) -> None:
        """Move a slider and wait until its fragment has been redrawn."""
        await self.run(self.moved(label, value))

    async def press(self, label: str) -> None:
        """Press a button of this name."""
        button, fragment = self.buttons[label]
        message = self.rerun_of(fragment)
        message.rerun_script.widget_states.widgets.add(id=button, trigger_value=True)
        await self.run(message)

    def moved(self, label: str, value: float, rests: bool = True) -> BackMsg:
        """The message of a moved slider: Streamlit's says what it is set to, ours what was done to it."""
        element, fragment = self.widgets[label]
        if isinstance(element, Slider):
            self.states[element.id].double_array_value.data[:] = [value]
            return self.rerun_of(fragment)
        self.moves += 1
        said = {"value": value, "rests": rests, "number": self.moves}
        return self.event_of(element.id, fragment, "move", said)

    def event_of(self, component: str, fragment: str, event: str, value: dict[str, Any]) -> BackMsg:
        """The message of something that was done to a component."""
        message = self.rerun_of(fragment)
        state = message.rerun_script.widget_states.widgets.add()
        state.id = f"$$STREAMLIT_INTERNAL_KEY_{component}__events"
        state.json_trigger_value = json.dumps([{"event": event, "value": value}])
        return message

    def rerun_of(self, fragment: str) -> BackMsg:
        """The message that reruns a fragment. As from a browser it says what every widget is set to."""
        message = BackMsg()
        message.rerun_script.query_string = self.query
        message.rerun_script.page_script_hash = self.script
        message.rerun_script.fragment_id = fragment
        message.rerun_script.widget_states.widgets.extend(self.states.values())
        return message

    async def run(self, message: BackMsg) -> None:
        await self.connection.send(message.SerializeToString())
        self.messages.clear()
        while True:
            answer = ForwardMsg.FromString(await self.connection.recv(decode=False))
            self.messages.append(answer)
            self.notice(answer)
            if answer.WhichOneof("type") == "script_finished" and not _goes_on(answer):
                return

    def notice(self, answer: ForwardMsg) -> None:
        """Keep what later messages to the server need."""
        if answer.HasField("navigation"):
            self.script = answer.navigation.page_script_hash
        elif answer.HasField("page_info_changed"):
            self.query = answer.page_info_changed.query_string
        element = answer.delta.new_element
        if (state := _state(element)) is not None:
            self.states[state.id] = state
        if element.HasField("slider"):
            self.widgets[element.slider.label] = (element.slider, answer.delta.fragment_id)
        elif element.bidi_component.component_name == TRACK:
            label = json.loads(element.bidi_component.json)["label"]
            self.widgets[label] = (element.bidi_component, answer.delta.fragment_id)
        elif element.bidi_component.component_name == WAY:
            self.stops = [stop["slug"] for stop in json.loads(element.bidi_component.json).get("stops", ())]
        elif element.HasField("button"):
            self.buttons[element.button.label] = (element.button.id, answer.delta.fragment_id)

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


def _goes_on(finished: ForwardMsg) -> bool:
    """Whether another run follows by itself; of a run that is told in parts the end names none."""
    early = finished.script_finished == ForwardMsg.FINISHED_EARLY_FOR_RERUN
    return early and finished.metadata.HasField("run")


def _state(element: Element) -> WidgetState | None:
    """What a browser tells of a widget that it has just been sent."""
    kind = element.WhichOneof("type")
    if kind not in ("slider", "button_group", "number_input", "text_input"):
        return None
    widget: Any = getattr(element, kind)
    state = WidgetState(id=widget.id)
    value = widget.value if kind != "button_group" and widget.set_value else widget.default
    if kind == "slider" and widget.type == Slider.SELECT_SLIDER:
        options = [widget.options[int(i)] for i in widget.default]
        state.string_array_value.data.extend(widget.raw_value if widget.set_value else options)
    elif kind == "slider":
        state.double_array_value.data.extend(value)
    elif kind == "button_group":
        options = [widget.options[i].content for i in widget.default]
        state.string_array_value.data.extend(widget.raw_values if widget.set_value else options)
    elif kind == "text_input":
        state.string_value = value
    elif widget.data_type == NumberInput.INT:
        state.int_value = int(value)
    else:
        state.double_value = value
    return state


@asynccontextmanager
async def reading(
    address: str, page: str = "", query: str = "", headers: Mapping[str, str] | None = None
) -> AsyncIterator[Reader]:
    """A reader who has just opened a page of the server at `address`."""
    url = address.replace("http://", "ws://") + "/_stcore/stream"
    options: dict[str, Any] = {"subprotocols": ["streamlit"], "max_size": None}
    async with connect(url, additional_headers=headers, **options) as connection:
        reader = Reader(connection, page, query)
        await reader.open()
        yield reader
