"""Which log C are safe for a row of scores, in words."""

from __future__ import annotations

from softmax_core.numerics import SafeShifts
from ui.charts.picture import Translate
from ui.numerals import inwards, numeral


def safe_words(safe: SafeShifts, t: Translate, some_forbidden: bool = False) -> str:
    """The safe interval in numbers that lie inside it themselves, and where −max stands to it."""
    if some_forbidden:
        return f"{t('What follows is about the classes that are not forbidden.')} {safe_words(safe, t)}"
    minus_max = numeral(safe.minus_max)
    if safe.is_empty:
        low, high = inwards(safe.low_total_normal, safe.high)
        return t(
            "No log C keeps every exponential above 0 and below infinity: the scores lie too far apart. "
            "From {low} to {high} at least the sum keeps all its digits. −max = {minus_max} is one of these: "
            "it loses only probabilities too small for the format.",
            low=low,
            high=high,
            minus_max=minus_max,
        )
    least, high = inwards(safe.low, safe.high)
    if safe.loses_digits:
        words = t(
            "No log C keeps all digits of every exponential. From {least} to {high} none is 0 or infinite, "
            "but the smallest are subnormal: digits are lost.",
            least=least,
            high=high,
        )
    else:
        low, high = inwards(safe.low_normal, safe.high)
        words = t(
            "Safe for the exponentials and their sum is every log C from {low} to {high}: every exponential "
            "keeps all its digits, and the sum stays finite. From {least} up to there no exponential is 0, "
            "but the smallest are subnormal: digits are lost.",
            least=least,
            low=low,
            high=high,
        )
    return f"{words} {_about_minus_max(safe, minus_max, t)}"


def _about_minus_max(safe: SafeShifts, minus_max: str, t: Translate) -> str:
    if safe.low_normal <= safe.minus_max <= safe.high:
        return t("−max = {minus_max} lies inside the safe part.", minus_max=minus_max)
    return t(
        "−max = {minus_max} lies lower: there some exponential becomes 0 or loses digits, but only one whose "
        "probability the format cannot hold in full anyway. The sum keeps all its digits.",
        minus_max=minus_max,
    )
