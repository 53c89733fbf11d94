"""A digest is small, complete in text, ordered, and says what it leaves out."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

from alerts.delivery.mail import build_mail
from alerts.delivery.templating import TemplateProblem, Templates
from alerts.digest.compose import compose_digest
from alerts.digest.facts import ArticleFact, Health, SourceFact, Thumbnail
from alerts.digest.issue import Issue, contents, message_of, preview_files
from alerts.digest.page import HTML_MOST, bars, heights, write_digest
from alerts.digest.subject import subject_of
from alerts.plain import has_rtl
from alerts.promise import Objectives, judge_clock, keep_promise
from alerts.wording import wording
from config.rule import Severity
from config.words import WRITTEN
from storage.lags import Lags, Passage
from tests.alerts.digest.issues import (
    END,
    START,
    WINDOW,
    make_digest,
    make_facts,
    make_quiet_facts,
    make_sources,
)
from tests.alerts.telling import MAIL_SETTINGS, TEMPLATES

SIZES = (0, 1, 40, 400)
LINK = "https://watch.example.org/judge/"
TONGUES = ("en", "ru", "fa")


@pytest.mark.parametrize("language", WRITTEN)
def test_every_language_has_every_word(language: str) -> None:
    words, english = wording(language), wording("en")
    forms = {name for name in english.words if name.endswith("_one")}
    assert set(words.words) | forms == set(english.words)
    blanks = re.compile(r"{(\w+)}")
    for name, phrase in words.words.items():
        assert set(blanks.findall(phrase)) == set(blanks.findall(english[name])), name
    assert (len(words.days), len(words.months)) == (7, 12)


@pytest.mark.parametrize("language", TONGUES)
@pytest.mark.parametrize("count", SIZES)
def test_a_digest_arrives_whole(language: str, count: int) -> None:
    facts = make_facts(count, language) if count else make_quiet_facts(language)
    written = write_digest(facts, TEMPLATES)
    assert len(written.html.encode()) <= HTML_MOST
    assert len(written.subject) <= 70
    too_wide = [
        line
        for line in written.text.splitlines()
        if len(line) > 78 and not line.startswith("http")
    ]
    assert too_wide == []
    shown = written.html.count('<div class="story"')
    assert shown >= min(count, 35), "about forty stories fit"


@pytest.mark.parametrize("count", SIZES)
def test_row_61_nothing_is_loaded_from_anywhere(count: int) -> None:
    """Limits, row 61."""
    tree = LexborHTMLParser(write_digest(make_facts(count), TEMPLATES).html)
    assert tree.css("img, link, script, iframe, object, video, [background], [srcset]") == []
    styles = " ".join(node.text() for node in tree.css("style"))
    assert "url(" not in styles + (tree.html or "")
    assert "@import" not in styles
    for link in tree.css("a"):
        to = link.attributes["href"] or ""
        assert to.startswith(("https://newsroom.example/", LINK))
        assert link.attributes["rel"] == "noreferrer"
        assert link.text(strip=True)


def test_a_page_is_made_for_screen_readers() -> None:
    tree = LexborHTMLParser(write_digest(make_facts(40), TEMPLATES).html)
    assert [node.attributes["lang"] for node in tree.css("html")] == ["en"]
    assert len(tree.css("h1")) == 1
    assert tree.css("h2")
    assert tree.css("h3")
    for table in tree.css("table"):
        headed = bool(table.css("th"))
        inside_picture = any(
            "img" in (each.attributes.get("role") or "") for each in _above(table)
        )
        assert (
            headed or inside_picture or table.attributes.get("role") in {"presentation", "img"}
        )
    for head in tree.css("th"):
        assert head.attributes["scope"] in {"col", "row"}
    for picture in tree.css("[role=img]"):
        assert picture.attributes["aria-label"]
    persian = [node for node in tree.css(".story") if has_rtl(node.css("h3")[0].text())]
    assert persian
    assert all(node.attributes["dir"] == "rtl" for node in persian)
    assert all(node.css("h3")[0].attributes["lang"] == "fa" for node in persian)


def _above(node: LexborNode | None) -> Iterator[LexborNode]:
    while node is not None:
        yield node
        node = node.parent


@pytest.mark.parametrize(("language", "direction"), [("fa", "rtl"), ("ru", "ltr")])
def test_a_client_that_drops_the_outer_element_keeps_language_and_direction(
    language: str, direction: str
) -> None:
    page = write_digest(make_facts(1, language), TEMPLATES).html
    cell = LexborHTMLParser(page).css_first("td.pad")
    assert cell is not None
    assert (cell.attributes["lang"], cell.attributes["dir"]) == (language, direction)


def test_the_words_that_matched_are_marked_by_more_than_colour() -> None:
    written = write_digest(make_facts(3), TEMPLATES)
    mark = LexborHTMLParser(written.html).css_first("b.hit")
    assert mark is not None
    assert mark.text() == "Caspian ferry timetable"
    assert "text-decoration:underline" in (mark.attributes["style"] or "")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, "Caspian watch Tue 24 Nov: 1 urgent, 3 stories, 1 source down, 1 gap"),
        (
            {"sources": make_sources(43, down=6)},
            "Caspian watch Tue 24 Nov: INCOMPLETE: 6 of 43 sources failed",
        ),
        (
            {"stories": (), "urgent": (), "changes": (), "sources": make_sources(down=0)},
            "Caspian watch Tue 24 Nov: no matches (43/43 sources checked)",
        ),
    ],
)
def test_the_subject_says_what_came(changes: dict[str, object], said: str) -> None:
    facts = make_facts(3, "en", **changes)
    assert subject_of(facts, wording("en")) == said


def test_a_digest_ahead_of_its_hour_has_a_subject_of_its_own() -> None:
    facts = make_facts(3)
    ahead = replace(facts, window=replace(facts.window, end=END + timedelta(hours=8)))
    words = wording("en")
    assert "Tue 24 Nov 15:00: 1 urgent" in subject_of(ahead, words)
    assert subject_of(ahead, words) != subject_of(facts, words)


@pytest.mark.parametrize("language", WRITTEN)
def test_a_long_name_gives_way_and_numbers_stay(language: str) -> None:
    digest = make_digest(
        language, name="A very long name of a digest that nobody should have given"
    )
    subject = subject_of(make_facts(400, "en", digest=digest), wording(language))
    assert len(subject) <= 70
    assert "400" in subject


def test_a_quiet_day_is_proved_or_doubted() -> None:
    proved = write_digest(make_quiet_facts(), TEMPLATES).text
    assert "everything was checked: 43 of 43 sources answered" in proved.replace("\n", " ")
    doubt = write_digest(make_quiet_facts(sources=make_sources(down=2)), TEMPLATES).text
    assert "2 of 43 sources failed" in doubt.replace("\n", " ")


def test_empty_sections_vanish_but_state_and_sources() -> None:
    text = write_digest(make_quiet_facts(near=(), trends=(), canary=None), TEMPLATES).text
    headings = [line for line in text.splitlines() if line.isupper() and "UTC" not in line]
    assert headings == ["STATE", "SOURCE HEALTH"]


def test_what_is_left_out_is_counted_and_attached() -> None:
    facts = make_facts(400)
    digest = compose_digest(facts, wording("en"))
    shown = sum(len(section.stories) for section in digest.sections)
    assert (shown, digest.more) == (40, 360)
    assert all(len(section.stories) <= 8 for section in digest.sections)
    written = write_digest(facts, TEMPLATES)
    assert "200 are attached" in written.text
    lines = [json.loads(line) for line in written.jsonl.splitlines()]
    assert len(lines) == 200
    loud = [line["severity"] for line in lines].count("urgent")
    assert loud == sum(story.severity is Severity.URGENT for story in facts.stories), "all"
    assert lines[0]["article"]["url"].startswith("https://")
    message = message_of("k", contents(Issue(facts=facts, written=written)), (), END)
    assert [each.name for each in message.attachments] == ["digest.jsonl"]
    assert b"digest.jsonl" in build_mail(message, ("a@desk.test",), MAIL_SETTINGS).content


def test_a_day_of_endless_headlines_and_lists_arrives_whole_and_says_what_it_leaves_out() -> (
    None
):
    facts = make_facts(400)

    def endless(article: ArticleFact) -> ArticleFact:
        return replace(
            article, headline="All of it once more. " * 30, url=f"{article.url}{'x' * 1500}"
        )

    stories = (replace(each, article=endless(each.article)) for each in facts.stories)
    urgent = (
        replace(each, headline="Once more " * 90, url=f"{each.url}{'x' * 1500}")
        for each in facts.urgent
    )
    changes = tuple(
        replace(facts.changes[0], article=endless(facts.changes[0].article)) for _ in range(60)
    )
    written = write_digest(
        replace(
            facts,
            stories=tuple(stories),
            urgent=tuple(urgent),
            changes=changes,
            gaps=facts.gaps * 25,
            delivery=facts.delivery * 40,
            sources=make_sources(300, down=120),
        ),
        TEMPLATES,
    )
    assert len(written.html.encode()) <= HTML_MOST
    assert "Gaps: 25" in written.text
    assert ">25</span>" in written.html
    for form in (written.text, written.html):
        left = [int(each) for each in re.findall(r"and (\d+) more", form)]
        assert sum(left) >= 60 + 25 + 40 - 3 * 10 + len(facts.urgent) - 10, left


def test_what_a_list_of_a_digest_leaves_out_is_counted() -> None:
    facts = replace(make_facts(1), gaps=make_facts(1).gaps * 12, delivery=())
    digest = compose_digest(facts, wording("en"))
    assert (len(digest.facts.gaps), digest.left["gaps"], digest.left["urgent"]) == (10, 2, 0)


def test_a_preview_is_the_page_the_text_and_the_mail() -> None:
    facts = make_facts(3)
    files = preview_files(
        Issue(facts=facts, written=write_digest(facts, TEMPLATES)), MAIL_SETTINGS
    )
    assert set(files) == {"caspian.html", "caspian.txt", "caspian.eml"}
    assert b"\r\nTo: reader@desk.test\r\n" in files["caspian.eml"]


def test_a_rule_shows_no_more_stories_than_it_wants() -> None:
    facts = make_facts(12)
    stories = tuple(replace(story, most=1) for story in facts.stories)
    digest = compose_digest(replace(facts, stories=stories), wording("en"))
    for section in digest.sections:
        leads = [story.rules[0].id for story in section.stories]
        assert len(set(leads)) == len(leads)
    assert digest.more == 12 - sum(len(section.stories) for section in digest.sections)


def test_sections_stand_as_the_digest_wishes_then_the_loudest_first() -> None:
    digest = make_digest(sections=("Energy", "Border"))
    composed = compose_digest(make_facts(20, digest=digest), wording("en"))
    assert [section.name for section in composed.sections][:2] == ["Energy", "Border"]
    plain = compose_digest(make_facts(20), wording("en"))
    assert plain.sections[0].name == "Transport", "it holds the urgent ones"


def test_missed_runs_are_said() -> None:
    missed = make_facts(1, window=replace(WINDOW, runs=2))
    assert "takes the place of 2 digests" in write_digest(missed, TEMPLATES).text


def test_a_picture_is_inside_the_mail_and_small() -> None:
    facts = make_facts(12)
    photo = Thumbnail(
        content_type="image/jpeg", content=b"x" * 900, caption="A ferry", credit="Harbour"
    )
    large = replace(photo, content=b"x" * 9000)
    stories = tuple(replace(s, thumbnail=large if s.id == 0 else photo) for s in facts.stories)
    issue_facts = replace(facts, stories=stories)
    written = write_digest(issue_facts, TEMPLATES)
    assert len(written.pictures) == 8
    images = LexborHTMLParser(written.html).css("img")
    shown = {image.attributes["src"] for image in images}
    assert shown == {f"cid:{picture.cid}" for picture in written.pictures}
    assert all(image.attributes["alt"] == "A ferry" for image in images)
    message = message_of("k", contents(Issue(facts=issue_facts, written=written)), (), END)
    mail = build_mail(message, ("a@desk.test",), MAIL_SETTINGS)
    assert mail.content.count(b"Content-ID: <story-") == 8


def test_an_operator_may_write_their_own_page(tmp_path: Path) -> None:
    (tmp_path / "digest.html.j2").write_text("<h1>{{ digest.subject }}</h1>", encoding="utf-8")
    written = write_digest(make_facts(1), Templates(tmp_path))
    assert written.html.startswith("<html><head></head><body><h1>Caspian watch")


@pytest.mark.parametrize(
    "template",
    [
        "{{ nobody_knows }}",
        "{{ ''.__class__.__mro__ }}",
        "{{ f.__init__.__globals__ }}",
        "{% include '/etc/passwd' %}",
        "{% for %}",
    ],
)
def test_a_template_that_fails_or_breaks_out_is_refused(tmp_path: Path, template: str) -> None:
    (tmp_path / "digest.html.j2").write_text(template, encoding="utf-8")
    with pytest.raises(TemplateProblem, match=r"digest\.html\.j2"):
        write_digest(make_facts(1), Templates(tmp_path))


def test_bars_show_the_shape_of_numbers() -> None:
    assert bars((0, 1, 4, 8)) == "·▁▄█"
    assert bars((0, 0)) == "··"
    assert heights((0, 5, 10)) == [1, 12, 24]


@pytest.mark.parametrize("language", WRITTEN)
def test_a_broken_promise_and_a_wrong_clock_are_told_in_the_readers_language(
    language: str,
) -> None:
    seconds = [60.0] * 36 + [3600.0] * 4
    way = tuple(Passage(source_id="a", seconds=each, known_at=START) for each in seconds)
    hour = timedelta(hours=1)
    objectives = Objectives(seen=hour / 2, matched=hour / 2, delivered=hour / 2)
    late = keep_promise(Lags(seen=way, matched=way, delivered=way), objectives)
    clocks = [judge_clock([-7200.0] * 9), judge_clock([14400.0] * 9)]
    facts = replace(
        make_facts(1, digest=make_digest(language)),
        sources=(
            *(SourceFact(name="A", health=Health.LATE, kept=kept) for kept in late.broken),
            *(SourceFact(name="B", health=Health.CLOCK, clock=clock) for clock in clocks),
        ),
    )
    written, words = write_digest(facts, TEMPLATES), wording(language)
    half, two, four = (
        words.say(unit, n=n) for unit, n in (("minutes", 30), ("hours", 2), ("hours", 4))
    )
    for name, values in (
        ("src_late_seen", {"late": 4, "n": 40, "objective": half}),
        ("src_late_matched", {"late": 4, "n": 40, "objective": half}),
        ("src_late_delivered", {"late": 4, "n": 40, "objective": half}),
        ("src_clock_ahead", {"late": 9, "n": 9, "span": two}),
        ("src_clock_behind", {"n": 9, "span": four}),
    ):
        told = words.say(name, **values)
        assert told in written.html.replace("&#39;", "'"), name
        assert told.split()[-1] in written.text, name


@pytest.mark.parametrize("language", TONGUES)
@pytest.mark.parametrize("health", Health)
def test_every_condition_of_a_source_can_be_told(health: Health, language: str) -> None:
    facts = make_facts(1, language)
    facts = replace(facts, sources=(SourceFact(name="Harbour Courier", health=health),))
    words = wording(language)[f"h_{health}"]
    assert f"<b>1</b> {words}" in write_digest(facts, TEMPLATES).html


@pytest.mark.parametrize("language", TONGUES)
def test_a_rule_that_was_judged_has_its_precision_and_every_rule_an_address(
    language: str,
) -> None:
    written, words = write_digest(make_facts(3, language), TEMPLATES), wording(language)
    told = words.say("r_precision", n=21, useful=9, share="43%", low="24%", high="63%")
    for text in (written.text, written.html):
        assert " ".join(f"caspian-ports: {told}".split()) in " ".join(
            re.sub(r"</?b>", "", text).split()
        )
        assert text.count(LINK) == 3
    bare = write_digest(make_facts(3, language, judging=None, precisions=()), TEMPLATES)
    assert LINK not in bare.html + bare.text
