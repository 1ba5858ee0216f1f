"""Tables as the world writes them: each is read as it was meant, or refused with the cure."""

from __future__ import annotations

from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lessons.train import table_choices
from lessons.train.own_data import MAX_ROWS, OwnData, read_csv
from lessons.train.tables.columns import Columns
from lessons.train.tables.encodings import Decoded, decoded, possible
from lessons.train.tables.layout import Doubt
from lessons.train.tables.numbers import kind
from lessons.train.tables.other_files import other_file, other_text
from lessons.train.tables.shapes import ShapeError
from ui.text import language

FOUR = [[0.5, 1.2], [0.8, 1.6], [-1.0, -0.4], [-1.3, 0.2]]
CLASSES = ("A", "B")


def rows(found: OwnData) -> list[list[float]]:
    assert found.data is not None, found.rejections
    return found.data.X.tolist()


def reasons(found: OwnData) -> list[tuple[int, str, str]]:
    return [(each.row, each.reason, each.value) for each in found.rejections]


LAYOUTS = {
    "commas": "x,y,label\n0.5,1.2,A\n0.8,1.6,A\n-1,-0.4,B\n-1.3,0.2,B\n",
    "bars": "x|y|label\n0.5|1.2|A\n0.8|1.6|A\n-1|-0.4|B\n-1.3|0.2|B\n",
    "semicolons and decimal commas": "x;y;label\r\n0,5;1,2;A\r\n0,8;1,6;A\r\n-1;-0,4;B\r\n-1,3;0,2;B\r\n",
    "tabs and decimal commas": "x\ty\tlabel\n0,5\t1,2\tA\n0,8\t1,6\tA\n-1\t-0,4\tB\n-1,3\t0,2\tB\n",
    "quoted decimal commas": 'x,y,label\n"0,5","1,2",A\n"0,8","1,6",A\n"-1","-0,4",B\n"-1,3","0,2",B\n',
    "blanks": "0.5   1.2 A\n0.8 1.6   A\n -1 -0.4 B\n-1.3 0.2 B\n",
    "full-width commas": "가로，세로，종류\n0.5，1.2，A\n0.8，1.6，A\n-1，-0.4，B\n-1.3，0.2，B\n",
    "sep=": "sep=;\r\nx;y;label\r\n0.5;1.2;A\r\n0.8;1.6;A\r\n-1;-0.4;B\r\n-1.3;0.2;B\r\n",
    "sep=|": "sep=|\nx|y|label\n0.5|1.2|A\n0.8|1.6|A\n-1|-0.4|B\n-1.3|0.2|B\n",
    "a title": "Weights of leaves, class 3b\n\nx;y;label\n0.5;1.2;A\n0.8;1.6;A\n-1;-0.4;B\n-1.3;0.2;B\n",
    "a title in Excel": "Leaves;;\n;;\nx;y;label\n0,5;1,2;A\n0,8;1,6;A\n-1;-0,4;B\n-1,3;0,2;B\n",
    "a title as wide": "Experiment, class 3b, 2024\nx,y,label\n0.5,1.2,A\n0.8,1.6,A\n-1,-0.4,B\n-1.3,0.2,B\n",
    "keys and values": "Device;Logger 3\nDate;May\nx;y;label\n0.5;1.2;A\n0.8;1.6;A\n-1;-0.4;B\n-1.3;0.2;B\n",
    "units": "x,y,label\n(cm),(cm),\n0.5,1.2,A\n0.8,1.6,A\n-1,-0.4,B\n-1.3,0.2,B\n",
    "comments": "# made in May\n# x, y, label\n0.5,1.2,A\n0.8,1.6,A\n# a pause\n-1,-0.4,B\n-1.3,0.2,B\n",
    "line breaks in titles": '"x\n(cm)","y\n(cm)","label"\n0.5,1.2,A\n0.8,1.6,A\n-1,-0.4,B\n-1.3,0.2,B\n',
    "ids": "Id,x,y,label\n1,0.5,1.2,A\n2,0.8,1.6,A\n3,-1,-0.4,B\n4,-1.3,0.2,B\n",
    "the index of pandas": ",x,y,label\n0,0.5,1.2,A\n1,0.8,1.6,A\n2,-1,-0.4,B\n3,-1.3,0.2,B\n",
    "the names of pandas": ",0,1,2\n0,0.5,1.2,A\n1,0.8,1.6,A\n2,-1,-0.4,B\n3,-1.3,0.2,B\n",
    "the rows of R": '"x" "y" "kind"\n"1" 0.5 1.2 "A"\n"2" 0.8 1.6 "A"\n"3" -1 -0.4 "B"\n"4" -1.3 0.2 "B"\n',
    "the class first": "label,x,y\nA,0.5,1.2\nA,0.8,1.6\nB,-1,-0.4\nB,-1.3,0.2\n",
    "empty cells behind": "x,y,label,,\n0.5,1.2,A,,\n0.8,1.6,A,,\n-1,-0.4,B,,\n-1.3,0.2,B,,\n",
    "dashes of all kinds": "0.5,1.2,A\n0.8,1.6,A\n–1,−0.4,B\n\u2011\u200b1.3,0.2,B\n",
    "the end of a file of DOS": "0.5,1.2,A\n0.8,1.6,A\n-1,-0.4,B\n-1.3,0.2,B\n\x1a",
    "NumPy": "[[ 0.5  1.2  0. ]\n [ 0.8  1.6  0. ]\n [-1.  -0.4  1. ]\n [-1.3  0.2  1. ]]\n",
    "array": "X=array([[0.5, 1.2, 0.],\n [0.8, 1.6, 0.],\n [-1., -0.4, 1.],\n [-1.3, 0.2, 1.]], dtype=float)",
    "tuples": "(0.5, 1.2, 'A'),\n(0.8, 1.6, 'A'),\n(-1, -0.4, 'B'),\n(-1.3, 0.2, 'B'),\n",
    "rows in one line": "[[0.5, 1.2, 'A'], [0.8, 1.6, 'A'], [-1, -0.4, 'B'], [-1.3, 0.2, 'B']]",
    "lists": "[[0.5, 1.2, 0],\n [0.8, 1.6, 0],\n [-1, -0.4, 1],\n [-1.3, 0.2, 1]]",
    "types of NumPy": "".join(f"(np.float64({x}), {y}, np.str_('{'AB'[x < 0]}'))\n" for x, y in FOUR),
    "MATLAB": "X = [0.5 1.2 0; 0.8 1.6 0; -1 -0.4 1; -1.3 0.2 1];\n",
    "lines of MATLAB": "X = [\n0.5, 1.2, 0;\n0.8, 1.6, 0;\n-1, -0.4, 1;\n-1.3, 0.2, 1];\n",
    "Mathematica": "{{0.5, 1.2, 0}, {0.8, 1.6, 0}, {-1, -0.4, 1}, {-1.3, 0.2, 1}}",
    "MATLAB below a comment": "% leaves\nX = [0.5 1.2 0; 0.8 1.6 0; -1 -0.4 1; -1.3 0.2 1];\n",
    "SQL": "INSERT INTO t (x, y) VALUES (0.5,1.2,'A'),(0.8,1.6,'A'),(-1,-0.4,'B'),(-1.3,0.2,'B');\n",
    "lines of SQL": "".join(f"insert into t values ({x}, {y}, {int(x < 0)});\n" for x, y in FOUR),  # noqa: S608
    "JSON in lines": '[0.5,1.2,"A"]\n[0.8,1.6,"A"]\n[-1,-0.4,"B"]\n[-1.3,0.2,"B"]\n',
    "quotes about rows": '"x,y,label"\n"0.5,1.2,A"\n"0.8,1.6,A"\n"-1,-0.4,""B"""\n"-1.3,0.2,B"\n',
    "quotes below sep=": 'sep=;\n"x;y;label"\n"0,5;1,2;A"\n"0,8;1,6;A"\n"-1;-0,4;B"\n"-1,3;0,2;B"\n',
    "years as titles": "2019;2020;Klasse\n0,5;1,2;A\n0,8;1,6;A\n-1;-0,4;B\n-1,3;0,2;B\n",
    "Markdown": "|x|y|label|\n|---|--:|:-:|\n|0.5|1.2|A|\n|0.8|1.6|A|\n|-1|-0.4|B|\n|-1.3|0.2|B|\n",
    "ARFF": "% leaves\n@relation leaves\n@data\n0.5,1.2,A\n0.8,1.6,A\n-1,-0.4,B\n-1.3,0.2,B\n",
    "LaTeX": "0.5 & 1.2 & A \\\\\n0.8 & 1.6 & A \\\\\n-1 & -0.4 & B \\\\\n-1.3 & 0.2 & B \\\\\n",
    "LaTeX of pandas": "\\begin{tabular}{lrl}\n\\toprule\n & x & y & label \\\\\n\\midrule\n"
    "0 & $0.5$ & 1.2 & A \\\\\n"
    "1 & 0.8 & 1.6 & A \\\\[2pt]\n2 & -1 & -0.4 & B \\\\\n3 & -1.3 & 0.2 & B \\\\\n\\bottomrule\n"
    "\\end{tabular}\n",
    "LaTeX in one line": "0.5 & 1.2 & A \\\\ 0.8 & 1.6 & A \\\\ -1 & -0.4 & B \\\\ "
    "-1.3 & 0.2 & B \\\\ \\hline",
    "single quotes": "0.5 1.2 'A'\n0.8 1.6 'A'\n-1 -0.4 'B'\n-1.3 0.2 'B'\n",
    "quotes of Word": "x,y,label\n0.5,1.2,“A”\n0.8,1.6,“A”\n-1,-0.4,“B”\n-1.3,0.2,“B”\n",
    "all in single quotes": "'x','y','label'\n'0.5','1.2','A'\n'0.8','1.6','A'\n'-1','-0.4','B'\n"
    "'-1.3','0.2','B'\n",
    "Orange": "x\ty\tlabel\nc\tc\td\n\t\tclass\n0.5\t1.2\tA\n0.8\t1.6\tA\n-1\t-0.4\tB\n-1.3\t0.2\tB\n",
    "LIBSVM": "0 1:0.5 2:1.2\n0 1:0.8 2:1.6 # a note\n1 1:-1 2:-0.4 \n1 1:-1.3 2:0.2\n",
    "MySQL": "+----+\n| x | y | label |\n+----+\n| 0.5 | 1.2 | A |\n| 0.8 | 1.6 | A |\n| -1 | -0.4 | B |\n"
    "| -1.3 | 0.2 | B |\n+----+\n4 rows in set (0.00 sec)\n",
    "a grid": "+---+\n| 0.5|1.2|A |\n+===+\n| 0.8|1.6|A |\n+---+\n| -1|-0.4|B |\n+---+\n| -1.3|0.2|B |\n"
    "+---+\n",
    "polars": "┌──────┬──────┬───┐\n│ x    ┆ y    ┆ c │\n│ ---  ┆ ---  ┆ --│\n╞══════╪══════╪═══╡\n"
    "│ 0.5  ┆ 1.2  ┆ A │\n"
    "│ 0.8  ┆ 1.6  ┆ A │\n│ -1.0 ┆ -0.4 ┆ B │\n│ -1.3 ┆ 0.2  ┆ B │\n└──────┴──────┴───┘\n",
    "PostgreSQL": " x | y | c\n---+---+---\n 0.5 | 1.2 | A\n 0.8 | 1.6 | A\n -1 | -0.4 | B\n"
    " -1.3 | 0.2 | B\n(4 rows)\n",
    "reStructuredText": "===== ===\nx y label\n===== ===\n0.5 1.2 A\n0.8 1.6 A\n-1 -0.4 B\n-1.3 0.2 B\n"
    "===== ===\n",
    "a fence": "```csv\nx,y,label\n0.5,1.2,A\n0.8,1.6,A\n-1,-0.4,B\n-1.3,0.2,B\n```\n",
    "pandas on the screen": "     x    y label\n0  0.5  1.2     A\n1  0.8  1.6     A\n2 -1.0 -0.4     B\n"
    "3 -1.3  0.2     B\n\n"
    "[4 rows x 3 columns]\n",
    "a matrix of R": "     [,1] [,2] [,3]\n[1,]  0.5  1.2  0\n[2,]  0.8  1.6  0\n[3,] -1.0 -0.4  1\n"
    "[4,] -1.3  0.2  1\n",
    "rows of R": "c(0.5, 1.2, 'A')\nc(0.8, 1.6, 'A')\nc(-1, -0.4, 'B')\nc(-1.3, 0.2, 'B')\n",
    "a matrix of MATLAB with dots": "X = [0.5 1.2 0; ...\n 0.8 1.6 0; ...\n -1 -0.4 1; ...\n -1.3 0.2 1];\n",
    "closing brackets": '[\n  [0.5, 1.2, "A"],\n  [0.8, 1.6, "A"],\n  [-1, -0.4, "B"],\n'
    '  [-1.3, 0.2, "B"]\n]\n',
    "fields of NumPy": "array([(0.5, 1.2, b'A'), (0.8, 1.6, b'A'), (-1., -0.4, b'B'),\n"
    " (-1.3, 0.2, b'B')], dtype=[('x', '<f8')])",
    "points beside classes": "(0.5, 1.2) A\n(0.8, 1.6) A\n(-1, -0.4) B\n(-1.3, 0.2) B\n",
    "classes beside points": "A: (0.5, 1.2)\nA: (0.8, 1.6)\nB: (-1, -0.4)\nB: (-1.3, 0.2)\n",
    "pairs and classes": "[((0.5, 1.2), 'A'), ((0.8, 1.6), 'A'), ((-1, -0.4), 'B'), ((-1.3, 0.2), 'B')]",
    "tabs among blanks": "0.5\t1.2 A\n0.8 \t1.6\tA\n-1  -0.4\tB\n-1.3\t\t0.2 B\n",
    "blanks of East Asia": "0.5\u30001.2\u3000A\n0.8\u30001.6\u3000A\n-1\u3000-0.4\u3000B\n"
    "-1.3\u30000.2\u3000B\n",
    "Java": "double[][] X = {{0.5, 1.2, 0}, {0.8, 1.6, 0}, {-1, -0.4, 1}, {-1.3, 0.2, 1}};",
    "Rust": 'vec![(0.5, 1.2, "A"), (0.8, 1.6, "A"), (-1.0, -0.4, "B"), (-1.3, 0.2, "B")]',
    "LaTeX with styles": "\\textbf{x} & y & class \\\\\n$0{,}5$ & 120\\% & \\textit{A} \\\\\n"
    "0,8 & 1,6 & A \\\\\n$-1$ & $-0{,}4$ & B \\\\\n\\num{-1,3} & 0,2 & B \\\\ \\hline\n",
    "one in single quotes": "0.5 1.2 A\n0.8 1.6 A\n-1 -0.4 'B'\n-1.3 0.2 B\n",
    "code in comments": "# a = [1, 2, 3], b = (1, 2)\n0.5,1.2,A\n0.8,1.6,A\n-1,-0.4,B\n-1.3,0.2,B\n",
    "a mail": "> x, y, label\n> 0.5, 1.2, A\n> 0.8, 1.6, A\n> -1, -0.4, B\n> -1.3, 0.2, B\n",
    "semicolons of Excel behind": "x,y,label;;\n0.5,1.2,A;;\n0.8,1.6,A;;\n-1,-0.4,B;;\n-1.3,0.2,B;;\n",
    "notes behind rows": "0.5,1.2,A # in the sun\n0.8,1.6,A\n-1,-0.4,B # in the shade\n-1.3,0.2,B\n",
    "notes behind blanks": "0.5 1.2 A % one\n0.8 1.6 A % two\n-1 -0.4 B % three\n-1.3 0.2 B % four\n",
    "notes of JavaScript": 'const d = [\n  [0.5, 1.2, "A"], // one\n  [0.8, 1.6, "A"], // two\n'
    '  [-1, -0.4, "B"], // three\n  [-1.3, 0.2, "B"]\n];\n',
    "a numbered list": "1. 0.5 1.2 A\n2. 0.8 1.6 A\n3. -1 -0.4 B\n4. -1.3 0.2 B\n",
    "Stata": " +---+\n | x y label |\n |---|\n 1. | 0.5 1.2 A |\n 2. | 0.8 1.6 A |\n 3. | -1 -0.4 B |\n"
    " 4. | -1.3 0.2 B |\n +---+\n",
    "long rows of NumPy": "[[ 0.5 1.2\n 0. ]\n [ 0.8 1.6\n 0. ]\n [-1. -0.4\n 1. ]\n [-1.3 0.2\n 1. ]]\n",
    "PyTorch": "tensor([[0.5, 1.2, 0.], [0.8, 1.6, 0.], [-1., -0.4, 1.], [-1.3, 0.2, 1.]], device='cuda:0')",
    "names of MATLAB": "x y label\n_ _ ___\n0.5 1.2 {'A'}\n0.8 1.6 {'A'}\n-1 -0.4 {'B'}\n-1.3 0.2 {'B'}\n",
    "an answer of MATLAB": "ans =\n\n 0.5 1.2 0\n 0.8 1.6 0\n -1 -0.4 1\n -1.3 0.2 1\n",
    "blanks behind": "1 0.5 1.2 A \n2 0.8 1.6 A\n3 -1 -0.4 B  \n4 -1.3 0.2 B\n",
    "columns of classes": "x,y,is_A,is_B\n0.5,1.2,1,0\n0.8,1.6,1,0\n-1,-0.4,0,1\n-1.3,0.2,0,1\n",
    "flags of pandas": "x,y,A,B\n0.5,1.2,True,False\n0.8,1.6,True,False\n-1,-0.4,False,True\n"
    "-1.3,0.2,False,True\n",
    "flags without titles": "0.5 1.2 1. 0.\n0.8 1.6 1. 0.\n-1 -0.4 0. 1.\n-1.3 0.2 0. 1.\n",
    "arrows": "(0.5, 1.2) -> A\n(0.8, 1.6) -> A\n(-1, -0.4) -> B\n(-1.3, 0.2) -> B\n",
    "rows in a line": "0.5,1.2,A; 0.8,1.6,A; -1,-0.4,B; -1.3,0.2,B",
    "rows in a line with blanks": "0.5,1.2,A 0.8,1.6,A -1,-0.4,B -1.3,0.2,B",
    "the array of Excel": '={0.5,1.2,"A";0.8,1.6,"A";-1,-0.4,"B";-1.3,0.2,"B"}',
    "a full stop behind rows": "0.5,1.2,A.\n0.8,1.6,A.\n-1,-0.4,B.\n-1.3,0.2,B.\n",
    "a full stop at the end": "0.5,1.2,A\n0.8,1.6,A\n-1,-0.4,B\n-1.3,0.2,B.\n",
    "large numbers of rows": "User ID,x,y,label\n15624510,0.5,1.2,A\n15810944,0.8,1.6,A\n15668575,-1,-0.4,B\n"
    "15603246,-1.3,0.2,B\n",
    "a time stamp": "1700000007,0.5,1.2,A\n1700000060,0.8,1.6,A\n1700000121,-1,-0.4,B\n"
    "1700000199,-1.3,0.2,B\n",
    "columns that are cut out": "  x y ... label\n0 0.5 1.2 ... A\n1 0.8 1.6 ... A\n2 -1 -0.4 ... B\n"
    "3 -1.3 0.2 ... B\n",
    "old files of a Mac": "x,y,label\r0.5,1.2,A\r0.8,1.6,A\r-1,-0.4,B\r-1.3,0.2,B\r",
    "a caption with a number": "Table 1: Leaves\nx y class\n0.5 1.2 A\n0.8 1.6 A\n-1 -0.4 B\n-1.3 0.2 B\n",
    "cells for Excel": "".join(f'="{x}",="{y}",="{"AB"[x < 0]}"\n' for x, y in FOUR),
    "points of geometry": "A(0.5, 1.2), A(0.8, 1.6), B(-1, -0.4), B(-1.3, 0.2)",
    "points without commas": "A(0.5,1.2) A(0.8,1.6) B(-1,-0.4) B(-1.3,0.2)",
    "points before classes": "(0.5, 1.2) A; (0.8, 1.6) A; (-1, -0.4) B; (-1.3, 0.2) B",
    "points of each class": "A: (0.5, 1.2), (0.8, 1.6)\nB: (-1, -0.4), (-1.3, 0.2)\n",
    "lists of each class": "A = [(0.5, 1.2), (0.8, 1.6)]\nB = [(-1, -0.4), (-1.3, 0.2)]\n",
    "commas and blanks": "0.5, 1.2 A\n0.8, 1.6 A\n-1, -0.4 B\n-1.3, 0.2 B\n",
    "commas and arrows": "0.5, 1.2 -> A\n0.8, 1.6 -> A\n-1, -0.4 -> B\n-1.3, 0.2 -> B\n",
    "pairs and classes of a variable": "d = [((0.5, 1.2), 'A'), ((0.8, 1.6), 'A'), ((-1, -0.4), 'B'), "
    "((-1.3, 0.2), 'B')]",
    "classes and colons": "A: 0.5, 1.2\nA: 0.8, 1.6\nB: -1, -0.4\nB: -1.3, 0.2\n",
    "powers of ten": "x,y,label\n5×10^-1,1.2,A\n8·10⁻¹,1.6,A\n-1,-4 x 10^-1,B\n-1.3,2*10**-1,B\n",
}  # fmt: skip


