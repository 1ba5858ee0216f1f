"""What a browser holds is the same whether it hears of every run or of what differs."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.RootContainer_pb2 import RootContainer

from app.changes import Changes

Path = tuple[int, ...]
Written = list[tuple[Path, str, str]]  # where, of which kind, and what it says
KINDS = ("block", "markdown", "alert", "number_input")


def element(path: Path, kind: str, says: str, part: str) -> ForwardMsg:
    message = ForwardMsg()
    message.metadata.delta_path[:] = path
    message.delta.fragment_id = part
    if kind == "block":
        message.delta.add_block.id = says
    elif kind == "number_input":
        message.delta.new_element.number_input.label = says
        message.delta.new_element.number_input.set_value = says == "set"
    elif kind == "bidi_component":
        message.delta.new_element.bidi_component.json = says
    else:
        getattr(message.delta.new_element, kind).body = says
    return message


def run(number: int, part: str, written: Written, is_over: bool = True) -> list[ForwardMsg]:
    """All that Streamlit says of a run."""
    is_running, begin, end, rests = (ForwardMsg() for _ in range(4))
    is_running.session_status_changed.script_is_running = True
    rests.session_status_changed.script_is_running = False
    begin.new_session.name = "softmax"
    done = ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY if part else ForwardMsg.FINISHED_SUCCESSFULLY
    end.script_finished = done if is_over else ForwardMsg.FINISHED_EARLY_FOR_RERUN
    for message in (begin, end):
        message.metadata.run.script_run_id = str(number)
        message.metadata.run.fragment_ids[:] = [part] if part else []
    return [begin, is_running, *(element(*each, part) for each in written), end, rests]


def told(changes: Changes, messages: Sequence[ForwardMsg]) -> list[ForwardMsg]:
    said = [one for message in messages for one in changes.of(message.SerializeToString())]
    return [ForwardMsg.FromString(each) for each in said]


def is_stale(held: tuple[bytes, str, str], finished: ForwardMsg) -> bool:
    """Whether an element was there before the run that has ended, and is none of another part."""
    (_, part, of), its = held, finished.metadata.run
    return of != its.script_run_id and (not its.fragment_ids or part in its.fragment_ids)


class Browser:
    """What Streamlit's keeps of what it hears: each element with its part of the page and its run."""

    def __init__(self) -> None:
        self.run, self.running = "", False
        self.holds: dict[Path, tuple[bytes, str, str]] = {}

    def hear(self, messages: Sequence[ForwardMsg]) -> None:
        for message in messages:
            identity = message.metadata.run
            if message.HasField("new_session"):
                self.run = identity.script_run_id
            elif message.HasField("delta"):
                path = tuple(message.metadata.delta_path)
                self.holds[path] = (message.delta.SerializeToString(), message.delta.fragment_id, self.run)
            elif message.HasField("session_status_changed"):
                self.running = message.session_status_changed.script_is_running
            elif message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN and identity.script_run_id:
                self.holds = {
                    path: (what, part, of)
                    for path, (what, part, of) in self.holds.items()
                    if of == identity.script_run_id
                    or (identity.fragment_ids and part not in identity.fragment_ids)
                }

    @property
    def shows(self) -> dict[Path, bytes]:
        return {path: what for path, (what, _, _) in self.holds.items()}


PLACES = st.sampled_from([(0, part, number) for part in range(2) for number in range(3)])
WRITTEN = st.lists(
    st.tuples(PLACES, st.sampled_from(KINDS), st.sampled_from(["one", "other", "set"])),
    max_size=4,
    unique_by=lambda each: each[0],
)
RUNS = st.lists(st.tuples(st.sampled_from(["a", "b", ""]), WRITTEN, st.booleans()), max_size=12)


@given(RUNS)
def test_a_browser_that_hears_what_differs_shows_the_same(runs: list[tuple[str, Written, bool]]) -> None:
    """Also after runs that write elsewhere, or are cut short."""
    changes, one, other = Changes(), Browser(), Browser()
    for number, (part, written, is_over) in enumerate(runs):
        said = run(number, part, written, is_over)
        one.hear(said)
        other.hear(told(changes, said))
        assert one.shows == other.shows
        assert not other.running


STEP: Written = [
    ((0, 0), "block", "row"),
    ((0, 0, 0), "markdown", "Add a constant."),
    ((0, 0, 1), "alert", "Right."),
]


def test_of_the_same_elements_those_that_differ_are_told() -> None:
    changes = Changes()
    told(changes, run(1, "a", STEP))
    moved = [*STEP[:1], ((0, 0, 0), "markdown", "Add another."), *STEP[2:]]
    written, end, _ = told(changes, run(2, "a", moved))
    assert written.delta.new_element.markdown.body == "Add another."
    assert end.script_finished == ForwardMsg.FINISHED_EARLY_FOR_RERUN
    assert not end.metadata.run.script_run_id
    assert told(changes, run(3, "a", moved))[:-1] == [end]


def test_a_run_that_asks_for_another_before_it_writes_is_not_told_and_changes_nothing() -> None:
    """As a slider's own does: what follows it is drawn in the next one."""
    changes = Changes()
    moved = [*STEP[:1], ((0, 0, 0), "markdown", "Add another."), *STEP[2:]]
    asks = run(1, "slider", [], is_over=False)[:-1]
    told(changes, [*asks, *run(2, "a", STEP)])
    assert told(changes, asks) == []
    written, _, _ = told(changes, run(4, "a", moved))
    assert written.delta.new_element.markdown.body == "Add another."
    assert len(told(changes, [*asks, *run(6, "slider", STEP)])) == len(run(6, "slider", STEP))


@pytest.mark.parametrize(
    ("kind", "says", "is_told"),
    [("number_input", "set", True), ("number_input", "one", False), ("bidi_component", "heard", True)],
)
def test_what_sets_a_widget_or_answers_a_component_is_told_again(kind: str, says: str, is_told: bool) -> None:
    changes, written = Changes(), [((0, 0), kind, says)]
    told(changes, run(1, "a", written))
    assert any(message.HasField("delta") for message in told(changes, run(2, "a", written))) == is_told


@pytest.mark.parametrize("is_event", [True, False])
def test_what_shows_for_a_while_is_told_again(is_event: bool) -> None:
    changes, toast = Changes(), element((RootContainer.EVENT if is_event else 0, 7), "markdown", "Sent", "a")
    if not is_event:
        toast.delta.new_transient.elements.add().markdown.body = "Sent"
    for number in range(2):
        begin, is_running, *rest = run(number, "a", STEP)
        said = [begin, is_running, toast, *rest]
        assert told(changes, said) == said


def test_the_address_is_told_with_them() -> None:
    changes, address = Changes(), ForwardMsg()
    address.page_info_changed.query_string = "step=softmax"
    told(changes, run(1, "a", STEP))
    *others, end, rests = run(2, "a", STEP)
    assert address in told(changes, [*others, address, end, rests])


@pytest.mark.parametrize("beside", ["auto_rerun", "navigation", "session_event"])
def test_a_run_that_says_anything_else_is_told_whole(beside: str) -> None:
    changes, other = Changes(), ForwardMsg()
    getattr(other, beside).SetInParent()
    told(changes, run(1, "a", STEP))
    *others, end, rests = run(2, "a", STEP)
    said = [*others, other, end, rests]
    assert told(changes, said) == said
    assert len(told(changes, run(3, "a", STEP))) < len(said)
