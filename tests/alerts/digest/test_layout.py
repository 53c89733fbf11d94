"""A digest looks as it should: nothing overflows, all can be read, every link has text."""

from dataclasses import replace
from pathlib import Path

import pytest

from alerts.delivery.render import render
from alerts.digest.page import write_digest
from tests.alerts.digest.issues import make_facts, make_quiet_facts
from tests.alerts.specimens import specimens
from tests.alerts.telling import TEMPLATES, VOICE
from tests.browser import CHROMIUM, measure

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM, reason="chromium is not installed"),
]


def pages() -> dict[str, str]:
    """Write digests of no, one, many and far too many stories, and a message of each kind."""
    found = {}
    for language in ("en", "ru", "fa"):
        voice = replace(VOICE, language=language, judging=make_facts(0).judging)
        for name, notification in specimens().items():
            found[f"{name}-{language}"] = render("k", notification, voice).html
        found[f"{language}-0"] = write_digest(make_quiet_facts(language), TEMPLATES).html
        for count in (1, 40, 400):
            facts = make_facts(count, language)
            found[f"{language}-{count}"] = write_digest(facts, TEMPLATES).html
    return found


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_a_digest_can_be_read_on_a_telephone_and_on_a_desk(tmp_path: Path, dark: bool) -> None:
    for (name, width), seen in measure(pages(), tmp_path, widths=(360, 720), dark=dark).items():
        about = f"{name} at {width}"
        assert (seen["width"], seen["dark"]) == (width, dark), about
        assert seen["full"] <= width, about
        assert seen["wide"] == [], about
        assert seen["faint"] == [], about
        assert seen["empty"] == [], about
        assert seen["links"] or "-0" in name or "notice" in name, about


def test_a_headline_of_one_endless_word_does_not_overflow(tmp_path: Path) -> None:
    facts = make_facts(1)
    article = replace(facts.stories[0].article, headline="Zangazur" * 40)
    rule = replace(facts.trends[0], rule="a-rule-with-a-very-long-name-" * 4)
    stories = (replace(facts.stories[0], article=article),)
    page = write_digest(replace(facts, stories=stories, trends=(rule,)), TEMPLATES).html
    (seen,) = measure({"endless": page}, tmp_path, widths=(360,)).values()
    assert seen["wide"] == []