@pytest.mark.parametrize("text", LAYOUTS.values(), ids=LAYOUTS.keys())
def test_every_layout_is_read_as_meant(text: str) -> None:
    found = read_csv(text)
    assert rows(found) == FOUR
    assert found.class_names in (CLASSES, ("0", "1"))
    assert found.data is not None
    assert found.data.labels.tolist() == [0, 0, 1, 1]
    assert not found.rejections


@pytest.mark.parametrize("text", LAYOUTS.values(), ids=LAYOUTS.keys())
@pytest.mark.parametrize(
    "encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"]
)
def test_every_unicode_is_read(text: str, encoding: str) -> None:
    assert rows(read_csv(text.encode(encoding))) == FOUR


PENGUINS = (
    "species,island,bill_length_mm,bill_depth_mm,flipper_length_mm,body_mass_g,sex,year\n"
    "Adelie,Torgersen,39.1,18.7,181,3750,male,2007\nAdelie,Torgersen,NA,NA,NA,NA,NA,2007\n"
    "Gentoo,Biscoe,46.1,13.2,211,4500,female,2007\nChinstrap,Dream,46.5,17.9,192,3500,female,2007\n"
)
IRIS = "5.1,3.5,1.4,0.2,Iris-setosa\n4.9,3.0,1.4,0.2,Iris-setosa\n7.0,3.2,4.7,1.4,Iris-versicolor\n\n"
WINE = "1,14.23,1.71,2.43,1065\n1,13.2,1.78,2.14,1050\n2,12.37,.94,1.36,520\n3,12.86,1.35,2.32,630\n"
BANKNOTES = "3.6216,8.6661,-2.8073,-0.44699,0\n4.5459,8.1674,-2.4586,-1.4621,0\n-1.4,3.3,1.4,-2.0,1\n"
CARS = '"","mpg","disp","cyl"\n' + "".join(
    f'"Car {k}",{21 + 0.5 * k},{160 + 7 * k * k},{4 + 2 * (k % 3)}\n' for k in range(12)
)
INCOMES = "".join(f"{(7919 * k) % 5000},{20 + k * k % 11},{150 + k % 9},{'MF'[k % 2]}\n" for k in range(12))
SKLEARN = "3,4,setosa,versicolor,virginica\n5.1,3.5,1.4,0.2,0\n7.0,3.2,4.7,1.4,1\n6.3,3.3,6.0,2.5,2\n"


