"""Bylines taken apart into names."""

from pathlib import Path

import pytest

from crawler.extract.names import read_names
from crawler.extract.stamp_span import cut_stamp

BYLINES = (Path(__file__).parent / "bylines.txt").read_text("utf-8").splitlines()[1:]


@pytest.mark.parametrize("row", BYLINES)
def test_a_byline_is_read_as_the_press_of_its_language_writes_it(row: str) -> None:
    _, names, byline = row.split(" | ", 2)
    assert "; ".join(read_names(byline)) == names


@pytest.mark.parametrize(
    ("byline", "names"),
    [
        ("By Nigar Bayramli", ("Nigar Bayramli",)),
        ("by Anna Berg and Omar Khalil", ("Anna Berg", "Omar Khalil")),
        ("Von Anna Berg, Max Stein und Eva Roth", ("Anna Berg", "Max Stein", "Eva Roth")),
        ("Par Luc Martin et Zoé Petit", ("Luc Martin", "Zoé Petit")),
        ("Por Ana Ruiz y Juan Gil", ("Ana Ruiz", "Juan Gil")),
        ("Автор: Иван Петров", ("Иван Петров",)),
        ("Müəllif: Rauf Məmmədov", ("Rauf Məmmədov",)),
        ("نویسنده: علی رضایی", ("علی رضایی",)),
        ("Anna Berg, Political Correspondent", ("Anna Berg",)),
        ("ANNA BERG", ("Anna Berg",)),
        ("Anna Berg | Omar Khalil", ("Anna Berg", "Omar Khalil")),
        ("Anna Berg, Anna Berg", ("Anna Berg",)),
        ("Reuters", ("Reuters",)),
        ("Anna Berg and Reuters", ("Anna Berg", "Reuters")),
        ("https://newsroom.example/authors/anna", ()),
        ("desk@newsroom.example", ()),
        ("Facebook Twitter Share", ()),
        ("Admin", ()),
        ("wordpressadmin", ()),
        ("Anna Berg Health and science reporter", ("Anna Berg",)),
        ("ANNA BERG anna.berg@newsroom.example", ("Anna Berg",)),
        ("Anna Berg By Anna Berg", ("Anna Berg",)),
        ("Anna Berg, MA", ("Anna Berg",)),
        ("Anna Berg/dpa", ("Anna Berg",)),
        ("Anna Berg, Vice President of Content", ("Anna Berg",)),
        ("Anna Berg, AP National Security Writer", ("Anna Berg",)),
        ("作者：李明 责任编辑：王伟", ("李明",)),
        ("Scritto da Anna Berg", ("Anna Berg",)),
        ("User Admin", ()),
        ("Veröffentlicht von", ()),
        ("deinen Bloggern", ()),
        ("© Anna Berg", ("Anna Berg",)),
        ("Bild am Sonntag", ("Bild am Sonntag",)),
        ("Über Anna Berg", ("Anna Berg",)),
        ("Text und Interview: Anna Berg", ("Anna Berg",)),
        ("Anna Berg, PhD", ("Anna Berg",)),
        ("Nga Arben Hoxha", ("Arben Hoxha",)),
        ("By Anna Berg Reuters", ("Anna Berg",)),
        ("Michael Bloomberg", ("Michael Bloomberg",)),
        ("Luc Martin (avec Zoé Petit et Éric Roux)", ("Luc Martin", "Zoé Petit", "Éric Roux")),
        ("Emma Berg Lifestyle Writer", ("Emma Berg",)),
        ("Emma Berg Deputy Content Hub Director", ("Emma Berg",)),
        ("Von Anna Berg Landespolitische Korrespondentin", ("Anna Berg",)),
        ("Kolumne von Anna Berg", ("Anna Berg",)),
        ("Eine Analyse von Anna Berg", ("Anna Berg",)),
        ("Anna Berg/Omar Khalil", ("Anna Berg", "Omar Khalil")),
        ("By Anna BergTwitter", ("Anna Berg",)),
        ("", ()),
    ],
)
def test_a_byline_gives_its_names(byline: str, names: tuple[str, ...]) -> None:
    assert read_names(byline) == names


@pytest.mark.parametrize(
    ("line", "rest"),
    [
        ("By Nigar Bayramli December 7, 2023", "By Nigar Bayramli"),
        ("By Nigar Bayramli on Thursday, 7 December 2023 at 10:15", "By Nigar Bayramli"),
        ("By Nigar Bayramli - Updated: July 24, 2024 00:56", "By Nigar Bayramli"),
        ("December 7, 2023 By Nigar Bayramli", "By Nigar Bayramli"),
        ("Иван Петров, 7 декабря 2023", "Иван Петров,"),
        ("By NIGAR MARCHETTI | May 7, 2024 at 5:00 a.m. PT", "By NIGAR MARCHETTI"),
        ("Von Lukas Maier, 7. Dezember 2023", "Von Lukas Maier,"),
        ("By Nigar Martin 12 May 2024", "By Nigar Martin"),
        ("Eva Decker 12.05.2024", "Eva Decker"),
        ("By Nigar Bayramli", "By Nigar Bayramli"),
    ],
)
def test_the_stamp_is_cut_off_a_byline(line: str, rest: str) -> None:
    assert cut_stamp(line) == rest
