"""One event, one alert: who is told what, and what only updates a thread."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alerts.notification import ChangeNote, NotificationKind, from_json, to_json
from alerts.routing.event import AlertHistory, EventKind, StoryEvent
from alerts.routing.facts import Fact, Facts
from alerts.routing.report import IMMATERIAL
from alerts.routing.routing import Routed, route
from config.channel import Channel, QuietHours
from config.rule import EDIT_KINDS, Alerting, Per, Severity, Threshold
from config.settings import AlertSettings
from storage.change_kinds import ChangeKind
from tests.alerts.telling import (
    make_channel,
    make_event,
    make_history,
    make_match,
    make_note,
    make_notification,
    make_rule,
    make_told,
)
from tests.making import NOW

SETTINGS = AlertSettings()
HOUR = timedelta(hours=1)
SPREAD = ("Newsroom", "Trend", "APA")
EDIT = (ChangeNote(kind="number", before="12 killed", after="17 killed"),)


def go(
    event: StoryEvent,
    *channels: Channel,
    history: AlertHistory | None = None,
    now: datetime = NOW,
) -> Routed:
    return route(
        event, channels or (make_channel(),), history or make_history(), now, settings=SETTINGS
    )


def kinds(routed: Routed) -> list[str]:
    return [entry.kind for entry in routed.entries]


def figures(*stated: str) -> Facts:
    facts = (Fact(key=each, shown=each, sentence=f"{each} hurt.") for each in stated)
    return Facts(stated=frozenset(stated), leading=tuple(facts))


def reasons(routed: Routed) -> tuple[str, ...]:
    return from_json(routed.entries[0].payload).reasons


def silences(routed: Routed) -> list[str]:
    return [
        f"{each.channel}: {each.silence}" if each.channel else each.silence
        for each in routed.tellings
        if not each.key
    ]


def test_a_new_story_alerts_once_per_channel_under_its_own_key() -> None:
    routed = go(make_event(), make_channel("duty"), make_channel("ops"))
    assert [entry.key for entry in routed.entries] == ["corridor/42/duty", "corridor/42/ops"]
    assert reasons(routed) == ("new story",)


def test_several_rules_on_one_story_are_one_message_that_names_them() -> None:
    loud = make_rule("border", Severity.URGENT)
    routed = go(make_event(make_match(), make_match(loud)))
    (entry,) = routed.entries
    told = from_json(entry.payload)
    assert [rule.id for rule in told.rules] == ["corridor", "border"]
    assert told.subject.startswith("[URGENT] Border +1: Ministers")
    assert entry.urgency == 0


@pytest.mark.parametrize(
    ("rule", "told_on"),
    [
        pytest.param({}, ["mail"], id="a rule that names none goes to the default ones"),
        pytest.param(
            {"alert": Alerting(channels=("chat",))}, ["chat"], id="a rule names its channels"
        ),
        pytest.param(
            {"severity": Severity.NORMAL}, [], id="a channel takes only its severities"
        ),
        pytest.param({"severity": Severity.DIGEST}, [], id="digest rules never alert"),
        pytest.param({"mute_until": date(2026, 11, 25)}, [], id="muted"),
        pytest.param({"mute_until": date(2026, 11, 24)}, ["mail"], id="the mute has ended"),
        pytest.param({"expires": date(2026, 11, 24)}, [], id="expired"),
        pytest.param({"expires": date(2026, 11, 25)}, ["mail"], id="expires tomorrow"),
        pytest.param({"events": ("material_edit",)}, [], id="only edits are wanted"),
    ],
)
def test_a_rule_reaches_its_channels(rule: dict[str, Any], told_on: list[str]) -> None:
    loud = (Severity.URGENT, Severity.HIGH)
    mail = make_channel("mail", severities=loud)
    chat = make_channel("chat", default=False, severities=loud)
    routed = go(make_event(make_match(make_rule("r", **rule))), mail, chat)
    assert [entry.channel for entry in routed.entries] == told_on


def test_what_is_not_told_has_a_reason() -> None:
    muted = make_rule(mute_until=date(2026, 12, 1))
    routed = go(make_event(make_match(muted)))
    assert silences(routed) == ["the rule is muted (mute_until: 2026-12-01)"]


@pytest.mark.parametrize(
    ("rule", "why"),
    [
        pytest.param(
            {"severity": Severity.DIGEST},
            "its severity is digest: it alerts nobody",
            id="only in the digest",
        ),
        pytest.param(
            {"expires": date(2026, 11, 24)},
            "the rule has expired (expires: 2026-11-24)",
            id="expired",
        ),
        pytest.param(
            {"severity": Severity.NORMAL},
            "no channel (that is a default) takes alerts of severity normal",
            id="no channel is so quiet",
        ),
        pytest.param(
            {"alert": Alerting(channels=("pager",))},
            "no channel (pager) takes alerts of severity high",
            id="its channel is gone",
        ),
        pytest.param(
            {"events": ("edit",)},
            "duty: the rule asks for edits only (events:)",
            id="a new story, and it asks for edits",
        ),
        pytest.param(
            {"threshold": Threshold(count=3, within=2 * HOUR)},
            "0 stories within 2 h: its threshold is 3",
            id="too few so far",
        ),
    ],
)
def test_why_a_match_was_not_told(rule: dict[str, Any], why: str) -> None:
    channel = make_channel(severities=(Severity.URGENT, Severity.HIGH))
    routed = go(make_event(make_match(make_rule("r", **rule))), channel)
    assert silences(routed) == [why]


def test_of_two_rules_the_one_that_stays_silent_has_its_own_reason() -> None:
    loud, edits = (
        make_match(make_rule("loud")),
        make_match(make_rule("edits", events=("edit",))),
    )
    routed = go(make_event(loud, edits))
    told = {each.rule_id: each for each in routed.tellings}
    assert told["loud"].key == routed.entries[0].key
    assert told["edits"].silence == "the rule asks for edits only (events:)"


@given(
    events=st.sets(st.sampled_from(["new", "copy", "edit", "material_edit"]), min_size=1),
    kind=st.sampled_from(list(EventKind)),
    per=st.sampled_from(list(Per)),
    was_told=st.booleans(),
    updates=st.booleans(),
    severity=st.sampled_from(list(Severity)),
    material=st.booleans(),
)
def test_every_match_is_told_or_has_a_reason(
    events: set[str],
    kind: EventKind,
    per: Per,
    severity: Severity,
    *,
    was_told: bool,
    updates: bool,
    material: bool,
) -> None:
    rule = make_rule("r", severity, events=tuple(events), alert=Alerting(per=per))
    history = make_history({"duty": make_told()} if was_told else {})
    event = make_event(make_match(rule), kind=kind, material=material, changes=EDIT)
    routed = go(event, make_channel(updates=updates), history=history)
    (telling,) = routed.tellings
    assert bool(telling.key) is not bool(telling.silence)
    # The story's thread may go on without this rule: then it names no message of its own.
    assert telling.key in {"", *(entry.key for entry in routed.entries)}


def test_a_later_copy_updates_the_same_thread() -> None:
    history = make_history({"duty": make_told()})
    event = make_event(kind=EventKind.COPY, outlets=SPREAD, languages=("en", "ru"))
    routed = go(event, history=history)
    (entry,) = routed.entries
    told = from_json(entry.payload)
    assert told.kind is NotificationKind.UPDATE
    assert told.reasons == ("now 3 outlets, 2 languages",)
    assert told.thread == "story.42"
    assert told.subject == "Re: [HIGH] Corridor: Ministers discuss the Zangazur corridor"
    assert entry.key == "corridor/42/duty/update-1"


def test_a_copy_that_matches_nothing_still_updates_its_story() -> None:
    history = make_history({"duty": make_told()})
    event = replace(make_event(kind=EventKind.COPY, outlets=SPREAD), matches=())
    assert kinds(go(event, history=history)) == ["update"]
    assert kinds(go(event)) == [], "but begins nothing"


def test_copies_wait_for_more_of_their_kind() -> None:
    told = make_told(last=NOW - timedelta(minutes=5))
    event = make_event(kind=EventKind.COPY, outlets=SPREAD)
    routed = go(event, history=make_history({"duty": told}))
    assert routed.entries[0].due_at == NOW + timedelta(minutes=25)
    assert routed.entries[0].replaces


def test_an_update_that_waits_takes_in_the_next_one() -> None:
    waiting = make_notification(
        kind=NotificationKind.UPDATE,
        reasons=("new figures: 17", "now 2 outlets"),
        changes=EDIT,
    )
    told = make_told(updates=1, waiting_key="corridor/42/duty/update-1", waiting=waiting)
    event = make_event(kind=EventKind.COPY, outlets=SPREAD)
    (entry,) = go(event, history=make_history({"duty": told})).entries
    assert entry.key == "corridor/42/duty/update-1"
    joined = from_json(entry.payload)
    assert joined.reasons == ("new figures: 17", "now 3 outlets")
    assert joined.changes == EDIT


def test_what_a_waiting_update_says_is_not_said_twice() -> None:
    waiting = make_notification(kind=NotificationKind.UPDATE, reasons=("new figures: 17",))
    told = make_told(
        updates=1, last=NOW, waiting_key="corridor/42/duty/update-1", waiting=waiting,
        waiting_facts=frozenset({"17"}),
    )  # fmt: skip
    routed = go(make_event(facts=figures("17", "5")), history=make_history({"duty": told}))
    assert reasons(routed) == ("new figures: 17", "new figures: 5")
    assert from_json(routed.entries[0].payload).stated == ("5 hurt.",)
    assert routed.told[0].facts == ("17", "5")


def test_a_channel_may_take_no_updates() -> None:
    event = make_event(kind=EventKind.COPY, outlets=SPREAD)
    routed = go(event, make_channel(updates=False), history=make_history({"duty": make_told()}))
    assert silences(routed) == [
        "duty: the story was told 2026-11-24 06:00Z; "
        "the channel takes no updates (updates: false)"
    ]


def test_the_same_again_is_told_nobody() -> None:
    history = make_history({"duty": make_told(outlets=3)})
    routed = go(make_event(kind=EventKind.COPY, outlets=SPREAD), history=history)
    (why,) = silences(routed)
    assert why.endswith("this article adds no figures, names, edits or outlets to it")


def test_a_higher_severity_alerts_anew_at_once() -> None:
    history = make_history({"duty": make_told()})
    event = make_event(make_match(make_rule("border", Severity.URGENT)))
    routed = go(event, history=history)
    assert kinds(routed) == ["alert"]
    assert reasons(routed) == ("raised from high to urgent",)
    assert routed.entries[0].key == "border/42/duty/2"


@pytest.mark.parametrize(
    ("ago", "kind"),
    [
        pytest.param(7 * HOUR, "alert", id="after the cooldown: a new alert"),
        pytest.param(1 * HOUR, "update", id="within it: the thread is updated at once"),
    ],
)
def test_new_facts_are_told(ago: timedelta, kind: str) -> None:
    told = make_told(last_alert=NOW - ago, last=NOW, facts=frozenset({"12"}))
    event = make_event(facts=figures("12", "17"), outlets=SPREAD[:2])
    routed = go(event, history=make_history({"duty": told}))
    assert kinds(routed) == [kind]
    assert reasons(routed)[0] == "new figures: 17"
    assert from_json(routed.entries[0].payload).stated == ("17 hurt.",)
    assert routed.entries[0].due_at == NOW


def test_a_verbatim_copy_has_no_new_facts() -> None:
    told = make_told(last_alert=NOW - 9 * HOUR)
    event = make_event(kind=EventKind.COPY, facts=figures("17"), outlets=SPREAD)
    assert kinds(go(event, history=make_history({"duty": told}))) == ["update"]


@pytest.mark.parametrize(
    ("events", "material", "kind"),
    [
        pytest.param(("new", "material_edit"), True, ["alert"], id="a material edit"),
        pytest.param(("new", "material_edit"), False, [], id="a comma is no news"),
        pytest.param(("new",), True, ["update"], id="edits not wanted as alerts"),
        pytest.param(("new", "number"), True, ["alert"], id="a figure, as the rule asks"),
        pytest.param(("new", "name"), True, ["update"], id="a name is asked for, not a figure"),
        pytest.param(("silent_edit",), True, ["alert"], id="the page keeps it to itself"),
    ],
)
def test_an_edit_of_a_told_story(
    events: tuple[str, ...], material: bool, kind: list[str]
) -> None:
    told = make_told(last_alert=NOW - 9 * HOUR, last=NOW - 9 * HOUR)
    event = make_event(
        make_match(make_rule(events=events)),
        kind=EventKind.REVISION,
        changes=EDIT,
        material=material,
        silent_edit=True,
    )
    routed = go(event, history=make_history({"duty": told}))
    assert kinds(routed) == kind
    if kind:
        said = "changed after publication (number, page stamp not updated)"
        assert reasons(routed) == (said,)


def test_a_kind_of_edit_that_nobody_asked_for_is_named() -> None:
    event = make_event(
        make_match(make_rule(events=("name",))),
        kind=EventKind.REVISION,
        changes=EDIT,
        silent_edit=False,
    )
    assert silences(go(event)) == [
        "duty: it was an edit (number), and the rule does not ask for such (events:)"
    ]


def test_what_a_rule_may_ask_for_are_the_kinds_of_material_edits() -> None:
    assert {*EDIT_KINDS} == {kind.value for kind in ChangeKind} - IMMATERIAL


def test_an_edit_that_takes_the_matching_words_away_is_told() -> None:
    event = make_event(kind=EventKind.REVISION, changes=EDIT, ceased=("corridor",))
    event = replace(event, matches=())
    routed = go(event, history=make_history({"duty": make_told()}))
    assert "no longer matches corridor" in reasons(routed)


def test_per_article_rules_alert_for_each_article_but_not_for_copies() -> None:
    rule = make_rule(alert=Alerting(per=Per.ARTICLE))
    history = make_history({"duty": make_told()})
    assert kinds(go(make_event(make_match(rule)), history=history)) == ["alert"]
    copy = make_event(make_match(rule), kind=EventKind.COPY, outlets=SPREAD)
    assert kinds(go(copy, history=history)) == ["update"]


def test_per_source_rules_wait_out_their_cooldown() -> None:
    match = make_match(make_rule(alert=Alerting(per=Per.SOURCE, cooldown=6 * HOUR)))
    told = {("corridor", "duty"): NOW - 5 * HOUR}
    routed = go(make_event(match), history=make_history(from_source=told))
    assert silences(routed) == [
        "duty: its cooldown: it alerted 2026-11-24 02:00Z, "
        "so not again before 2026-11-24 08:00Z"
    ]
    told = {("corridor", "duty"): NOW - 6 * HOUR}
    assert kinds(go(make_event(match), history=make_history(from_source=told))) == ["alert"]


class TestThreshold:
    rule = make_rule("spike", threshold=Threshold(count=6, within=3 * HOUR))

    @pytest.mark.parametrize(("count", "kind"), [(5, []), (6, ["alert"]), (9, ["alert"])])
    def test_it_fires_when_so_many_have_matched(self, count: int, kind: list[str]) -> None:
        event = make_event(make_match(self.rule, count=count))
        assert kinds(go(event, history=make_history(counts={"spike": count}))) == kind

    def test_it_says_how_many(self) -> None:
        event = make_event(make_match(self.rule, count=6))
        assert reasons(go(event, history=make_history(counts={"spike": 6}))) == (
            "6 within 3 h",
        )

    def test_a_wave_alerts_once_per_cooldown(self) -> None:
        event = make_event(make_match(self.rule, count=7), story=43)
        history = make_history(counts={"spike": 7}, of_rule={("spike", "duty"): NOW - HOUR})
        (why,) = silences(go(event, history=history))
        assert why.startswith("duty: its cooldown: ")


class TestQuietHours:
    quiet = QuietHours(start=time(22), end=time(7), timezone="Asia/Baku")  # UTC+4
    channel = make_channel(quiet=quiet)
    night = datetime(2026, 11, 23, 23, 0, tzinfo=UTC)  # 03:00 in Baku

    def test_they_hold_until_they_end(self) -> None:
        (entry,) = go(make_event(), self.channel, now=self.night).entries
        assert (entry.hold, entry.due_at) == ("quiet", datetime(2026, 11, 24, 3, tzinfo=UTC))

    def test_urgent_alerts_pass_through_them(self) -> None:
        event = make_event(make_match(make_rule(severity=Severity.URGENT)))
        (entry,) = go(event, self.channel, now=self.night).entries
        assert (entry.hold, entry.due_at) == (None, self.night)

    @pytest.mark.parametrize(
        ("hour", "holds"),
        [(17, False), (18, True), (21, True), (2, True), (3, False)],
    )
    def test_they_have_a_beginning_and_an_end(self, hour: int, holds: bool) -> None:
        now = datetime(2026, 11, 24, hour, tzinfo=UTC)
        (entry,) = go(make_event(), self.channel, now=now).entries
        assert (entry.hold is not None) is holds


class TestStorm:
    def history(self, count: int) -> AlertHistory:
        times = tuple(NOW - timedelta(seconds=100 - n) for n in range(count))
        return make_history(recent={("corridor", "duty"): times})

    def test_the_first_twenty_of_a_rule_pass(self) -> None:
        assert go(make_event(), history=self.history(19)).entries[0].hold is None

    def test_the_next_waits_for_the_summary(self) -> None:
        routed = go(make_event(), history=self.history(20))
        (entry,) = routed.entries
        assert entry.hold == "storm/corridor"
        assert entry.due_at == NOW - timedelta(seconds=100) + timedelta(minutes=5)
        assert routed.told[0].held

    def test_a_rule_that_is_no_part_of_it_takes_the_message_along(self) -> None:
        event = make_event(make_match(), make_match(make_rule("border")))
        assert go(event, history=self.history(30)).entries[0].hold is None

    def test_urgent_does_not_pass_a_storm(self) -> None:
        event = make_event(make_match(make_rule(severity=Severity.URGENT)))
        assert go(event, history=self.history(20)).entries[0].hold == "storm/corridor"


def test_an_urgent_alert_knows_when_it_is_late() -> None:
    rule = make_rule(alert=Alerting(escalate_after=timedelta(minutes=20)))
    (entry,) = go(make_event(make_match(rule))).entries
    assert entry.escalate_at == NOW + timedelta(minutes=20)
    (entry,) = go(make_event(make_match(make_rule(severity=Severity.URGENT)))).entries
    assert entry.escalate_at == NOW + timedelta(minutes=30), "unless its rule says else"
    (entry,) = go(make_event()).entries
    assert entry.escalate_at is None


def test_a_headline_cannot_break_out_of_the_subject() -> None:
    evil = make_note(headline="Peace\r\nBcc: all@desk.test =?utf-8?q?Hi=0D=0ABcc:_x?= talks")
    (entry,) = go(make_event(article=evil)).entries
    subject = from_json(entry.payload).subject
    assert "\n" not in subject
    assert "=?" not in subject


def test_a_notification_survives_the_outbox() -> None:
    for notification in (
        make_notification(),
        make_notification(changes=EDIT, counts=(("a", 3),)),
    ):
        assert from_json(to_json(notification)) == notification