@pytest.mark.parametrize(
    ("text", "columns", "names", "first", "refused"),
    [
        (PENGUINS, (2, 3, 0), ("Adelie", "Gentoo", "Chinstrap"), [39.1, 18.7], [(3, "missing", "NA")]),
        (IRIS, (0, 1, 4), ("Iris-setosa", "Iris-versicolor"), [5.1, 3.5], []),
        (WINE, (1, 2, 0), ("1", "2", "3"), [14.23, 1.71], []),
        (BANKNOTES, (0, 1, 4), ("0", "1"), [3.6216, 8.6661], []),
        (CARS, (1, 2, 3), ("4", "6", "8"), [21, 160], []),
        (CARS.replace('""', '"Name"', 1), (1, 2, 3), ("4", "6", "8"), [21, 160], []),
        ("income,age,height,sex\n" + INCOMES, (0, 1, 3), ("M", "F"), [0, 20], []),
        ("CustomerID,age,height,sex\n" + INCOMES, (1, 2, 3), ("M", "F"), [20, 150], []),
        (INCOMES, (1, 2, 3), ("M", "F"), [20, 150], []),
        (SKLEARN, (0, 1, 4), ("0", "1", "2"), [5.1, 3.5], []),
        ("label,x,y\n#1,1,2\n#2,3,4\n#1,5,6\n", (1, 2, 0), ("#1", "#2"), [1, 2], []),
        ("label,x,y,group\np1,1,2,A\np2,3,4,B\np3,5,6,A\n", (1, 2, 3), ("A", "B"), [1, 2], []),
    ],
    ids=[
        "penguins",
        "iris",
        "wine",
        "banknotes",
        "cars of R",
        "named cars",
        "incomes",
        "ids",
        "bare ids",
        "iris of scikit-learn",
        "labels with signs of comments",
        "labelled points",
    ],
)
def test_data_sets_are_read_as_they_were_published(
    text: str,
    columns: tuple[int, int, int],
    names: tuple[str, ...],
    first: list[float],
    refused: list[tuple[int, str, str]],
) -> None:
    found = read_csv(text)
    assert found.origin is not None
    assert found.origin.columns == Columns(*columns)
    assert found.class_names == names
    assert rows(found)[0] == first
    assert reasons(found) == refused


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("1 2 red fox\n3 4 grey wolf\n5 6 red fox\n", ("red fox", "grey wolf")),
        ("1 2 red fox\n3 4 owl\n", ("red fox", "owl")),
        ("1,5 2,5 붉은 여우\n3 4 회색 늑대\n", ("붉은 여우", "회색 늑대")),
        (
            "x y label\n1 2 great white shark\nNA 3 owl\n3 4 tiger shark\n",
            ("great white shark", "tiger shark"),
        ),
        ("red fox 1 2\ngrey wolf 3 4\n", ("red fox", "grey wolf")),
        ("    x    y    label\n0  1.0  2.0  red fox\n1  3.0  4.0      owl\n", ("red fox", "owl")),
        ("leaf length  leaf width  kind\n1.5  2.5  red oak\n3.5  4.5  ash\n", ("red oak", "ash")),
        ("x y sex species\n1 2 male fox\n3 4 female owl\n5 6 female fox\n", ("fox", "owl")),
        ("1 2 male fox\n3 4 female owl\n5 6 female fox\n", ("fox", "owl")),
        ("x y sex species\na 1 2 male fox\nb 3 4 female owl\n", ("fox", "owl")),
        ("점 A(1, 2), 점 B(3, 4)", ("점 A", "점 B")),
        ("1, 2 붉은 여우\n3, 4 🐱\n", ("붉은 여우", "🐱")),
    ],
)
def test_a_class_of_several_words_is_one(text: str, names: tuple[str, ...]) -> None:
    assert read_csv(text).class_names == names


