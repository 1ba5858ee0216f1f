"""Which columns of a table with many are taken for two numbers and a class."""

from __future__ import annotations

import pytest

from lessons.train.own_data import read_csv

DAYS = "".join(
    f"{20 + day},{50 + day * 3 % 7},{'sun' if day % 2 else 'rain'},2024-05-0{day}\n" for day in range(1, 9)
)
MNIST = ",".join([*map(str, range(784)), "class"]) + "\n" + "0,7," * 392 + "3\n" + "1,2," * 392 + "4\n"


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("이름,반,키,몸무게\n가,1,170,60\n나,2,160,50\n다,1,175,70\n", "키 몸무게 반"),
        (
            "PassengerId,Survived,Pclass,Name,Age\n1,0,3,Ann,22\n2,1,1,Bob,38\n6,0,3,Cid,27\n",
            "Pclass Age Survived",
        ),
        ("Obs x y label\n1 1.5 2.0 A\n2 3.0 4.0 B\n", "x y label"),
        (MNIST, "0 1 class"),
        ("수험번호,국어,수학,결과\n2101,80,70,합격\n2117,60,50,불합격\n2109,90,95,합격\n", "국어 수학 결과"),
        (
            "Student,Maths,Physics,Result\n17,80,70,pass\n4,60,50,fail\n23,90,95,pass\n",
            "Maths Physics Result",
        ),
        (
            "station,lat,lon,zone\n108,37.57,126.97,north\n159,35.1,129.03,south\n112,37.4,126.6,north\n",
            "lat lon zone",
        ),
        ("Jahr,Temp,Regen,Zeit\n2024,1.2,20,kalt\n2024,12.1,50,warm\n2024,2.1,25,kalt\n", "Temp Regen Zeit"),
        ("factor,a,b,class\n1,1.2,20,A\n1,12.1,50,B\n1,2.1,25,A\n", "a b class"),
        (
            "Timestamp,Height,Weight,Sport\n5/1/2024 10:00,172cm,65kg,Golf\n5/1/2024 10:01,168cm,70kg,Golf\n",
            "Height Weight Sport",
        ),
    ],
)
def test_numbers_that_differ_and_do_not_count_the_rows_are_taken(text: str, columns: str) -> None:
    assert taken(text) == columns


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        (
            "height,weight,gender,teacher\n172,65,m,Smith\n168,70,m,Smith\n158,48,f,Smith\n",
            "height weight gender",
        ),
        (
            "hours,sleep,passed,email\n5,7,yes,a@x.org\n4,6,no,b@x.org\n7,8,yes,c@x.org\n",
            "hours sleep passed",
        ),
        (f"temp,humidity,weather,date\n{DAYS}", "temp humidity weather"),
        (
            "지점명,일시,기온,강수\n서울,2024-05-01,15.3,0\n서울,2024-05-02,16.8,1\n부산,2024-05-01,16.9,2.5\n"
            "부산,2024-05-02,17.5,0.5\n",
            "기온 강수 지점명",
        ),
        (
            "학년,반,번호,이름,국어,수학,등급\n1,3,1,김철수,85,92,A\n1,3,2,이영희,70,65,B\n1,3,3,박민수,95,98,A\n",
            "국어 수학 등급",
        ),
        ("학년,키,몸무게,성별\n2,172,65,남\n2,168,70,남\n2,158,48,여\n", "키 몸무게 성별"),
        ("키,몸무게,성별,비고\n172,65,남,-\n168,70,남,결석\n158,48,여,-\n161,52,여,-\n", "키 몸무게 성별"),
        (
            "Größe;Gewicht;Geschlecht;Bemerkung\n172;65;m;\n168;70;m;krank\n158;48;w;\n",
            "Größe Gewicht Geschlecht",
        ),
        ("y,X1,X2\n0,5,1\n0,8,1\n1,-1,-4\n1,-2,2\n", "X1 X2 y"),
        ("x,y,true,predicted\n0.5,1.2,A,A\n0.8,1.6,A,B\n-1,-0.4,B,B\n", "x y true"),
        ("x,y,year\n1.5,2.5,2019\n1.7,2.9,2019\n3.5,4.0,2020\n", "x y year"),
        ("a,b,year\n1,2,2019\n2,2,2019\n3,4,2020\n", "a b year"),
        ("a,b,c,species\n5.1,3.5,1.4,setosa\n4.9,3.0,1.4,setosa\n4.7,3.2,1.3,setosa\n", "a b species"),
    ],
)
def test_the_class_is_what_divides_the_rows(text: str, columns: str) -> None:
    assert taken(text) == columns


@pytest.mark.parametrize(
    ("text", "columns", "n_points"),
    [
        ("성별,2023,2023\n성별,신장,체중\n남,172,65\n남,168,70\n여,158,48\n", "신장 체중 성별", 3),
        (
            '"시도별","2023","2023","지역"\n"시도별","인구","면적","지역"\n"서울","939","605","수도권"\n'
            '"부산","330","770","영남"\n"대구","237","884","영남"\n',
            "인구 면적 지역",
            3,
        ),
        ("a,b,class\n2019,2020,A\n2021,2022,B\n", "a b class", 2),
        ("2019,2020,A\n2021,oops,B\n2001,2002,A\n", "", 2),
    ],
)
def test_years_above_titles_are_no_point(text: str, columns: str, n_points: int) -> None:
    found = read_csv(text)
    assert taken(text).strip() == columns
    assert len(found.rows) == n_points


def taken(text: str) -> str:
    """The titles of the columns that are taken."""
    origin = read_csv(text).origin
    assert origin is not None
    return " ".join(origin.titles[at] for at in (origin.columns.x, origin.columns.y, origin.columns.label))
