"""What a phone and what the projector is told of a room."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from app.rooms.phases import Phase, shows_bars
from app.rooms.pool import Pool, points
from app.rooms.question import Question
from app.rooms.tables import Standing
from app.rooms.tally import FEWEST, counted, typical_mistakes

ENDED: dict[str, Any] = {"phase": "ended"}


def for_phones(standing: Standing | None) -> dict[str, Any]:
    """The same for all; nothing of what is right, and nothing of what others voted."""
    if standing is None:
        return ENDED
    room, question = standing.room, standing.question
    return {
        "phase": room.place.phase,
        "item": room.place.item,
        "round": room.place.round,
        "question": question.public() if question else None,
        "scene": _scene(room.scene, room.scenes),
    }


def _scene(scene: str, number: int) -> dict[str, Any] | None:
    address, _, title = scene.partition("\n")
    return {"number": number, "address": address, "title": title} if scene else None


def for_one_phone(standing: Standing, votes: Sequence[tuple[int, str, int]]) -> dict[str, Any]:
    """The same with the phone's own votes; once the teacher has revealed, with what became of them."""
    question, reveals = standing.question, standing.room.place.phase is Phase.REVEALED
    mine = [
        {"round": round_, "answer": _sent(answer, question), "sure": sure} for round_, answer, sure in votes
    ]
    told = for_phones(standing) | {"mine": mine}
    if question is None or isinstance(question.asks, Pool) or not reveals:
        return told
    judged = [question.judge(answer) for _, answer, _ in votes]
    verdicts = [
        vote | {"shown": one.shown, "right": one.right, "reason": one.reason}
        for vote, one in zip(mine, judged, strict=True)
    ]
    truth = question.asks.truth()
    about = {"lesson": question.lesson, "asked": question.asked}
    return told | {"mine": verdicts, "truth": {"shown": truth.shown, "reason": truth.reason}, "about": about}


def _sent(answer: str, question: Question | None) -> Any:
    """An answer as the phone has sent it."""
    kind = question.asks.kind if question else ""
    if kind == "choice":
        return int(answer)
    if kind == "points":
        return points(answer)
    return [float(part) for part in answer.split()] if kind == "drawing" else answer


def for_projector(standing: Standing | None) -> dict[str, Any]:
    """How many have answered; what they answered when it is asked for; what is right at the end."""
    if standing is None:
        return ENDED
    room, question = standing.room, standing.question
    reveals = room.place.phase is Phase.REVEALED
    told = for_phones(standing) | {
        "count": standing.count,
        "door": room.door,
        "place": question.place if question else "",
        "few": shows_bars(room.place.phase) and standing.count < FEWEST,
    }
    if question is None:
        return told
    found = [(round_, counted(question, ballots)) for round_, ballots in standing.ballots]
    told["rounds"] = [
        {"round": round_, **result.shown(reveals)} for round_, result in found if result is not None
    ]
    if reveals and not isinstance(question.asks, Pool):
        truth, last = question.asks.truth(), found[-1][1] if found else None
        told["truth"] = {"shown": truth.shown, "reason": truth.reason}
        told["mistakes"] = [
            {"label": bar.label, "reason": bar.reason, "certain": bar.counts[-1], "count": bar.total}
            for bar in (typical_mistakes(last) if last else ())
        ]
    return told


def event(told: dict[str, Any]) -> bytes:
    """As a message of a stream."""
    return b"data: " + written(told) + b"\n\n"


def written(told: dict[str, Any]) -> bytes:
    return json.dumps(told, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()
