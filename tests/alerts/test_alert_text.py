"""An alert is worth reading in plain text, in every language a desk may want."""

from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alerts.delivery.render import Voice, render
from alerts.delivery.templating import COLUMNS, wrapped
from alerts.notification import EvidenceNote, Notification
from alerts.plain import FIRST_STRONG, POP
from alerts.routing.decision import Alert, Update, decide
from alerts.routing.event import EventKind
from alerts.routing.reasons import is_spread
from alerts.wording import wording
from config.words import WRITTEN
from tests.alerts.specimens import specimens
from tests.alerts.telling import (
    TEMPLATES,
    make_channel,
    make_event,
    make_history,
    make_match,
    make_told,
)
from tests.making import NOW

SEVEN_OUTLETS = tuple(f"Newsroom {n}" for n in range(7))


def text_of(notification: Notification, language: str = "en") -> str:
    voice = Voice(templates=TEMPLATES, zone=ZoneInfo("Asia/Baku"), language=language)
    return render("corridor/42/duty", notification, voice).text


@pytest.mark.parametrize("language", WRITTEN)
@pytest.mark.parametrize("name", sorted(specimens()))
def test_no_line_is_wider_than_78_columns_and_none_turns_its_neighbour(
    name: str, language: str
) -> None:
    for line in text_of(specimens()[name], language).splitlines():
        assert len(line) <= COLUMNS or line.strip().startswith("http"), line
        assert line.count(FIRST_STRONG) == line.count(POP), line


@given(st.lists(st.sampled_from(("corridor", "کریدور", "زنگزور", "of", "Баку")), min_size=1))
def test_an_isolate_ends_with_its_line(words: list[str]) -> None:
    sentence = f"why: {FIRST_STRONG}{' '.join(words)}{POP} (body)"
    lines = wrapped(sentence, "* ", "  ").splitlines()
    assert all(len(line) <= COLUMNS for line in lines)
    assert all(line.count(FIRST_STRONG) == line.count(POP) for line in lines)
    bare = " ".join(line.removeprefix("* ").strip() for line in lines)
    for sign in (FIRST_STRONG, POP):
        bare, sentence = bare.replace(sign, ""), sentence.replace(sign, "")
    assert bare.split() == sentence.split(), "no word is lost"


@pytest.mark.parametrize(
    ("field", "said"),
    [
        pytest.param("body", "(body ¶2)", id="the text has paragraphs"),
        pytest.param("attribution", "(attribution)", id="who is cited stands in none"),
        pytest.param("caption", "(caption)", id="nor does a caption"),
    ],
)
def test_only_words_of_the_text_are_given_a_paragraph(field: str, said: str) -> None:
    alert = specimens()["alert"]
    place = EvidenceNote(field=field, block=2, words="Report", sentence="According to Report.")
    rule = replace(alert.rules[0], evidence=(place,))
    assert said in text_of(replace(alert, rules=(rule,)))


def test_an_update_says_first_what_changed() -> None:
    text = text_of(specimens()["update"])
    assert text.startswith("[urgent] new figures: 17; now 7 outlets, 3 languages\n\nMinisters")
    assert text.index("What changed (page stamp not updated)") < text.index("Why it matched")
    assert "attribution removed" in text


@pytest.mark.parametrize(
    ("language", "new", "spread"),
    [
        ("en", "new story", "now 7 outlets, 2 languages"),
        ("ru", "новый сюжет", "теперь изданий: 7, языков: 2"),
        ("az", "yeni xəbər", "indi 7 nəşr, 2 dil"),
        ("fa", "خبر تازه", "اکنون 7 رسانه، 2 زبان"),
        ("de", "new story", "now 7 outlets, 2 languages"),
    ],
)
def test_a_desk_is_told_why_now_in_its_own_language(
    language: str, new: str, spread: str
) -> None:
    channel = make_channel(language=language)
    matches = (make_match(),)
    first = decide(make_event(), channel, matches, make_history(), NOW)
    assert isinstance(first, Alert)
    assert first.reasons == (new,)
    later = make_event(kind=EventKind.COPY, outlets=SEVEN_OUTLETS, languages=("en", "ru"))
    told = make_history(told={"duty": make_told()})
    update = decide(later, channel, matches, told, NOW)
    assert isinstance(update, Update)
    assert update.reasons == (spread,)
    assert is_spread(wording(language), spread)
    assert not is_spread(wording(language), new)


@pytest.mark.parametrize(
    ("language", "spread"),
    [
        ("en", "now in 2 languages"),
        ("az", "indi 2 dildə"),
        ("fa", "اکنون به 2 زبان"),
        ("ru", "теперь языков: 2"),
    ],
)
def test_one_outlet_in_two_languages_is_not_counted_as_outlets(
    language: str, spread: str
) -> None:
    channel = make_channel(language=language)
    told = make_history(told={"duty": make_told()})
    later = make_event(kind=EventKind.COPY, languages=("en", "ru"))
    update = decide(later, channel, (make_match(),), told, NOW)
    assert isinstance(update, Update)
    assert update.reasons == (spread,)
    assert is_spread(wording(language), spread)


def test_a_reason_of_many_figures_stays_one_line() -> None:
    many = replace(specimens()["update"], reasons=("new figures: 1, 2\r\nBcc: x",))
    assert "\nBcc" not in text_of(many)
