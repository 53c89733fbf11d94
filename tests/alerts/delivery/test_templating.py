"""An operator's template has its own look and nothing else: it cannot break out, nor in."""

from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from alerts.delivery.channels.outcome import Sent
from alerts.delivery.dispatcher import Dispatcher
from alerts.delivery.operators import Operators
from alerts.delivery.render import Voice, render
from alerts.delivery.templating import TemplateProblem, Templates
from alerts.notification import to_json
from storage.database import Database
from storage.outbox import OutboxEntry, enqueue
from tests.alerts.specimens import specimens
from tests.alerts.telling import Clock, FakeSender, make_live_channel
from tests.making import NOW

ESCAPES = (
    "{{ n.__class__.__mro__ }}",
    "{{ ''.__class__ }}",
    "{{ '' | attr('__class__') }}",
    "{{ '{0.__class__.__mro__}'.format(n) }}",
    "{{ w.say.__globals__ }}",
    "{{ w.say.__func__ }}",
    "{{ cycler.__init__.__globals__ }}",
    "{{ lipsum.__globals__ }}",
    "{{ self.__init__ }}",
    "{{ namespace.__init__ }}",
    "{{ n.kind.__class__ }}",
    "{{ w.words.update({'a': 1}) }}",
    "{{ w.words.clear() }}",
    "{% include '/etc/passwd' %}",
    "{% include '../../../../etc/passwd' %}",
    "{% import 'os' as os %}",
)
ACCIDENTS = (
    "{{ 1 / 0 }}",
    "{{ n.nothing }}",
    "{{ n.subject.nothing() }}",
    "{{ n | map(attribute='x') | list }}",
    "{% for x in n %}{% endfor %}",
    "{% include 'alert.html.j2' %}",
    "{{ range(10 ** 9) | list }}",
    "{{ 'x' * 10000000000 }}",
    "{{ 9 ** 9 }}",
    "{% for a in range(90000) %}{% for b in range(90000) %}xxxxxxxx{% endfor %}{% endfor %}",
    "{% if %}",
)


def with_own(folder: Path, template: str) -> Templates:
    (folder / "alert.html.j2").write_text(template, encoding="utf-8")
    return Templates(folder)


def fill(templates: Templates) -> str:
    voice = Voice(templates=templates, zone=ZoneInfo("UTC"))
    return render("k", specimens()["alert"], voice).html


@pytest.mark.parametrize("template", ESCAPES + ACCIDENTS)
def test_row_59_a_template_that_breaks_out_or_down_is_named(
    tmp_path: Path, template: str
) -> None:
    with pytest.raises(TemplateProblem, match=r"alert\.html\.j2"):
        fill(with_own(tmp_path, template))


@pytest.mark.parametrize(
    "style",
    ["} } p { x", "</style><script>alert(1)</script>", "@import url(https://x.example/);"],
)
def test_a_style_is_only_a_style(tmp_path: Path, style: str) -> None:
    (tmp_path / "style.css").write_text(style, encoding="utf-8")
    assert "<h1" in fill(Templates(tmp_path))


def test_a_template_that_is_no_text_is_named(tmp_path: Path) -> None:
    (tmp_path / "alert.html.j2").write_bytes("Straße".encode("latin-1"))
    with pytest.raises(TemplateProblem, match=r"alert\.html\.j2"):
        fill(Templates(tmp_path))


def test_row_59_an_own_template_has_the_words_and_is_escaped(tmp_path: Path) -> None:
    own = "{% extends 'frame.html.j2' %}{% block content %}{{ n.article.headline }} "
    page = fill(
        with_own(tmp_path, own + "{{ w['why'] }} {{ 3 * 4 }} {{ '<b>' }}{% endblock %}")
    )
    assert "Ministers discuss" in page
    assert "Why it matched 12 &lt;b&gt;" in page


@pytest.mark.parametrize("template", ["{{ 1 / 0 }}", "{{ ''.__class__ }}"])
async def test_no_alert_waits_for_a_template_to_be_mended(
    tmp_path: Path, template: str
) -> None:
    sender = FakeSender(Sent())
    channel = make_live_channel("duty", sender)
    voice = Voice(templates=with_own(tmp_path, template), zone=ZoneInfo("UTC"))
    channel = replace(channel, voice=voice)
    async with await Database.open(tmp_path / "presswatch.db", now=NOW) as database:
        entry = OutboxEntry(
            key="corridor/42/duty",
            channel="duty",
            kind="alert",
            payload=to_json(specimens()["alert"]),
            due_at=NOW,
            urgency=0,
        )
        await database.write(lambda tx: enqueue(tx, [entry], NOW))
        house = Dispatcher(
            database=database,
            channels={"duty": channel},
            operators=Operators(channels=()),
            clock=Clock(NOW),
        )
        assert (await house.step()).sent == 1
    assert "Ministers discuss" in sender.sent[0].html
