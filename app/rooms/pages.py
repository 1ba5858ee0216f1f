"""The plain pages of a room: where a code is typed, the phone's, the projector's. No Streamlit is in them."""

from __future__ import annotations

import json
import re
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

import segno
from starlette.responses import HTMLResponse, Response

from app import reach
from app.doors import POLICY, policy
from app.rooms.codes import LENGTH, Unreadable
from ui import signs
from ui.charts.style import COLOURS
from ui.predict.ask import SURE
from ui.text import N_, Language, fill, language

_WEB = Path(__file__).parent / "web"
_FRESH = {"Cache-Control": "no-store"}
_CODE = "{the code}"
_ASIDE = re.compile(r" ?/\*.*?\*/")
_BLANKS = re.compile(r";? ?[{}]\s?|[:;,] ")


def _file(name: str) -> str:
    return (_WEB / name).read_text(encoding="utf-8")


def _small(text: str) -> str:
    """Without comments and indents."""
    lines = (line.strip() for line in _ASIDE.sub("", text).splitlines())
    return "\n".join(line for line in lines if line and not line.startswith("// "))


def _style(name: str) -> str:
    """A style sheet without the blanks that it does not need."""
    return _BLANKS.sub(lambda found: found[0].strip(" \n;") or found[0][0], _small(_file(name)))


def _whole(name: str, *scripts: str) -> str:
    """A page with its style and its scripts in it: one request is all that a phone makes for it."""
    inline = "".join(f"<script>{_small(_file(each))}</script>" for each in scripts)
    styled = _file(f"{name}.html").replace("<style></style>", f"<style>{_style(f'{name}.css')}</style>")
    return styled.replace("</body>", f"{inline}</body>")


_PHONE = _whole("phone", "shared.js", "phone.js")
_SCREEN = _whole("screen", "shared.js", "points.js", "screen.js")
_FIELD = "".join(_small(_file(each)) for each in ("points.js", "field.js"))
_JOIN = _file("join.html")


def phone(t: Language, code: str) -> Response:
    """What a student holds."""
    return _page("phone", t, code)


def screen(t: Language, code: str) -> Response:
    """What the class sees."""
    return _page("screen", t, code)


def _page(name: str, t: Language, code: str) -> Response:
    page, headers = _made(name, t.code)
    return HTMLResponse(page.replace(_CODE, code), headers=headers)