@pytest.mark.parametrize(
    ("text", "refused", "names"),
    [
        ("x,y,label\n1,2,A\n3,4,B\n4,6,Total\n", [(4, "Total")], ("A", "B")),
        ("이름,가로,세로,종류\n가,1,2,개\n나,3,4,소\n합계,4,6,\n", [(4, "합계")], ("개", "소")),
        ("종류,가로,세로\n계,4,6\n개,1,2\n소,3,4\n", [(2, "계")], ("개", "소")),
        ("name,x,y,class\nAnn,1,2,0\nBob,3,4,1\nTotal,4,6,1\n", [(4, "Total")], ("0", "1")),
        ("kind,x,y\nA,1,2\nA Total,1,2\nB,3,4\nB Total,3,4\n", [(3, "A Total"), (5, "B Total")], ("A", "B")),
        ("x;y;Art\n1;2;A\n3;4;B\n2;3;Mittelwert\n1;1;SD\n", [(4, "Mittelwert"), (5, "SD")], ("A", "B")),
        ("x,y,size\n1,2,small\n3,4,average\n5,6,big\n", [], ("small", "average", "big")),
        ("Ann,1,2,A\nKim Min,3,4,B\nMax,5,6,A\n", [], ("A", "B")),
        ("class,x,y\nA,1,2\nB,5,6\nMax,5,6\n", [(4, "Max")], ("A", "B")),
        ("x,y,size\n1,2,average\n3,4,big\n5,6,average\n", [], ("average", "big")),
    ],
)
def test_a_row_that_sums_up_others_is_no_point(
    text: str, refused: list[tuple[int, str]], names: tuple[str, ...]
) -> None:
    found = read_csv(text)
    assert found.class_names == names
    assert [(each.row, each.value) for each in found.rejections if each.reason == "sum"] == refused
    assert found.n_rejected == len(refused)


def test_keys_and_values_above_a_table_are_no_titles() -> None:
    found = read_csv(LAYOUTS["keys and values"])
    assert found.origin is not None
    assert found.origin.titles == ("x", "y", "label")


