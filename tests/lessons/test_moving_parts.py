"""Where a picture answers a question, a slider draws the picture alone, and what the question shows, all."""

from __future__ import annotations

import pytest

from benchmarks.moves import sliders
from benchmarks.reader import Reader, reading
from tests.app.asgi import apart

STEPS = [
    ("scores", "shift"),
    ("scores", "sharpness"),
    ("stability", "burst"),
    ("stability", "shift"),
    ("losses", "pull"),
    ("notes", "penalties"),
]


def stage_of(reader: Reader) -> tuple[str, str]:
    """The last picture that was drawn, and the part of the page in which it stands."""
    drawn = [message.delta for message in reader.messages if message.delta.new_element.bidi_component.bytes]
    return drawn[-1].new_element.bidi_component.id, drawn[-1].fragment_id


@pytest.mark.parametrize(("lesson", "step"), STEPS)
def test_a_slider_stands_in_one_part_with_its_picture_and_the_question_in_another(
    app: str, lesson: str, step: str
) -> None:
    async def visit() -> None:
        async with reading(app, lesson, f"lang=en&step={step}") as reader:
            _, question = reader.buttons["Show me"]
            await reader.press("Show me")
            (label, slider), *_ = sliders(reader).items()
            _, part = reader.widgets[label]
            assert part != question
            await reader.run(reader.moved(label, float(slider["low"]), rests=False))
            assert stage_of(reader)[1] == part
            assert reader.errors() == []

    apart(visit())


def test_a_bar_that_is_chosen_is_the_one_the_question_asks_about(app: str) -> None:
    async def visit() -> None:
        async with reading(app, "scores", "lang=en&step=shift") as reader:
            assert "probability of **cat**" in reader.text()
            picture, part = stage_of(reader)
            await reader.run(reader.event_of(picture, part, "pick", {"value": 1, "number": 1}))
            assert "probability of **dog**" in reader.text()
            await reader.run(reader.event_of(*stage_of(reader), "pick", {"value": 1, "number": 2}))
            assert "probability of **cat**" in reader.text()

    apart(visit())