@cache
def _made(name: str, lang: str) -> tuple[str, dict[str, str]]:
    """A page of a room whose code is not filled in yet, and its headers."""
    t = language(lang)
    template, words = (_PHONE, phone_words(t)) if name == "phone" else (_SCREEN, screen_words(t))
    page = fill(
        template,
        lang=lang,
        code=_CODE,
        title=escape(t("Classroom {code}", code=_CODE)),
        noscript=escape(t("This page needs JavaScript. Switch it on, or raise your hand.")),
        promise=escape(t(_PROMISE)),
    )
    data = json.dumps(words, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    page = page.replace("{data}", data, 1)
    return page, {POLICY: policy(page), **_FRESH}


def field(t: Language) -> Response:
    """The script with which a phone puts down points, and its words: fetched where points are asked for."""
    return Response(_field(t.code), media_type="text/javascript", headers=_FRESH)


@cache
def _field(lang: str) -> str:
    words = json.dumps(field_words(language(lang)), ensure_ascii=False, separators=(",", ":"))
    return f"Object.assign(words,{words});\n{_FIELD}"


_PROMISE = N_(
    "No name and no account: this browser keeps a random number, and everything is deleted after the class."
)


def join(
    t: Language, typed: str = "", why: str = "", status: int = 200, up: str = "", asked: bool = False
) -> Response:
    """A field for the code; above it what was wrong with the last one.

    Who asked for a language keeps it on the way.
    """
    page = fill(
        _JOIN,
        lang=t.code,
        title=escape(t("Join a class")),
        advice=escape(t("Type the four letters that your teacher shows.")),
        label=escape(t("Code")),
        typed=escape(signs.text(typed[:12]), quote=True),
        why=f'<p role="alert">{escape(why)}</p>' if why else "",
        go=escape(t("Join")),
        to=f"{up}room" if up else "room",
        asked=f'<input type="hidden" name="lang" value="{t.code}">' if asked else "",
    )
    return HTMLResponse(page, status, headers=_FRESH)


def hint(t: Language, wrong: Unreadable) -> str:
    """What is wrong with what was typed as a code."""
    if wrong is Unreadable.LENGTH:
        return t("A code has {count} letters.", count=LENGTH)
    if wrong is Unreadable.LIKE_OTHERS:
        return t("No code has I, L, O, 0 or 1 in it: look again at the letters on the screen.")
    return t("A code has letters from A to Z only.")


def refused(t: Language, why: str) -> str:
    """Why a phone does not get in."""
    if why == "door":
        return t("The teacher lets nobody else in now.")
    if why == "guesses":
        return t("Too many codes that there are not. Try again in a few seconds.")
    if why == "unavailable":
        return t("Classes cannot be joined at this moment. Try again in a few seconds.")
    return t("There is no class with this code now. It may be over.")


def phone_words(t: Language) -> dict[str, Any]:
    """All that the phone's page says."""
    return _shared_words(t) | {
        "how": t("How sure are you?"),
        "number": t("Your number"),
        "no_number": t("Type a number, such as 0.25, 1/4, 25 % or 2.5e-1."),
        "choose": t("Choose an answer, then say how sure you are: that sends it."),
        "again": t("Vote again, now that you have talked about it."),
        "wait": t("You are in. The room is waiting for the teacher."),
        "closed": t("The vote is closed. The room is waiting for the teacher."),
        "sending": t("Sending …"),
        "sent": t("Sent ✓ You may change it until the vote closes."),
        "pending": t("Not counted yet: the server does not answer. This page keeps trying."),
        "offline": t("You are offline. This page keeps trying."),
        "unreachable": t("The server does not answer. This page keeps trying."),
        "late": t("The vote was closed before your answer arrived."),
        "no_seat": t("This browser refuses cookies, without which no vote can be counted once."),
        "door": t("The teacher lets nobody else in now."),
        "yours": t("Your answer: {answer} ({sure})"),
        "first": t("Your first answer: {answer} ({sure})"),
        "none": t("You did not answer."),
        "right": t("Right"),
        "wrong": t("Not quite"),
        "surprise": t("A surprise"),
        "go": t("Go along"),
        "stay": t("Stay here"),
        "back": t("Back to classroom {code}"),
    }


def field_words(t: Language) -> dict[str, Any]:
    """What the phone's page says of points."""
    return {
        "colours": COLOURS,
        "points": t("Choose a class and tap the field. Each point is sent at once."),
        "plane": t("The field"),
        "pen": t("Class"),
        "put": t("Put it there"),
        "back": t("Take back the last point"),
        "placed": t("{count} of {most} points"),
    }


def screen_words(t: Language) -> dict[str, Any]:
    """All that the projector's page says."""
    return _shared_words(t) | {
        "join": t("Join with the code"),
        "here_only": t("Only this machine can open this link: the server listens to nobody else."),
        "qr": t("QR code of the link"),
        "answered": t("{count} answered"),
        "wait": t("Choose a question in the lesson and press “Ask the class”."),
        "open": t("The vote is open."),
        "closed": t("The vote is closed."),
        "few": t("Fewer than three have answered: nothing is shown."),
        "close": t("Close the vote"),
        "show": t("Show the answers"),
        "hide": t("Hide the answers"),
        "reveal": t("Reveal"),
        "vote_again": t("Vote again"),
        "round": t("Vote {number}"),
        "others": t("other numbers"),
        "median": t("in the middle (median)"),
        "bar": t("{answer}: {count} ({guess} a guess, {check} fairly sure, {certain} certain)"),
        "colours": COLOURS,
        "class_points": t("{name}: points {count}, in the middle ({x}, {y})"),
        "no_points": t("{name}: no points"),
        "mistakes": t("What was wrong most often"),
        "mistake": t("{answer}: {count}, of them certain {certain}"),
        "picture": t("Picture"),
        "send": t("Send this step to the phones"),
        "sent": t("Sent ✓"),
        "large": t("QR code large"),
        "csv": t("Results (CSV)"),
        "shut": t("Close the door"),
        "unshut": t("Open the door"),
        "end": t("End the class"),
        "really": t("Delete everything?"),
        "link": t("Private link for another device"),
        "no_key": t("This page belongs to the teacher who opened the class. Open it by the private link."),
        "lost": t("The server does not answer. This page keeps trying."),
        "keys": t("Page down: go on · B or V: vote again · Q: QR code · P: picture"),
        "more": t("More"),
        "frame": t("The step that is asked about"),
    }


def _shared_words(t: Language) -> dict[str, Any]:
    return {
        "sure": [t(label) for label in SURE.values()],
        "answer": t("The answer"),
        "over": t("This class is over. Everything that was answered has been deleted."),
        "shows": t("The teacher shows: {title}"),
    }


def address(at: str) -> dict[str, Any]:
    """The address as phones can open it, and its QR code; none if this machine alone can."""
    reachable = reach.for_others(at)
    code = segno.make(reachable or at, micro=False, error="l")
    return {"address": reachable, "image": code.svg_data_uri(border=2, light="white", dark="black")}