def test_other_columns_can_be_chosen() -> None:
    found = read_csv(PENGUINS, columns=Columns(4, 5, 1))
    assert found.class_names == ("Torgersen", "Biscoe", "Dream")
    assert rows(found)[0] == [181, 3750]
    assert read_csv(IRIS, columns=Columns(7, 8, 9)).origin == read_csv(IRIS).origin, "where there are none"


@pytest.mark.parametrize(
    ("text", "codec", "encoding", "names"),
    [
        ("x;y;Klasse\r\n0.5;1.2;größer\r\n-1;2;kleiner\r\n", "cp1252", "Windows-1252", ("größer", "kleiner")),
        ("1;2;Äpfel\n3;4;Öl\n", "cp1252", "Windows-1252", ("Äpfel", "Öl")),
        ("1,2,café\n3,4,naïve\n", "cp1252", "Windows-1252", ("café", "naïve")),
        ("x,y,種類\n1,2,猫\n3,4,犬\n", "cp932", "Shift-JIS", ("猫", "犬")),
        ("1,2,ねこ\n3,4,いぬ\n", "cp932", "Shift-JIS", ("ねこ", "いぬ")),
        ("x,y,種類\n1,2,さる\n3,4,うさぎ\n", "euc_jp", "EUC-JP", ("さる", "うさぎ")),
        ("1,2,キツネ\n3,4,タヌキ\n", "euc_jp", "EUC-JP", ("キツネ", "タヌキ")),
        ("1,2,고양이\n3,4,개\n", "utf-32-le", "UTF-32 LE", ("고양이", "개")),
        ("1,2,größer\n3,4,😀\n", "utf-32-be", "UTF-32 BE", ("größer", "😀")),
        ("x,y,类别\n1,2,猫\n3,4,狗\n", "gbk", "GBK", ("猫", "狗")),
        ("x,y,이름\n1,2,고양이\n3,4,개\n", "cp949", "cp949", ("고양이", "개")),
        ("1,2,꽃\n3,4,나무\n", "cp949", "cp949", ("꽃", "나무")),
        ("x,y,값\n1,2,A\n3,4,B\n", "cp949", "cp949", ("A", "B")),
        ("1,2,뜀틀\n3,4,깻잎\n", "cp949", "cp949", ("뜀틀", "깻잎")),
        ("1,2,펭귄\n3,4,귤\n", "cp949", "cp949", ("펭귄", "귤")),
        ("长,宽,种类\n1,2,猫\n3,4,狗\n", "gbk", "GBK", ("猫", "狗")),
        ("長,寬,種類\n1,2,貓\n3,4,狗\n", "big5", "Big5", ("貓", "狗")),
        ("x;y;класс\n1;2;кошка\n3;4;собака\n", "cp1251", "Windows-1251", ("кошка", "собака")),
        ("x;y;Вид\n1;2;Кошка\n3;4;СОБАКА\n", "cp1251", "Windows-1251", ("Кошка", "СОБАКА")),
        ("x;y;класс\n1;2;кошка\n3;4;собака\n", "koi8_r", "KOI8-R", ("кошка", "собака")),
        ("x;y;класс\n1;2;кошка\n3;4;собака\n", "cp866", "cp866", ("кошка", "собака")),
        ("x;y;τάξη\n1;2;γάτα\n3;4;σκύλος\n", "cp1253", "Windows-1253", ("γάτα", "σκύλος")),
        ("x;y;sınıf\n1;2;kuş\n3;4;ağaç\n", "cp1254", "Windows-1254", ("kuş", "ağaç")),
        ("x;y;klasa\n1;2;żółw\n3;4;łoś\n", "cp1250", "Windows-1250", ("żółw", "łoś")),
        ("x;y;třída\n1;2;kočka\n3;4;kůň\n", "cp1250", "Windows-1250", ("kočka", "kůň")),
        ("x;y;Klasse\n1;2;größer\n3;4;kleiner\n", "cp850", "cp850", ("größer", "kleiner")),
        ("x;y;classe\n1;2;été\n3;4;forêt\n", "cp850", "cp850", ("été", "forêt")),
        ("1,2,“big” – don’t\n3,4,37°C\n", "cp1252", "Windows-1252", ("“big” – don’t", "37°C")),
        ("1,2,più\n3,4,così\n", "cp1252", "Windows-1252", ("più", "così")),
        ("1,2,blåbær\n3,4,rød\n", "cp1252", "Windows-1252", ("blåbær", "rød")),
        ("x,y,種類\n1,2,大\n3,4,小\n", "cp949", "cp949", ("大", "小")),
        ("가로,세로,구분(區分)\n1,2,대(大)\n3,4,소(小)\n", "cp949", "cp949", ("대(大)", "소(小)")),
    ],
)
def test_encodings_are_told_apart_and_named(
    text: str, codec: str, encoding: str, names: tuple[str, ...]
) -> None:
    content = text.encode(codec)
    found = read_csv(content)
    assert found.origin is not None
    assert (found.origin.encoding, found.class_names) == (encoding, names)
    assert encoding in possible(content)


@pytest.mark.parametrize("codec", ["iso2022_kr", "iso2022_jp"])
def test_an_encoding_that_shifts_letters_is_refused_and_not_shown_as_it_is(codec: str) -> None:
    with pytest.raises(ValueError, match="save it as UTF-8"):
        read_csv({"iso2022_kr": "1,2,고양이\n", "iso2022_jp": "1,2,猫\n"}[codec].encode(codec))


def test_a_lost_byte_leaves_the_other_names_as_they_are() -> None:
    whole = ("x,y,이름\n" + "1,2,고양이\n3,4,강아지\n" * 3).encode()
    for hurt in (whole[:-2], whole.replace("강".encode(), b"\xea\xb0", 1)):
        found = read_csv(hurt)
        assert found.origin is not None
        assert found.origin.encoding == "UTF-8"
        assert {"고양이", "강아지"} < set(found.class_names)


def test_the_encoding_can_be_chosen() -> None:
    content = "1,2,größer\n3,4,b\n".encode("cp1252")
    assert read_csv(content, "Windows-1250").class_names[0] == "größer"
    assert read_csv(content, "cp949").class_names[0] != "größer"
    with pytest.raises(ValueError, match="encoding"):
        decoded(content, "UTF-8")


@pytest.mark.parametrize(
    ("codec", "encoding", "name"),
    [
        ("mac_roman", "Mac Roman", "größer"),
        ("cp437", "cp437", "größer"),
        ("euc_jp", "EUC-JP", "犬"),
        ("utf-32-le", "UTF-32 LE", "größer"),
    ],
)
def test_what_is_guessed_only_where_there_is_no_doubt_can_be_chosen(
    codec: str, encoding: str, name: str
) -> None:
    content = f"1,2,{name}\n3,4,b\n".encode(codec)
    assert encoding in possible(content)
    assert read_csv(content, encoding).class_names == (name, "b")


#: In KS X 1001: usual syllables, single letters, small and large Roman numerals, Greek letters.
KOREAN = [bytes([row, column]) for row in (0xA4, 0xA5, 0xB0, 0xC0, 0xC8) for column in range(0xA1, 0xFF)]
LETTERS = [sign for pair in KOREAN if (sign := pair.decode("euc_kr", "ignore")) and not "ㅤ" <= sign <= "ㆌ"]


@given(labels=st.lists(st.text(st.sampled_from(LETTERS), min_size=1, max_size=4), min_size=2, max_size=5))
def test_no_label_in_korean_is_taken_for_japanese(labels: list[str]) -> None:
    content = "".join(f"1,2,{label}\n" for label in labels).encode("cp949")
    assert decoded(content).encoding != "EUC-JP"


