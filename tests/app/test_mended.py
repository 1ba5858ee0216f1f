"""Links as they arrive after messengers, mail and keyboards, and what they were meant to be."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from urllib.parse import parse_qsl, urlencode

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.mended import language_asked, mended, mended_query
from app.places import MAX_ADDRESS
from app.share import address
from lessons.train.point_codes import points_code
from lessons.train.points import Points, from_text, to_text
from softmax_core import Data

ROOT = Path(__file__).parents[2]
CODE = points_code(Data(np.array([[1.5, -2.25], [0.001, 30.0]]), np.array([0, 1]))) or ""
SCENE = "/stability?lang=ko&f=1,2,3&dtype=float32"

HURT = {
    SCENE: [
        "/stability?lang=ko&amp;f=1,2,3&amp;dtype=float32",
        "/stability?lang=ko&amp;amp;f=1,2,3&amp%3Bdtype=float32",
        "/stability?lang=ko;f=1,2,3;dtype=float32",
        "/stability%3Flang=ko&f=1,2,3&dtype=float32",
        "/stability%3flang%3Dko%26f%3D1%2C2%2C3%26dtype%3Dfloat32",
        "/stability%3Flang=ko%26f=1,2,3%26dtype=float32",
        "/stability%253Flang%253Dko%2526f%253D1%252C2%252C3%2526dtype%253Dfloat32",
        "/stability?lang%3Dko%26f%3D1,2,3%26dtype%3Dfloat32",
        "/stability&lang=ko&f=1,2,3&dtype=float32",
        "/stability?lang=ko?f=1,2,3&dtype=float32",
        "/stability%EF%BC%9Flang=ko&f=1,2,3&dtype=float32",
        "/Stability?Lang=ko&F=1,2,3&DTYPE=Float32",
        "/stability/?lang=ko&f=1,2,3&dtype=float32)",
        "/stability?lang=ko&f=1,2,3&dtype=float32.",
        "/stability?lang=ko&f=1,2,3&dtype=float32%E2%80%A6",
        "/stability?lang=ko&f=1,2,3&dtype=float32%22%3E",
        "/stability?lang=ko&f=1,2,3&dtype=float32%EC%97%90%EC%84%9C",
        "/stability?lang=ko&f=1,2,3&dtype=%20float%0A32",
        "/stability?lang=ko&f=1,2,=3&dty=pe=flo=at32",
        "/stability?lang=3Dko&f=3D1,2,3&dtype=3Dfloat32",
        "/%EF%BB%BFstability?lang=%E2%80%8Bko&f=1,%E2%80%8B2,3&dtype=float32%EF%BB%BF",
    ],
    "/scores": [
        "/softmax/scores/",
        "/scores).",
        "/(scores)",
        "/lessons/Scores",
        "/scores%EB%A5%BC",
        "/scores.html",
        "/scores/index.html",
        "/scores.php",
        "/scores%20(click)",
        "/scores%3C/a%3E",
        "/scores](https://lab.example/scores)",
        "/scores;jsessionid=1",
        "//scores",
    ],
    "/": ["/home", "/.", "/)", "/home.html"],
    "/?lang=ko": ["/ko"],
    "/room": ["/Room", "/room.", "/room)"],
    "/worksheet/scores": ["/worksheets/scores", "/worksheet/scores.html", "/worksheets/scores%20(click)"],
    "/worksheet/scores?lang=ko": ["/ko/worksheet/scores"],
    "/scores?lang=ko": [
        "/scores/ko",
        "/ko/scores.html",
        "/scores.html?lang=ko",
        "/scores?lang=ko%3C/a%3E",
        "/scores?lang=ko%20(click)",
        "/scores?lang=ko](https://lab.example/scores?lang=ko)",
        "/scores?lang=ko%22%20target=%22_blank",
        "/scores?lang=ko%3Cbr%3E",
        "/scores?lang=ko%7Clink",
    ],
    "/scores?lang=en&scores=1,2,3": [
        "/en/scores?scores=1,2,3",
        "/scores/en?scores=1,2,3)",
    ],
    "/worksheet/scores?lang=ko&key=1": [
        "/Worksheet/scores/?lang=ko&key=1)",
        "/worksheet/scores%3Flang=ko&key=1.",
    ],
    "/notes#worked-2": ["/notes%23worked-2", "/notes%23worked-2)."],
    "/notes?lang=ko#worked": ["/notes%3Flang=ko%23worked"],
    "/scores?scores=1,2,3": [
        "/scores?scores=1%252C2%252C3",
        "/scores?scores=1,2,3%22",
        "/scores?scores=1,2,3;",
        "/scores?scores=1,2,3%3C/a%3E",
        "/scores?scores=1,2,3%20(click)",
        "/scores?scores=1,2,3](https://lab.example/scores?scores=1,2,3)",
        "/scores?scores=%221,2,3%22",
        "/scores?scores=1,2,3https://lab.example/scores",
    ],
    "/scores?scores=1,2,3&lang=ko": [
        "/scores?scores=1,2,3&lang;=ko",
        "/scores?scores=1,2,3&lang;ko",
        "/scores?scores=1,2,3%E2%9F%A8=ko",
        "/scores?scores=1,2,3%5Cu0026lang=ko",
    ],
    "/scores?lang=ko&scores=1,2,3": ["/scores?lang=ko|scores=1,2,3", "/scores?lang=ko%7Cscores=1,2,3|"],
    "/scores?scores=1%202%203": ["/scores?scores=1%2B2%2B3"],
    "/scores?names=red%20fox,%20grey%20wolf": ["/scores?names=red+fox,%2Bgrey%2Bwolf"],
    "/scores?names=cat,dog": [
        "/scores?names=cat,dog)",
        "/scores?names=cat,dog!",
        "/scores?names=cat,dog%3C/a%3E",
        "/scores?names=cat,dog%3E",
    ],
    "/scores?names=cat,%20dog": ["/scores?names=cat%252C%2520dog"],
    "/scores?names=%EA%B3%A0%EC%96%91%EC%9D%B4,%EA%B0%9C": [
        "/scores?names=%25EA%25B3%25A0%25EC%2596%2591%25EC%259D%25B4,%25EA%25B0%259C",
    ],
    "/scores?names=red%20fox,%20owl": ["/scores?names=red%2520fox,%2520owl"],
    "/losses?lang=en&gaps=3D": ["/losses?lang=3Den&gaps=3D3D", "/losses?lang=en&gaps=3d."],
    "/train?lang=ko&reg=0.1": ["/train?lang=ko&%C2%AE=0.1", "/train?lang=ko%C2%AE=0.1"],
    f"/train?pts={CODE}": [
        *(
            f"/train?pts={CODE}{end}"
            for end in (
                ")",
                ".",
                ",",
                ";",
                "%3E",
                "%22",
                "'",
                "%E2%80%A6",
                "!",
                "%20",
                "_",
                "%3C/a%3E",
                "](https://lab.example/)",
                "%7Ctext%3E",
                "%20and%20more",
            )
        ),
        *(
            f"/train?pts={CODE[:9]}{wrap}{CODE[9:]}"
            for wrap in ("%20", "%0A", "%0D%0A", "=", "=%0A", "%2520")
        ),
    ],
    f"/train?pts={CODE}~cat,dog": [
        f"/train?pts={CODE[:9]}%0A{CODE[9:]}~cat,dog)",
        f"/train?pts={CODE}%257Ecat,dog",
    ],
}
LEFT = [
    SCENE,
    "/losses?gaps=3D&plane=3D",
    "/losses?view=2D",
    "/scores?view=page&step=three",
    "/scores?names=C%2B%2B,C%23",
    "/scores?names=a+b,%20c+d",
    "/scores?names=dogs',cats.",
    "/scores?names=50%25,100%25",
    "/scores?names=one(1),two(2)",
    "/scores?names=%3C/a%3E,b",
    "/scores?scores=1,-inf,2",
    "/scores?scores=[1,2,3]",
    "/scores?scores=1e%2B5,%202",
    "/information?p=50%25,%2030%25,%2020%25",
    "/train?show=f%3D0&show=%E2%88%87",
    f"/train?pts={CODE[:-6]}",
    "/stability?dtype=float3",
    "/stability?lang=xx&utm_source=chat",
]


def as_meant(link: str) -> str | None:
    found = mended(*link.split("?", 1)) if "?" in link else mended(link, "")
    return None if found is None else str(found)


@pytest.mark.parametrize(
    ("hurt", "meant"),
    [(hurt, meant) for meant, links in HURT.items() for hurt in links],
    ids=lambda link: link[:60],
)
def test_a_link_is_read_as_it_was_meant(hurt: str, meant: str) -> None:
    assert as_meant(hurt) == meant


@pytest.mark.parametrize("link", [*LEFT, *HURT])
def test_what_is_whole_stays_as_it_is(link: str) -> None:
    assert as_meant(link.split("#")[0]) == link.split("#")[0]


@pytest.mark.parametrize(
    "path", ["/nothing", "/scores/x", "/%EA%B0%80", "/index.html", "/worksheet", "/room/x", "/ko/nothing"]
)
def test_what_names_no_page_is_not_guessed(path: str) -> None:
    assert mended(path, "lang=ko") is None


def test_the_language_is_understood_where_the_page_is_not() -> None:
    assert language_asked("/nothing%3Flang=ko", "") == "ko"
    assert language_asked("/nothing", "f=1&amp;Lang=ko.") == "ko"
    assert language_asked("/nothing", "") == ""


KEYS = st.sampled_from(
    ["lang", "f", "names", "pts", "dtype", "step", "gaps", "show", "focus", "temperature", "x", "amp;f"]
)
VALUES = st.text("ab1,.)%2B3D=&;?+ \n가\u200b~#", max_size=12)


@given(st.lists(st.tuples(KEYS, VALUES), max_size=4), st.sampled_from(["", ")", "&", "%", "?f=1"]))
def test_whatever_comes_is_mended_once_and_for_all(pairs: list[tuple[str, str]], end: str) -> None:
    once = mended_query(urlencode(pairs) + end)
    assert mended_query(once) == once


@given(st.text("ab1가,.)('\"!+&;#%~_*-<>|` \u200b", max_size=12), st.text("-12,. ", max_size=8))
def test_a_shared_link_holds_nothing_that_is_changed_on_its_way(names: str, scores: str) -> None:
    names = names.strip("\u200b")
    link = address("https://lab.example/scores", {"names": names, "scores": scores + "1"}, [], False, "ko")
    path, _, query = link.removeprefix("https://lab.example").partition("?")
    assert link[-1].isalnum(), "linkifiers leave the signs that may end a sentence out of a link"
    assert set(query) <= set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789%&=,.-"), (
        "or end at them"
    )
    found = mended(path, query)
    assert found is not None
    assert dict(parse_qsl(found.query, keep_blank_values=True)) == {
        "lang": "ko",
        "names": names,
        "scores": scores + "1",
    }


@pytest.mark.parametrize("names", ["a,->", "<b>,<!-- -->", "a,b)", 'x,"""q"""', "\u05d0,\u202eb"])
def test_names_at_the_end_of_a_shared_link_keep_their_last_sign(names: str) -> None:
    link = address("https://lab.example/scores", {"names": names}, [], False, "ko")
    path, _, query = link.removeprefix("https://lab.example").partition("?")
    assert dict(parse_qsl(str(mended(path, query)).partition("?")[2])) == {"lang": "ko", "names": names}


@pytest.mark.parametrize("names", [("\u2066a", "->"), ("a", "b\u202e"), ("\ufeff", "<b>"), ("a", "b\xad")])
def test_names_of_points_come_back_from_a_shared_link(names: tuple[str, str]) -> None:
    points = Points(((0.0, 0.0, 0), (1.0, 1.0, 1)), names)
    link = address("https://lab.example/train", {"pts": to_text(points)}, [], False, "ko")
    path, _, query = link.removeprefix("https://lab.example").partition("?")
    found = dict(parse_qsl(str(mended(path, query)).partition("?")[2]))
    assert from_text(found["pts"]) == points


#: What would be tried again and again at each of its signs, for minutes.
PILES = (
    "amp;",
    "&amp;amp;",
    "%23x26%3B",
    "%2525",
    "%253F",
    "?a",
    "x=1?",
    ";scores=",
    "lang=ko&",
    "scores/",
    "/",
    ")",
)


def test_an_address_that_repeats_itself_does_not_take_the_square_of_its_length() -> None:
    mend_all = f"""
from app.mended import mended
for pile in {PILES}:
    text = pile * ({MAX_ADDRESS} // len(pile))
    for path, query in (("/scores", text), ("/scores", "names=" + text), ("/x/" + text, "")):
        mended(path, query)
"""
    subprocess.run([sys.executable, "-c", mend_all], cwd=ROOT, check=True, timeout=120)
