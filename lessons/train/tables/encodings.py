"""Which encoding a text is in: told by its marks, else by how plausible what comes out of it is."""

from __future__ import annotations

import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE, BOM_UTF32_BE, BOM_UTF32_LE
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

#: What a reader can choose, by the names on the screen.
ENCODINGS = {
    "UTF-8": "utf-8-sig",
    "UTF-16": "utf-16",
    "UTF-16 LE": "utf-16-le",
    "UTF-16 BE": "utf-16-be",
    "UTF-32": "utf-32",
    "UTF-32 LE": "utf-32-le",
    "UTF-32 BE": "utf-32-be",
    "cp949": "cp949",
    "Windows-1252": "cp1252",
    "Shift-JIS": "cp932",
    "EUC-JP": "euc_jp",
    "GBK": "gbk",
    "Big5": "cp950",
    "Windows-1250": "cp1250",
    "Windows-1251": "cp1251",
    "Windows-1253": "cp1253",
    "Windows-1254": "cp1254",
    "KOI8-R": "koi8_r",
    "Mac Roman": "mac_roman",
    "cp437": "cp437",
    "cp850": "cp850",
    "cp866": "cp866",
}
_WIDE = {"UTF-16": (BOM_UTF16_LE, BOM_UTF16_BE), "UTF-32": (BOM_UTF32_LE, BOM_UTF32_BE)}
_MARKS = (
    (BOM_UTF8, "UTF-8"),
    (BOM_UTF32_LE, "UTF-32"),  # begins as that of UTF-16 does
    (BOM_UTF32_BE, "UTF-32"),
    (BOM_UTF16_LE, "UTF-16"),
    (BOM_UTF16_BE, "UTF-16"),
)
_ZEROS, _CLEARLY = 0.1, 4  # of the bytes, nearly all at places of one kind: half a sign each
_WHOLE = 8  # signs beyond ASCII, at least, for each that is lost: what is in other encodings has less
_KANA = 4  # of so many signs one, at least, in a Japanese text
_MIXED = 1.5  # what it costs that a sign of East Asia touches a Latin letter
_IMPLAUSIBLE, _LESS_USUAL, _SELDOM = 3.0, 0.1, 0.2
_LATIN = "\u02ff"  # from here on letters are Greek, Cyrillic and others
_SURE, _GOOD = frozenset({"cp949", "Windows-1252", "Shift-JIS", "GBK", "Big5"}), 0.45
_ASCII = bytes(range(128))
_NO_SIGN = "\U00040000"  # from here on Unicode has none
_SHIFTED = "\x1b$"  # from here on ISO-2022-KR or -JP has other letters
_LOST = "\N{REPLACEMENT CHARACTER}"
_RUN = re.compile(r"[^\x00-\x7f]+")
_CONTROL = re.compile(r"[\x01-\x08\x0e-\x1f\x7f]")
_SELDOM_FIRST = frozenset({1, 4, 8, 10, 13, 15})  # ㄲ ㄸ ㅃ ㅆ ㅉ ㅋ
_SELDOM_VOWELS = frozenset({3, 7, 10, 11, 14, 15, 16, 17})  # ㅒ ㅖ ㅙ ㅚ ㅝ ㅞ ㅟ ㅠ
_USUAL_SYLLABLES = frozenset(
    "이다의는에을가고도로하지사기한를자은인리아나대시어정서수부해그스보전일장것게만들라원상주제여위조성모동우있구국공면소화으비생관경년유미학중안적과"
    "무용치개바물두산방오진식행신실연세회등양강선문마음데요간거내명트말없때며당계후번발민체통분반군더교영타재설현배단입금평남형크천권할점프레심약각집"
    "복히북외속노참차처청초총최추출충취층카코콘큰태토파판포표품피필합향허혁호혼홍환활황효훈송끼돼닭쥐뱀곰늑호랑꽃풀잎슴새벌거미류종길이너비높키몸무게분품"
    "귤튤립뜀틀깻펭귄턱끈훗컵책풀큼카타예큐칩켓햄콩팥쌀밥빵떡죽깨꿀까찌쌍쑥씨쇠뼈뿔뿌짧굵얇께왕뿐갈날줄굴멍쪽컴퓨팔팬핀델젠투센릴샘쉬잠젖켜튼돌"
    "값점률율액량급폭둘레넓깊온습압속력맛향확산염당혈뇌암피부눈코입귀손발"
    "잎검빨노파초흰색별봄여름가을겨울왼오른쪽위아래크작크기짝홀저높낮맑흐림비눈흡연불합격건강환자"
)
_USUAL_HANZI = frozenset(
    "的一是不有大小中高低长短宽窄类别种名称编号男女性年龄身体重花草树叶瓣萼鸢尾山变色猫狗牛马羊猪鸡鸭鸟鱼虫蛇兔鼠虎狼熊狮子红蓝黄绿白黑灰紫"
    "春夏秋冬东西南北京上海好坏正常异良恶合格是否晴阴雨雪甲乙丙丁第组班数学生果苹梨長短寬類別種稱編號齡體樹葉鳶變貓馬豬雞鴨鳥魚蟲獅紅藍黃綠異惡陰組數學蘋東海度品"
)
_USUAL_LAST = frozenset({0, 1, 4, 8, 16, 17, 21})  # none ㄱ ㄴ ㄹ ㅁ ㅂ ㅇ
_MAX_JUDGED = 5_000  # signs beyond ASCII
_SYMBOLS = frozenset("\u00a0°±²³µ·×÷€£–—‘’“”…•℃、。，；（）「」・ー　")


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, and the encoding by its name on the screen."""

    text: str
    encoding: str


def decoded(content: bytes, encoding: str | None = None) -> Decoded:
    """Read bytes as a text.

    Args:
        content: any.
        encoding: one of `ENCODINGS`, or None to guess.

    Raises:
        ValueError: the bytes are no text, or not in this encoding.

    >>> decoded("x;größer".encode("cp1252")), decoded("x,고양이".encode("cp949"))
    (Decoded(text='x;größer', encoding='Windows-1252'), Decoded(text='x,고양이', encoding='cp949'))
    """
    name = encoding or _guess(content)
    text = None if name is None else _read(content, name)
    if name is None or text is None:
        raise ValueError("the file is in no encoding that is known here; save it as UTF-8")
    return Decoded(text.lstrip("\ufeff"), name)


def possible(content: bytes) -> tuple[str, ...]:
    """The encodings in which these bytes are a text."""
    return tuple(name for name in ENCODINGS if _fits(content, name))


def _fits(content: bytes, name: str) -> bool:
    marks = _WIDE.get(name[:6])
    if marks and not (content.startswith(marks) if name in _WIDE else name == _guess(content)):
        return False
    return _read(content, name) is not None


def _guess(content: bytes) -> str | None:
    marked = next((name for mark, name in _MARKS if content.startswith(mark)), None)
    wide = marked or _without_mark(content)
    if wide is not None:
        return wide
    if _read(content, "UTF-8") is not None:
        return "UTF-8"
    if _is_surely_euc_jp(content):
        return "EUC-JP"
    is_old_mac = b"\r" in content and b"\n" not in content
    names = [name for name in _COSTS if is_old_mac or name != "Mac Roman"]
    costs = {name: _COSTS[name](text) for name in names if (text := _read(content, name)) is not None}
    # Many have a sign for each byte: what comes out has to look good.
    n_beyond = min(len(content.translate(None, _ASCII)), _MAX_JUDGED)
    costs = {name: cost for name, cost in costs.items() if name in _SURE or cost < _GOOD * n_beyond}
    return min(costs, key=lambda name: costs[name], default=None)


def _without_mark(content: bytes) -> str | None:
    """Unicode that says nothing of itself: in four bytes each a sign that exists, or many zeros in two."""
    for wide in ("UTF-32 LE", "UTF-32 BE"):
        if (text := _read(content, wide)) and "\0" < min(text) <= max(text) < _NO_SIGN:
            return wide
    even, odd = content[::2].count(0), content[1::2].count(0)
    if len(content) % 2 or even + odd <= _ZEROS * len(content):
        return None
    name = "UTF-16 LE" if odd > _CLEARLY * even else "UTF-16 BE" if even > _CLEARLY * odd else None
    return name if name and _read(content, name) is not None else None


def _is_surely_euc_jp(content: bytes) -> bool:
    """Much of it is kana, and some of these mean nothing in Korean, which has single letters there."""
    text = _read(content, "EUC-JP")
    beyond = "".join(_RUN.findall(text or ""))
    kana = [sign for sign in beyond if "ぁ" <= sign <= "ヶ"]
    if not kana or _KANA * len(kana) < len(beyond):
        return False
    return any("ふ" <= sign <= "ん" for sign in kana) or _read(content, "cp949") is None


def _read(content: bytes, name: str) -> str | None:
    try:
        text = content.decode(ENCODINGS[name])
    except UnicodeDecodeError:
        return _hurt(content) if name == "UTF-8" else None
    if _SHIFTED in text:
        return None
    if name.startswith("UTF"):
        return text
    return None if len(_CONTROL.findall(text)) > 2 + len(text) // 100 else text


def _hurt(content: bytes) -> str | None:
    """UTF-8 of which few bytes were cut off or changed: nearly all signs beyond ASCII are whole."""
    text = content.decode(ENCODINGS["UTF-8"], "replace")
    lost = text.count(_LOST)
    whole = sum(len(run.group()) for run in _RUN.finditer(text)) - lost
    return text if _WHOLE * lost <= whole else None


def _runs(text: str) -> Iterator[tuple[str, str, str]]:
    """The signs beyond ASCII, run by run, each with its neighbours; of a long text the first ones."""
    judged = 0
    for run in _RUN.finditer(text):
        yield run.group(), text[max(run.start() - 1, 0) : run.start()], text[run.end() : run.end() + 1]
        judged += len(run.group())
        if judged > _MAX_JUDGED:
            return


def _east_asian(text: str, of_sign: Callable[[str], float]) -> float:
    """How implausible what lies beyond ASCII is, in all."""
    return sum(
        sum(map(of_sign, signs)) + _MIXED * (_is_latin(before) + _is_latin(behind))
        for signs, before, behind in _runs(text)
    )


def _lettered(text: str, *alphabets: str, prior: float = 0.0) -> float:
    """The same of letters: how well one language has them all, and how well capitals and signs stand."""
    found, letters = prior, Counter[str]()
    for signs, before, behind in _runs(text):
        whole = f"{before or ' '}{signs}{behind or ' '}"
        for left, sign, right in zip(whole, whole[1:], whole[2:], strict=False):
            if not sign.isalpha():
                found += _of_symbol(left, sign, right)
                continue
            letters[sign.lower()[0]] += 1
            found += 0.6 * (sign.isupper() and left.islower()) + 0.05 * sign.isupper()
            found += 0.5 * (not left.isalpha() and not right.isalpha())
            found += 0.1 * (sign <= _LATIN and left.isalpha() and not left.isascii())
            found += _MIXED * (sign > _LATIN and (_is_latin(left) or _is_latin(right)))
    return found + min(
        0.005 * place
        + sum(
            count * (0.1 + 0.003 * alphabet.index(letter) if letter in alphabet else 0.7)
            for letter, count in letters.items()
        )
        for place, alphabet in enumerate(alphabets)
    )


def _of_symbol(left: str, sign: str, right: str) -> float:
    """Quotes and dashes are as people set them, units stand behind numbers and words."""
    if sign in "“‘„«¿¡" and right.isalnum() and not left.isalnum():
        return 0.1
    if sign in "”’»" and left.isalnum() and (not right.isalnum() or sign == "’"):
        return 0.1
    if sign in "–—" and (left == right == " " or (left.isdigit() and right.isdigit())):
        return 0.1
    return 0.4 if sign in _SYMBOLS and (not right.isalpha() or sign == "°") else 1.5


def _is_latin(sign: str) -> bool:
    return sign.isascii() and sign.isalpha()


@lru_cache(maxsize=4096)
def _korean(sign: str) -> float:
    """Of the syllables of Hangul 2350 are in use, some seldom; what cp949 adds is in no usual name."""
    if not "가" <= sign <= "힣":
        return 0.6 if "一" <= sign <= "鿿" else 0.5 if sign in _SYMBOLS else 1.5
    if len(sign.encode("euc_kr")) > 2:
        return _IMPLAUSIBLE
    if sign in _USUAL_SYLLABLES:
        return 0.02
    first, rest = divmod(ord(sign) - ord("가"), 588)
    vowel, last = divmod(rest, 28)
    return 0.15 + 0.35 * ((first in _SELDOM_FIRST) + (vowel in _SELDOM_VOWELS) + (last not in _USUAL_LAST))


@lru_cache(maxsize=4096)
def _japanese(sign: str) -> float:
    if "\u3041" <= sign <= "\u30ff":
        return 0.0
    code = sign.encode("cp932")
    if len(code) == 1:  # katakana of half width
        return 1.5
    return 0.5 if sign in _SYMBOLS else 0.2 if b"\x88\x9f" <= code < b"\x98\x73" else 2.0


@lru_cache(maxsize=4096)
def _chinese(sign: str) -> float:
    code = sign.encode("gbk")
    if b"\xb0\xa1" <= code < b"\xd8" and code[1] > 0xA0:  # the 3755 in daily use
        return 0.25 if sign in _USUAL_HANZI else 0.4
    if b"\xd8\xa1" <= code < b"\xf8" and code[1] > 0xA0:
        return 1.0
    return 0.5 if sign in _SYMBOLS else _IMPLAUSIBLE


@lru_cache(maxsize=4096)
def _taiwanese(sign: str) -> float:
    code = sign.encode("cp950")
    if b"\xa4\x40" <= code < b"\xc6\x7f":  # the 5401 in daily use
        return 0.25 if sign in _USUAL_HANZI else 0.4
    return 1.0 if b"\xc9\x40" <= code < b"\xf9\xd6" else 0.5 if sign in _SYMBOLS else _IMPLAUSIBLE


_WESTERN = ("äöüß", "éèàçêâîôûëùïœæü", "áéíóñúü", "ãçáéíóõúêâôàü", "èàéòùìíóú", "åäöéæø")  # a language each
_CENTRAL = ("łąężśćóńź", "áíéěýčřžšůúňóťďľäôĺŕ", "áéöőóüíúű", "čšžćđ", "ăâîşţ")
_RUSSIAN = "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъёіїєґ"
_GREEK = "αοιετνσςηρπκμλυίάδγέήωόθχύώφβξζψϊϋΐΰ"
#: Of two that cost the same the first is guessed.
_COSTS: dict[str, Callable[[str], float]] = {
    "cp949": lambda text: _east_asian(text, _korean),
    "Windows-1252": lambda text: _lettered(text, *_WESTERN),
    "Mac Roman": lambda text: _lettered(text, *_WESTERN),
    "Shift-JIS": lambda text: _east_asian(text, _japanese),
    "GBK": lambda text: _east_asian(text, _chinese) + _LESS_USUAL,
    "Big5": lambda text: _east_asian(text, _taiwanese) + _SELDOM,
    "Windows-1250": lambda text: _lettered(text, *_CENTRAL, prior=_LESS_USUAL),
    "Windows-1251": lambda text: _lettered(text, _RUSSIAN, prior=_LESS_USUAL),
    "Windows-1253": lambda text: _lettered(text, _GREEK, prior=_LESS_USUAL),
    "Windows-1254": lambda text: _lettered(text, "ışüğöçâîû", prior=_LESS_USUAL),
    "cp850": lambda text: _lettered(text, *_WESTERN, prior=_SELDOM),
    "KOI8-R": lambda text: _lettered(text, _RUSSIAN, prior=_SELDOM),
    "cp866": lambda text: _lettered(text, _RUSSIAN, prior=_SELDOM),
}