def test_tabs_and_single_signs_in_two_bytes_each_are_not_taken_for_four() -> None:
    for codec, name in (("utf-16-le", "UTF-16 LE"), ("utf-16-be", "UTF-16 BE")):
        found = read_csv("1\t2\tA\n3\t4\tB\n".encode(codec))
        assert (found.class_names, found.origin and found.origin.encoding) == (("A", "B"), name)


def test_a_mark_is_not_all_that_makes_a_text() -> None:
    assert "UTF-16" not in possible(b"\xff\xfe1")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('x,y,label\n"1,234.5",2,A\n1,2,B\n', "1,234.5"),
        ("x;y;label\n1.234,5;2;A\n1;2;B\n", "1.234,5"),
        ("x;y;label\n0,5;2.000;A\n1;2;B\n", "2.000"),
        ("x\ty\tlabel\n1,234\t2\tA\n1\t2\tB\n", "1,234"),
        ("x;y;label\n1\u202f234,5;2;A\n1;2;B\n", "1\u202f234,5"),
        ("x;y;label\n1'234.5;2;A\n1;2;B\n", "1'234.5"),
        ("x;y;label\n1.234.567;2;A\n1;2;B\n", "1.234.567"),
        ("x\ty\tlabel\n1,23,456\t2\tA\n1\t2\tB\n", "1,23,456"),
        ('x,y,label\n"12,34,567.5",2,A\n1,2,B\n', "12,34,567.5"),
        ("x;y;label\n1\u2009234,5;2;A\n1;2;B\n", "1\u2009234,5"),
    ],
)
def test_thousands_are_refused_as_the_file_writes_them(text: str, value: str) -> None:
    assert reasons(read_csv(text)) == [(2, "thousands", value)]


def test_three_decimals_behind_a_comma_are_read_where_no_doubt_is_left() -> None:
    assert rows(read_csv("1,250;2,125;A\n3,500;4;B\n")) == [[1.25, 2.125], [3.5, 4]]
    assert rows(read_csv("1,250\t0,5\tA\n3,500\t4\tB\n")) == [[1.25, 0.5], [3.5, 4]]
    assert rows(read_csv("1.250,2.125,A\n3.500,4,B\n")) == [[1.25, 2.125], [3.5, 4]]


def test_commas_that_made_more_cells_than_titles_are_refused() -> None:
    found = read_csv("x,y,label\n0,5,1,2,A\n0,8,1,6,B\n")
    assert reasons(found) == [(2, "columns", "5"), (3, "columns", "5")]
    found = read_csv("x,y,label\n1.5,2,red, big\n2.5,2,blue, small\n1.5,3,red, big\n")
    assert reasons(found) == [(2, "columns", "4"), (3, "columns", "4"), (4, "columns", "4")]


@pytest.mark.parametrize("titles", ["x,y,label\n", "x,y,label\ncm,cm,\n", "made in May\nx,y,label\n", ""])
@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ("oops,bad", "not a number"),
        ("$1.50,$2", "not a number"),
        ("1/2,1/3", "not a number"),
        ("1_000,2_000", "not a number"),
        ("nan,nan", "missing"),
        ("#N/A,#N/A", "missing"),
    ],
)
def test_a_first_row_without_numbers_is_refused_and_no_title(titles: str, cells: str, reason: str) -> None:
    first = titles.count("\n") + 1
    for labels in ("AB", "01") if titles else ("AB",):
        found = read_csv(f"{titles}{cells},{labels[0]}\n3,4,{labels[1]}\n1,2,{labels[0]}\n")
        assert rows(found) == [[3, 4], [1, 2]]
        assert reasons(found) == [(first, reason, cells.partition(",")[0])]
        assert found.origin is not None
        assert found.origin.titles == (("x", "y", "label") if titles else ("", "", ""))


def test_missing_values_are_named_row_by_row() -> None:
    cells = ("NA", "n/a", "nan", "", "?", "null", "-", "#N/A", "#DIV/0!", "#NV", "<NA>")
    found = read_csv(
        "x,y,label\n" + "".join(f"{cell},1,A\n" for cell in cells) + "1,2,A\n2,3,B\n3,4,?\n4,5,#WERT!\n"
    )
    assert reasons(found) == [
        *((row, "missing", cell) for row, cell in enumerate(cells, start=2)),
        (15, "no label", "?"),
        (16, "no label", "#WERT!"),
    ]
    assert read_csv("1,2,+\n3,4,-\n").class_names == ("+", "-")


@pytest.mark.parametrize(
    ("labels", "names", "renamed"),
    [
        (("1", "1.0", "0", "0.0"), ("0", "1"), (("1.0", "1"), ("0.0", "0"))),
        (
            ("0.000000000000000000e+00", "1.000000000000000000e+01"),
            ("0", "10"),
            (("0.000000000000000000e+00", "0"), ("1.000000000000000000e+01", "10")),
        ),
        (("고양이", normalize("NFD", "고양이")), ("고양이",), ()),
        (("C#", "C", "C++"), ("C#", "C", "C++"), ()),
        (("Cat", "cat", " cat "), ("Cat", "cat"), ()),
        (("big\u00a0cat", "big cat"), ("big cat",), ()),
        (("'A'", "'B'", "A"), ("A", "B"), ()),
        (("'A, big'", "'it''s'"), ("A, big", "it's"), ()),
        (("rock 'n' roll", "don't"), ("rock 'n' roll", "don't"), ()),
        (("R&D", "Q&A \\\\"), ("R&D", "Q&A \\\\"), ()),
        (('"C:\\"', "A..."), ("C:\\", "A..."), ()),
        (("---", "```"), ("---", "```"), ()),
        (("A (big)", "B [1]"), ("A (big)", "B [1]"), ()),
        (("#1", "#2"), ("#1", "#2"), ()),
        (("Room # 1", "Room # 2"), ("Room # 1", "Room # 2"), ()),
        (("A.", "B.", "A"), ("A", "B."), (("A.", "A"),)),
        (("A:", "B:"), ("A", "B"), (("A:", "A"), ("B:", "B"))),
        (("Quercus sp.", "Acer"), ("Quercus sp.", "Acer"), ()),
        ((r'"say \"hi\" "', "b"), ('say "hi"', "b"), ()),
        (("A\u200b", "A", "\ufeffA \u200e"), ("A",), (("A\u200b", "A"), ("\ufeffA \u200e", "A"))),
        (("1.5", "2"), ("1.5", "2"), ()),
        (("cat\u2028dog", "b\x85c"), ("cat\u2028dog", "b\x85c"), ()),
        (('"big\ncat"', "big cat"), ("big cat",), (("big\ncat", "big cat"),)),
        (("a" * 45, "b"), ("a" * 40, "b"), (("a" * 45, "a" * 40),)),
        (("é" * 39 + "👨‍👩‍👧", "b"), ("é" * 39, "b"), (("é" * 39 + "👨‍👩‍👧", "é" * 39),)),
    ],
)
def test_labels_are_one_class_where_they_mean_one(
    labels: tuple[str, ...], names: tuple[str, ...], renamed: tuple[tuple[str, str], ...]
) -> None:
    found = read_csv("x,y,label\n" + "".join(f"1,2,{label}\n" for label in labels))
    assert found.class_names == names
    assert found.renamed == renamed
    assert not found.rejections


