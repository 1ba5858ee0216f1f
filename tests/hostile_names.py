"""Names that some target would read as more than signs; each must be shown as these signs."""

from __future__ import annotations

LINKS = (
    "www.example.org", "WWW.example.org/a_b", "http://a.b/c?d=1&e", "https://x.y", "a@b.co",
    "mailto:a@b.co", "[x](http://a.b)", "<http://a.b>", "![x](y.png)", "ftp://a.b", "xmpp:a@b.co/c", "www",
    "[^1]", "[x][y]",
)  # fmt: skip
ICONS = (
    ":smile:", ":+1:", ":material/home:", ":material_home:", ":streamlit:", ":red[x]", ":help[x]",
    ":red-badge[x]", ":color[x]{foreground=red}", "::x[y]", ":::x", ":small[x]", ":blue-background[x]",
)  # fmt: skip
TYPOGRAPHY = (
    "->", "<-", "<->", "--", ">=", "<=", "~=", "a -> b", "a -- b", "---", "(c)", "...", "''a''", "``a``",
    "it's", "\"a\"",
)  # fmt: skip
MARKDOWN = (
    "*a*", "**a**", "_a_", "__a__", "~a~", "~~a~~", "`a`", "# h", "1. a", "1)", "- a", "+ a", "> a",
    "| a | b |", "***", "    a", "\\*", "a\\", "a  b", "[ ] a", "&amp;", "&#35;", "&lt;b&gt;", "*", "_",
    "`", "~", "!", "[", "]", "a]b", "{x}", "[[name]]", "{name}", "%s", "0",
)  # fmt: skip
LATEX = (
    "$x$", "$$x$$", "$", "\\frac{1}{2}", "x^2", "x_1", "\\", "{", "}", "a & b", "100%", "\\text{a}", "~",
    "#1",
)  # fmt: skip
HTML = (
    "<b>a</b>", "<a href='x'>a</a>", "<br>", "<script>alert(1)</script>", "<sup>2</sup>", "</span>",
    "%{x}", "<extra></extra>", "<!-- a -->", "%{y:.2f}",
)  # fmt: skip
FORMULAS = (
    "=1+1", "+1", "-1", "@x", "'=1", "''=1", "'a", "=HYPERLINK(\"x\")", "＝1", "-2+3", "\"\\u0041\"", "a,b",
    "a;b", "a\tb", "−1.0", "\u200d-0", "#REF!", "#N/A", "<NA>", "'#REF!",
)  # fmt: skip
PARTICLES = (
    "a을(를)", "이(가)", "개은(는) 개",
)  # fmt: skip
SCRIPTS = (
    "고양이", "猫", "é", 'e\u0301', "שלום", "مرحبا", "שלום: a", '\U0001f468\u200d\U0001f469\u200d\U0001f467',
    '\u2764\ufe0f', "नमस्ते", "ß",
)  # fmt: skip
UNSEEN = (
    '\u202ea', 'a\u202eb', '\u2066a', 'a\u2069', 'a\u200bb', 'a\u200db', '\ufeffa', 'a\xadb', 'a\u2028b',
    'a\u2029b', 'a\x01b', 'a\x1b[31mb', 'a\x7fb', 'a\x85b', '\u3164', 'a\u180eb', '\u200f1',
    'a\U000e0041b', 'a\x0bb',
)  # fmt: skip

_KINDS = (LINKS, ICONS, TYPOGRAPHY, MARKDOWN, LATEX, HTML, FORMULAS, PARTICLES, SCRIPTS, UNSEEN)

#: One line each, without blanks at the ends: what a field of an address and a row of a table can hold.
LINES = tuple(dict.fromkeys(name.strip() for kind in _KINDS for name in kind))

#: What a scene file can hold besides.
ODD = ("e\u0301" + "é" * 38, " a", "a ", "  ", "\ta", "a\nb", "a\r# h", "\r=1", "a\x00b", "\n")

NAMES = LINES + ODD

#: Many kinds in a few names, for places where each name costs time.
TOGETHER = (
    "www.a.b :smile: $x$ <b>a</b>",
    "=a@b.co *a* `c` :material/home:",
    ":red[x] -> (c) {name} %{x} &amp;",
    "\u202ea, \u2066b \\frac12 [x](y) ~a~",
    "# שלום\u200b [[name]] 을(를) a_b",
    "1. 'q' \"d\" | -- | <br> &#35;",
)
