"""The box at the top right of a page: its link, what a teacher's link hides, its QR code, its worksheet."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from io import BytesIO
from urllib.parse import quote, urlencode, urlunsplit

import segno
import streamlit as st
from segno import DataOverflowError

from app import reach
from lessons import worksheets
from ui import teaching
from ui.address import query as here
from ui.lesson import Lesson
from ui.text import CODES, Language

_OWN = {"hide", "present", "lang"}
_QR_SIZE = 220
_TAKEN_OFF = ("%3E", "%22")  # from the end of a link, as what stood around it
_CHANGED = {"~": "%7E", "_": "%5F", ",%2B": "%2C%2B"}  # the last is how some messengers write a blank


@st.fragment
def box(t: Language, lesson: Lesson) -> None:
    """Filled only when it is opened: nobody waits for it."""
    with st.popover(t("Share a link"), icon=":material/share:", on_change="rerun", key="share") as opened:
        if opened.open:
            _choose(t, lesson)


def _choose(t: Language, lesson: Lesson) -> None:
    query, offered = here(), dict(teaching.parts())
    asked = [name for name in teaching.hidden_names(st.query_params.get("hide", "")) if name in offered]
    with st.expander(t("Hide from the page"), expanded=bool(asked), key="share-parts"):
        hidden = st.pills(
            t("Hide from the page"),
            list(offered),
            default=asked,
            format_func=lambda name: f"{offered[name]} ({name})",
            key="share-hide",
            selection_mode="multi",
            wrap=True,
            label_visibility="collapsed",
        )
    presents = st.toggle(t("For a projector: large, without the menu"), key="share-present")
    code = st.segmented_control(
        t("Language of the link"), CODES, default=t.code, required=True, key="share-lang"
    )
    link = address(st.context.url or "", query, hidden, presents, code or t.code)
    _show(link, t)
    if lesson.slug in worksheets.MAKERS:
        sheet = f"{base(st.context.url or '', lesson)}/worksheet/{lesson.slug}?lang={code or t.code}"
        with st.container(horizontal=True, gap="small"):
            st.link_button(t("Worksheet"), sheet, icon=":material/print:")
            st.link_button(t("Worksheet with answers"), f"{sheet}&key=1", icon=":material/print:")
    reveals = st.toggle(
        t("Reveal all answers on this screen"),
        teaching.reveals(),
        key="share-reveal",
        help=t("For a teacher. The link does not carry it."),
    )
    if reveals != teaching.reveals():
        teaching.reveal(reveals)
        st.rerun()


def _show(link: str, t: Language, width: str = f"{_QR_SIZE}px") -> None:
    """A link and its QR code, as others can open it."""
    reachable = reach.for_others(link)
    if reachable is None:
        lost = t("Only this machine can open this link: the server listens to nobody else.")
        st.caption(f":material/link_off: {lost}")
    st.code(reachable or link, language=None, wrap_lines=True)
    qr_code(reachable or link, t, width)


def fill_the_screen(t: Language) -> None:
    """The QR code of this scene as high as the screen: it is read from the last row."""
    hidden = teaching.hidden_names(st.query_params.get("hide", ""))
    link = address(st.context.url or "", here(), hidden, False, t.code)
    st.dialog(t("QR code of the link"), width="large")(_show)(link, t, "min(100%, 74vh)")


def address(
    url: str, query: Mapping[str, str | Sequence[str]], hidden: Sequence[str], presents: bool, code: str
) -> str:
    """The link of the scene on the screen, with what a teacher asks for."""
    kept = {name: values for name, values in query.items() if name not in _OWN}
    asked = (
        {"lang": code}
        | ({"hide": ",".join(hidden)} if hidden else {})
        | ({"present": "1"} if presents else {})
    )
    written = urlencode({**asked, **kept}, doseq=True, quote_via=quote, safe=",")
    return urlunsplit(reach.parts_of(url)._replace(query=_lasting(written)))


def _lasting(query: str) -> str:
    """Written so that no messenger changes it, cuts it off or takes it for emphasis."""
    for sign, encoded in _CHANGED.items():
        query = query.replace(sign, encoded)
    if query.endswith(_TAKEN_OFF):
        first, _, rest = query.partition("&")
        query = f"{rest}&{first}"  # the language closes it
    return query if query[-1:].isalnum() else f"{query[:-1]}%{ord(query[-1]):02X}"


def base(url: str, lesson: Lesson) -> str:
    return url.split("?")[0].rstrip("/").removesuffix(f"/{lesson.path}" if lesson.path else "")


def qr_code(link: str, t: Language, width: str) -> None:
    """The QR code of a link, or why there is none."""
    try:
        code = segno.make(link, micro=False, error="l")
    except DataOverflowError:
        st.info(t("The link is too long for a QR code."))
        return
    picture = BytesIO()
    code.save(picture, kind="svg", border=4, light="white", dark="black")
    data = base64.b64encode(picture.getvalue()).decode()
    alt = t("QR code of the link")
    st.html(
        f'<img alt="{alt}" style="display: block; width: {width}; margin: auto" '
        f'src="data:image/svg+xml;base64,{data}">'
    )