def test_of_too_many_rows_some_of_every_class_are_taken() -> None:
    found = read_csv(
        "".join(f"{k},{k},{'A' if k < 2000 else 'B' if k < 2990 else 'C'}\n" for k in range(3000))
    )
    assert found.data is not None
    assert found.class_names == ("A", "B", "C")
    assert (found.data.n_samples, found.n_surplus, found.n_rejected) == (MAX_ROWS, 1000, 0)
    assert found.data.labels.tolist().count(2) == 10
    assert list(found.rows) == sorted(set(found.rows))


DOUBTS: dict[str, dict[Doubt, str]] = {
    "en": {
        "commas": "0,5;1,2;A",
        "blanks": "1 234",
        "points": "1.234",
        "numbers": "numbers with decimals",
        "codes": "such as -999",
        "alone": "a class of its own",
        "percent": "per cent sign",
        "first": "fewer different numbers",
    },
    "ko": {
        "commas": "세미콜론",
        "blanks": "1 234",
        "points": "1.234",
        "numbers": "소수입니다",
        "codes": "-999처럼",
        "alone": "클래스가 모두 다릅니다",
        "percent": "백분율 기호",
        "first": "더 적습니다",
    },
}


@pytest.mark.parametrize(
    ("text", "doubt"),
    [
        ("0,5,1,2,A\n0,8,1,6,A\n-1,0,-0,4,B\n", "commas"),
        ("0.5,1,2,3,A\n0,8,1,6,B\n", ""),
        ("0,5,1,-2,A\n0,8,1,6,B\n", ""),
        ("a,b,c,d,label\n0,5,1,2,A\n0,8,1,6,B\n", ""),
        ("A,0,5,1,2\nB,0,8,1,6\n", ""),
        ("0;5;1;2;A\n0;8;1;6;B\n", ""),
        ("1 234 2 A\n1 500 6 B\n2 700 8 A\n", "blanks"),
        ("1 234 5 678 A\n1 500 2 300 B\n", "blanks"),
        ("1 234 2 A\n1 50 6 B\n", ""),
        ("1.5,2.2,3.7\n2.5,3.1,4.9\n", "numbers"),
        ("x,y,class\n1.5,2.2,3.7\n2.5,3.1,4.9\n", ""),
        ("1,2,0.0\n3,4,1.0\n", ""),
        ("1.234;2.345;A\n3.456;1.000;B\n", "points"),
        ("1.234;0.345;A\n3.456;1.000;B\n", ""),
        ("1.234,2.345,A\n3.456,1.000,B\n", ""),
        ("x,y,label\n1,2,A\n1.5,-999,A\n3,4,B\n", "codes"),
        ("x,y,label\n1.5,2,A\n9999.0,2,A\n3,4,B\n", "codes"),
        ("x,y,label\n20,170,A\n-99,-99,A\n30,160,B\n", "codes"),
        ("x,y,label\n-90,2,A\n-99,2,A\n-80,4,B\n", ""),
        ("x,y,label\n800,2,A\n999,2,A\n700,4,B\n", ""),
        ("Name,Maths,Physics\nAnna,80,70\nBen,60,50\nCleo,90,95\nDan,40,30\n", "alone"),
        ("1,2,A\n3,4,B\n5,6,C\n", ""),
        ("0,1,1\n0,1,2\n0,2,1\n1,4,4\n1,4,5\n1,5,4\n", "first"),
        ("1,1,0\n1,2,0\n4,4,1\n4,5,1\n", ""),
        ("a,b,class\n12%,45,low\n15%,40,low\n80,75%,high\n", "percent"),
        ("a,b,class\n12%,45,low\n15 %,40,low\nNA,75,high\n", ""),
    ],
)
def test_what_may_be_meant_otherwise_is_told_in_both_languages(text: str, doubt: Doubt) -> None:
    given = table_choices.table(text, read_csv(text))
    for code, words in DOUBTS.items():
        said = " ".join(table_choices.told(given, language(code)))
        assert {each for each, word in words.items() if word in said} == {doubt} - {""}


SIDEWAYS = (
    "x,0.5,0.8,-1\ny,1.2,1.6,-0.4\nlabel,A,A,B\n",
    "x,0.5,0.8,-1\ny,1.2,1.6,-0.4\n",
    "x,0.5,0.8,-1\ny,1.2,1.6,-0.4\nlabel,0,0,1\n",
    "class,A,A,B\nx,1,2,3\ny,4,5,6\n",
    "feature\ts1\ts2\ts3\nTP53\t1.2\t3.4\t2.2\nMYC\t5\t6\t7\nstate\tsick\twell\tsick\n",
    "키,170,165,180\n몸무게,60,55,80\n성별,여,여,남\n",
)
BESIDE = (
    "x1,y1,x2,y2\n1,2,5,6\n2,2,5,6\n1,3,6,5\n",
    "cats,,dogs,\nx,y,x,y\n1,2,5,6\n1.5,2.5,5.5,6.5\n1.2,2.2,5.2,6.1\n",
    "A x,A y,B x,B y\n1,2,5,6\n1.5,2.5,5.5,6.5\n",
    "남자,,여자,\n키,몸무게,키,몸무게\n170,65,160,50\n175,70,162,52\n",
    "x,y,label,x.1,y.1,label.1\n1,2,A,5,6,B\n2,2,A,5,7,B\n",
    "x,y,label,,x,y,label\n1,2,A,,5,6,B\n2,2,A,,,,\n",
    "1,2,A,,5,6,B\n2,2,A,,5,7,B\n",
    "1,2,,5,6\n2,2,,5,7\n",
)
UPRIGHT = (
    "x1,y1,x2,y2,label\n1,2,5,6,A\n2,2,5,7,B\n",
    "x1,x2,x3,x4\n1,2,5,0\n2,2,5,1\n",
    "x,y,,label\n1,2,,A\n2,2,,B\n",
    "leaf length,leaf width,seed length,seed width,\n1,2,5,6,A\n2,2,5,7,B\n",
    "Table of points (1, 10)\nx,y,label\n1,2,A\n2,2,B\n",
    "species,length,width\nsetosa,1,2\nvirginica,3,4\n",
    "distractor,1,2\ntarget,3,4\nother,5,7\n",
    "name,x,y,z\nunit,cm,cm,kg\nAnn,1,2,3\nBob,3,4,5\n",
    "Ann,1,2\nBob,3,4\nCid,5,6\n",
    "A,1,2\nA,3,4\nB,5,6\n",
)


@pytest.mark.parametrize("text", SIDEWAYS)
def test_a_table_on_its_side_is_refused(text: str) -> None:
    with pytest.raises(ShapeError, match="give each sample a row"):
        read_csv(text)


@pytest.mark.parametrize("text", BESIDE)
def test_groups_beside_one_another_are_refused(text: str) -> None:
    with pytest.raises(ShapeError, match="below one another"):
        read_csv(text)


@pytest.mark.parametrize("text", UPRIGHT)
def test_a_table_that_names_its_rows_does_not_lie_on_its_side(text: str) -> None:
    assert not read_csv(text).rejections


