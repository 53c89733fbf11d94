"""Why a clause failed is said in every language we write."""

from datetime import timedelta
from importlib.resources import files

import pytest

from alerts.explaining.reason import Reason, Spot, Value, because
from alerts.wording import wording
from config.words import WRITTEN

PLACE = Spot(field="body", paragraph=2, words="Zangezur corridor")
ALL: dict[str, Value] = {
    "what": "football", "place": PLACE, "kind": "lang", "fact": "en", "n": 3, "of": 6,
    "one": Spot(field="headline"), "other": Spot(field="body"), "field": Spot(field="headline"),
    "span": timedelta(hours=5),
}  # fmt: skip
NAMES = sorted(
    name for name in wording("en").words if name.startswith("why_") and name[-4:] != "_one"
)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "nearest pair 9 apart, body ¶2 “Zangezur corridor”"),
        ("ru", "шагов между ближайшими: 9, текст ¶2 “Zangezur corridor”"),
        ("az", "ən yaxın cüt arasında addım: 9, mətn ¶2 “Zangezur corridor”"),
        ("fa", "گام میان نزدیک‌ترین جفت: 9، متن ¶2 “Zangezur corridor”"),
    ],
)
def test_a_reason_names_its_place_in_the_readers_words(language: str, said: str) -> None:
    assert because("apart", n=9, place=PLACE).say(wording(language)) == said


@pytest.mark.parametrize("name", NAMES)
def test_every_reason_is_worded_in_every_language_with_the_same_blanks(name: str) -> None:
    said = {each: Reason(name, tuple(ALL.items())).say(wording(each)) for each in WRITTEN}
    assert len(set(said.values())) == len(WRITTEN), "one of them is not translated"


def test_one_is_not_many() -> None:
    assert str(because("length", n=1)) == "the body has 1 word"
    assert str(because("age", span=timedelta(hours=100))) == "published 4 d ago"


def test_no_reason_is_left_without_a_use() -> None:
    room = files("alerts.explaining")
    used = "".join(
        room.joinpath(name).read_text("utf-8") for name in ("relaxing.py", "explain.py")
    )
    assert [name for name in NAMES if f'"{name.removeprefix("why_")}"' not in used] == []