@pytest.mark.parametrize(
    ("text", "refused"),
    [
        ("x y label\n1 234 2 A\n1 500 6 B\n", [2, 3]),
        ("1 234 2 A\n5 6 B\n7 8 A\n", [1]),
        ("x,y,label\n0,5,2,A\n0,8,3,B\n1,8,3,B\n", [2, 3, 4]),
        ("1  A\n2 3 B\n4 5 A\n", [1]),
        ("x,y,A,B\n1.5,2,1,0\n3,4,0\n5,6,0,1\n", [3]),
        ("1,2,A\n3;4;B\n5;6;B\n7 8 C\n", [1, 4]),
        ("x\ty\tlabel\n(1,500.00)\t2\tA\n3\t4\tB\n", [2]),
        ("1,5 A\n2,5 B\n", [1, 2]),
        ("[[1 2 0]\n [3 4 1]\n ...\n [5 6 0]]\n", [3]),
        (
            "             Murder Assault region\nAlabama      13.2   236  South\n"
            "New York     11.1   254  North\nNew Jersey    7.4   159  North\nNorth Dakota  0.8    45  West\n",
            [2],
        ),
        ("Valiant 18.1 3.46 1\nMerc 240D 24.4 3.19 0\nMerc 230 22.8 3.15 0\nFiat 128 32.4 2.2 1\n", [1, 2]),
    ],
)
def test_no_row_is_dropped_without_a_word(text: str, refused: list[int]) -> None:
    assert [row for row, *_ in reasons(read_csv(text))] == refused


def test_titles_that_are_cut_at_blanks_are_none() -> None:
    found = read_csv("   sepal length (cm)  sepal width (cm)  kind\n0  5.1  3.5  A\n1  4.9  3.0  B\n")
    assert found.origin is not None
    assert set(found.origin.titles) == {""}


def test_a_mac_of_old_wrote_its_letters_in_its_own_way() -> None:
    text = "Longueur;Largeur;Espèce\r5,1;3,5;Épinette\r4,9;3;Chêne\r"
    for codec, encoding in (("mac_roman", "Mac Roman"), ("cp1252", "Windows-1252")):
        assert decoded(text.encode(codec)) == Decoded(text, encoding)


@pytest.mark.parametrize(
    "text",
    [
        "172cm,65kg,A\n168cm,70kg,A\n158cm,48kg,B\n",
        "1/2,3/4,A\n1/4,1/2,A\n-1/2,-1,B\n",
        "5.1±0.1,2±0.2,A\n4.9±0.1,3±0.1,B\n",
        "x=0.5,y=1.2,A\nx=1,y=2.25,B\n",
    ],
)
def test_where_no_number_can_be_read_the_first_row_is_no_title(text: str) -> None:
    found = read_csv(text)
    assert found.rejections[0].row == 1
    assert found.origin is not None
    assert not any(found.origin.titles)


def test_what_was_meant_as_a_number_is_what_a_refusal_names() -> None:
    found = read_csv('이름,가격,무게,종류\n가,"1,200원",3.5,과일\n나,"2,300원",1.5,채소\n')
    assert reasons(found) == [(2, "not a number", "1,200원"), (3, "not a number", "2,300원")]


def test_a_quote_that_never_closes_swallows_no_row() -> None:
    found = read_csv('1,2,"a\n3,4,b\n5,6,c\n')
    assert found.class_names == ("a", "b", "c")


@pytest.mark.parametrize(
    ("content", "kind_of_file"),
    [
        (b"PK\x03\x04\x14\0\0\0xl/workbook.xml", "spreadsheet"),
        (b"PK\x03\x04\x14\0\0\0mimetypeapplication/vnd.oasis.opendocument.spreadsheet", "spreadsheet"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "spreadsheet"),
        (b"PK\x03\x04\x14\0\0\0points.csv", "zip"),
        (b"%PDF-1.7\n", "pdf"),
        (b"\x89PNG\r\n\x1a\n", "picture"),
        (b"RIFF\x24\0\0\0WEBPVP8 ", "picture"),
        (b"\0\0\0\x18ftypheic", "picture"),
        (b"BZh91AY&SY", "zip"),
        ("<!DOCTYPE html><html>".encode("utf-16"), "web page"),
        (b"<!-- saved from --><html>", "web page"),
        ('{"x": [1]}'.encode("utf-16"), "json"),
        ("x,y,label\n1,2,A\n".encode("utf-16"), None),
        (b"x,yftyp,label\n1,2,A\n", None),
        (b'[{"x":1,"y":2,"label":"A"}]', "json"),
        (b'[[1,2,"A"],[3,4,"B"]]', None),
        (b"[\n [\n  1,\n  2\n ]\n]", "json"),
        (b'\xef\xbb\xbf{"x": [1]}', "json"),
        (b'{"x":1}\n{"x":2}\n', "json"),
        (b'{"format": "softmax-lab scene 1"}', "scene"),
        (b"<!DOCTYPE html><html>", "web page"),
        (b"\x93NUMPY\x01\0", "data"),
        (b"MATLAB 5.0 MAT-file, Platform: PCWIN64", "data"),
        (b"$FL2@(#) SPSS DATA FILE", "statistics"),
        (b"<stata_dta><header>", "statistics"),
        (b"RDX3\nX\n", "statistics"),
        (b"<tr><td>1</td><td>2</td><td>A</td></tr>", "web page"),
        (b"data.frame(x=c(1,2,3,4), y=c(1,2,3,4))", "columns"),
        (b"matrix(c(1,2,0,3,4,1), ncol=3)", "columns"),
        (b"{'x': [1, 2, 3], 'y': [4, 5, 6]}", "columns"),
        (b"X = [[1, 2], [3, 4], [5, 6]]\ny = [0, 0, 1]\n", "columns"),
        (b"x = [1 2 3];\ny = [2 3 4];\nl = [0 0 1];\n", "columns"),
        (b"A = (1, 2)\nB = (3, 4)\n", None),
        (b"X = array([(1, 2, 'A'), (3, 4, 'B')], dtype=[('x', 'f8', 3)])", None),
        (b"x,y,label\n1,2,PK\n", None),
        (b"BMI,y,label\n1,2,A\n", None),
        (b"[" * 100_000, None),
        (b"{0 0.5, 1 2, 2 A}\n{0 1.5, 2 B}\n", "sparse"),
        (b"@relation t\n@data\n% none\n{0 0.5, 1 2, 2 A}\n", "sparse"),
        (b"{0.5, 1, A}\n{1.5, 2, B}\n", None),
        (b"X =\n\n   1.0e+03 *\n\n 0.5 1.2 0.001\n 0.8 1.6 0.002\n", "scaled"),
        (b"{'x': {0: 5.1, 1: 4.9}, 'y': {0: 1, 1: 2}}", "json"),
        (b"[{'x': 5.1, 'y': 4.9}, {'x': 1, 'y': 2}]", "json"),
        (b"", None),
    ],
)
def test_a_file_that_is_no_table_is_known(content: bytes, kind_of_file: str | None) -> None:
    assert other_file(content) == kind_of_file


@given(content=st.binary(max_size=300))
def test_no_bytes_break_the_judgement_of_a_file(content: bytes) -> None:
    other_file(content)
    for encoding in possible(content):
        assert read_csv(content, encoding).origin is not None


SIGNS = st.text(st.sampled_from("0123456789.,;|\t -–\"'\n\r#%eENAna?ab가é\u0301\u2028"), max_size=200)


@given(text=SIGNS, columns=st.tuples(*[st.integers(0, 5)] * 3))
def test_no_text_breaks_the_reader(text: str, columns: tuple[int, int, int]) -> None:
    other_text(text)
    found = read_csv(text, columns=Columns(*columns))
    assert found.origin is not None
    kept = 0 if found.data is None else found.data.n_samples
    assert kept + found.n_rejected + found.n_surplus == found.origin.n_rows
    assert len(found.class_names) == len(set(found.class_names))
    for cell in text.split(","):
        kind(cell)
