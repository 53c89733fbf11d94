"""The folder loads as one frozen value, or every mistake in it is shown at its place."""

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, time, timedelta
from pathlib import Path

import pytest

from config.channel import ChannelKind
from config.errors import ConfigError, Mistake
from config.load import fingerprint, load_config, read_draft
from config.rule import DigestPlace, Per, Severity
from config.source import Selector
from tests.making import EXAMPLE, make_config_folder


def mistakes(folder: Path, **environ: str) -> tuple[Mistake, ...]:
    with pytest.raises(ConfigError) as caught:
        load_config(folder, environ)
    return caught.value.mistakes


def test_a_whole_folder_loads_with_no_secret_set() -> None:
    config = load_config(EXAMPLE, {})
    assert len(config.rules) == 15
    assert len(config.sources) >= 20
    assert not config.warnings
    assert config.settings.mail.host is None


def test_a_rule_has_what_its_analyst_wrote_and_the_defaults_of_its_file(tmp_path: Path) -> None:
    folder = make_config_folder(
        tmp_path,
        settings="timezone: Asia/Baku",
        rules="""\
            defaults: {owner: leyla, severity: high, cooldown: 2h, digest: false}
            terms:
              zangezur: [Zangezur, Zəngəzur*]
            rules:
              - id: corridor
                match: '@zangezur NEAR/6 corridor'
                not: 'section:sport*'
                where: {langs: [en, az], sources: newsroom.example, min_words: 80, max_age: 48h}
                score: {threshold: 30, weights: {'@zangezur': 10, football: -40}}
                threshold: {count: 6, within: 3h, by: source}
                alert: {channels: duty-mail, per: article, escalate_after: 20m}
                digest: {section: Transport, max: 3}
                mute_until: 2026-12-01
                tests:
                  - {match: "The Zangezur corridor"}
                  - {no_match: Zangezur, field: headline}
            """,
    )
    (rule,) = load_config(folder, {}).rules
    assert rule.name == "Corridor"
    assert (rule.owner, rule.severity, rule.timezone) == ("leyla", Severity.HIGH, "Asia/Baku")
    assert rule.exclude is not None
    assert rule.exclude.value == "section:sport*"
    assert rule.where.max_age == timedelta(hours=48)
    assert rule.score is not None
    assert [(text.value, weight) for text, weight in rule.score.weights] == [
        ("@zangezur", 10),
        ("football", -40),
    ]
    assert rule.threshold is not None
    assert rule.threshold.by is Per.SOURCE
    assert (rule.alert.channels, rule.alert.cooldown) == (("duty-mail",), timedelta(hours=2))
    assert rule.digest == DigestPlace(section="Transport", max=3)
    assert rule.mute_until == date(2026, 12, 1)
    assert [(test.fires, test.field) for test in rule.tests] == [
        (True, "body"),
        (False, "headline"),
    ]


def test_a_source_a_channel_and_a_digest_are_as_written(tmp_path: Path) -> None:
    folder = make_config_folder(
        tmp_path,
        settings="timezone: Asia/Baku\nmail: {user: us, password: env:MAIL}",
        sources="""\
            sources:
              - id: report
                url: https://report.az/
                name: Report
                feeds: https://report.az/rss
                every: 10m
                enabled: no
                selectors:
                  headline: h1.title
                  body: {css: .text, remove: [.related], valid_until: 2027-01-01}
            """,
        channels="""\
            channels:
              - {id: duty-mail, kind: email, to: Desk <desk@example.org>}
              - {id: hook, kind: webhook, url: "https://desk.example/", secrets: [env:KEY]}
              - id: chat
                kind: slack
                url: env:SLACK
                quiet: {start: "22:00", end: "07:00", timezone: UTC}
            """,
        digests="digests: {id: daily, name: Watch, to: a@example.org, at: 6:30, days: Mon}",
    )
    config = load_config(folder, {"MAIL": "m", "KEY": "k", "SLACK": "https://s.example/x"})
    (source,) = config.sources
    assert (source.feeds, source.every) == (("https://report.az/rss",), timedelta(minutes=10))
    assert not source.enabled
    assert source.selectors["headline"] == Selector(css="h1.title")
    assert source.selectors["body"].remove == (".related",)
    assert config.channels[1].secrets[0].value == "k"
    assert config.channels[2].kind is ChannelKind.SLACK
    assert config.channels[2].quiet is not None
    (digest,) = config.digests
    assert (digest.at, digest.days, digest.timezone) == (time(6, 30), ("mon",), "Asia/Baku")


@pytest.mark.parametrize(
    ("files", "place", "message", "hint"),
    [
        pytest.param(
            {"rules": "rules:\n  - id: a\n    match: b\n    severty: high\n"},
            "rules/all.yaml:4:5",
            "E004 unknown key 'severty'",
            "did you mean severity?",
            id="a mistyped key",
        ),
        pytest.param(
            {"rules": "rules:\n  - id: a\n    match: b\n    channels: [duty-mail]\n"},
            "rules/all.yaml:4:5",
            "E004 unknown key 'channels'",
            "alert: {channels: [duty-mail]",
            id="a key that stands elsewhere",
        ),
        pytest.param(
            {"rules": "rules:\n  - id: a\n    match: b\n    where:\n      langs: en, az\n"},
            "rules/all.yaml:5:14",
            "'langs' must be a list in brackets",
            "write [en, az]",
            id="several with a comma and no brackets",
        ),
        pytest.param(
            {"rules": "rules:\n  - {id: a, match: b}\n  - {id: a, match: c}\n"},
            "rules/all.yaml:3:10",
            "E003 the id 'a' is used twice",
            "rules/all.yaml:2",
            id="an id twice",
        ),
        pytest.param(
            {"settings": "poll: {every: quarterly}\n"},
            "settings.yaml:1:15",
            "E005 'every' is no duration: 'quarterly'",
            "15m, 6h, 30d",
            id="a bad duration",
        ),
        pytest.param(
            {"settings": "timezone: Asia/Bakku\n"},
            "settings.yaml:1:11",
            "E006 'timezone' is no IANA time zone",
            "Asia/Baku",
            id="a bad zone",
        ),
        pytest.param(
            {"rules": "rules:\n  - id: a\n    match: port OR #4\n"},
            "rules/all.yaml:3:20",
            "E007 'match' is cut off at ' #'",
            "match: 'port OR #4'",
            id="a hash cuts the query off",
        ),
        pytest.param(
            {
                "channels": "channels:\n  - {id: c, kind: maildir, quiet: {start: '22:00', "
                "end: '22:00', timezone: UTC}}\n"
            },
            "channels.yaml:2:57",
            "E008 quiet hours start and end at the same time",
            "different times",
            id="quiet hours that are none or all",
        ),
        pytest.param(
            {"rules": "rules:\n  - {id: a, match: b, alert: {channels: [duty-mial]}}\n"},
            "rules/all.yaml:2:42",
            "E131 there is no channel 'duty-mial'",
            "did you mean duty-mail?",
            id="an unknown channel",
        ),
        pytest.param(
            {"rules": "defaults: {channels: [nobody]}\nrules:\n  - {id: a, match: b}\n"},
            "rules/all.yaml:1:23",
            "E131 there is no channel 'nobody'",
            "",
            id="an unknown channel by default",
        ),
        pytest.param(
            {"rules": "rules:\n  - {id: a, match: b, where: {sources: [newsroom, abroad]}}\n"},
            "rules/all.yaml:2:51",
            "E131 there is no source 'abroad'",
            "",
            id="an unknown source",
        ),
        pytest.param(
            {
                "rules": "rules:\n  - {id: a, match: b, digest: {section: Transprot}}\n",
                "digests": "digests: {id: d, name: D, to: a@b.example, sections: Transport}\n",
            },
            "rules/all.yaml:2:41",
            "E131 there is no section 'Transprot'",
            "did you mean Transport?",
            id="an unknown section",
        ),
        pytest.param(
            {"settings": "alerts: {operator: nobody}\n"},
            "settings.yaml:1:20",
            "E131 there is no channel 'nobody'",
            "there are duty-mail",
            id="an operator who cannot be told",
        ),
        pytest.param(
            {"settings": "retention: {by_source: {elsewhere: 30d}}\n"},
            "settings.yaml:1:25",
            "E131 there is no source 'elsewhere'",
            "",
            id="retention of an unknown source",
        ),
        pytest.param(
            {"rules": "rules:\n  - {id: a}\n"},
            "rules/all.yaml:2:5",
            "this needs 'match' or 'score'",
            "match:",
            id="a rule without words",
        ),
        pytest.param(
            {"rules": "rules:\n  - {match: b}\n"},
            "rules/all.yaml:2:6",
            "'id' is missing",
            "",
            id="a rule without an id",
        ),
        pytest.param(
            {"rules": "rules:\n  - {id: a, match: [b]}\n"},
            "rules/all.yaml:2:20",
            "'match' must be one value",
            "",
            id="a list for a query",
        ),
        pytest.param(
            {"rules": "rules:\n  - {id: a, match: b, severity: urgnt}\n"},
            "rules/all.yaml:2:33",
            "'severity' must be one of urgent, high",
            "did you mean urgent?",
            id="an unknown severity",
        ),
        pytest.param(
            {"rules": "rules:\n  - {id: a, match: b, digest: {max: many}}\n"},
            "rules/all.yaml:2:37",
            "'max' must be a whole number",
            "",
            id="a word for a number",
        ),
        pytest.param(
            {"rules": "rules:\n  - {id: a, match: b, tests: [{match: c, no_match: d}]}\n"},
            "rules/all.yaml:2:31",
            "this must have either",
            "",
            id="a test that wants both",
        ),
        pytest.param(
            {"rules": "rules: none\n"},
            "rules/all.yaml:1:8",
            "'rules' must hold keys and values",
            "",
            id="a word for a list",
        ),
        pytest.param(
            {"sources": "sources:\n  - {id: a, url: report.az, name: R}\n"},
            "sources/all.yaml:2:18",
            "'url' is no URL",
            "https://report.az",
            id="a source that is no URL",
        ),
        pytest.param(
            {
                "sources": "sources:\n  - {id: a, url: 'https://a.example', name: R, "
                "selectors: {hedline: h1}}\n"
            },
            "sources/all.yaml:2:60",
            "'hedline' must be one of newsroom",
            "did you mean headline?",
            id="a selector for no field",
        ),
        pytest.param(
            {
                "channels": "channels:\n  - {id: c, kind: slack, url: 'https://hooks.example/T0'}\n"
            },
            "channels.yaml:2:31",
            "the address of a slack channel is its key",
            "env:NAME",
            id="a chat's address in the file",
        ),
        pytest.param(
            {"channels": "channels:\n  - {id: c, kind: email}\n"},
            "channels.yaml:2:10",
            "an e-mail channel needs 'to'",
            "",
            id="a mail to nobody",
        ),
        pytest.param(
            {"settings": "mail: {user: us, password: hunter2}\n"},
            "settings.yaml:1:28",
            "'password' holds a secret in plain text",
            "env:NAME",
            id="a secret in the file",
        ),
        pytest.param(
            {"settings": "mail: {user: us, password: env:NOT_SET}\n"},
            "settings.yaml:1:28",
            "'password' refers to the environment variable NOT_SET",
            "NOT_SET=",
            id="a secret that is not set",
        ),
        pytest.param(
            {"settings": "mail: {user: us, password: file:/nowhere/at-all}\n"},
            "settings.yaml:1:28",
            "'password' refers to the file /nowhere/at-all, which cannot be read",
            "",
            id="a secret file that is missing",
        ),
        pytest.param(
            {"settings": "mail: {user: us}\n"},
            "settings.yaml:1:7",
            "'user' and 'password' belong together",
            "",
            id="a user without a password",
        ),
        pytest.param(
            {"settings": "status: 9090\n"},
            "settings.yaml:1:9",
            "'status' must hold keys and values",
            "status: {port: 8080}",
            id="a value where keys are wanted",
        ),
        pytest.param(
            {"settings": "status: {host: 0.0.0.0}\n"},
            "settings.yaml:1:16",
            "the status page would answer strangers",
            "token",
            id="a status page for everybody",
        ),
        pytest.param(
            {"settings": "status: {port: 70000}\n"},
            "settings.yaml:1:16",
            "'port' must be less than or equal to 65535",
            "",
            id="a port that cannot be",
        ),
        pytest.param(
            {"rules": "terms:\n  a: []\nrules: []\n"},
            "rules/all.yaml:2:6",
            "'a' must not be empty",
            "",
            id="an empty term list",
        ),
    ],
)
def test_a_mistake_is_shown_at_its_place(
    tmp_path: Path, files: dict[str, str], place: str, message: str, hint: str
) -> None:
    (mistake,) = mistakes(make_config_folder(tmp_path, **files))
    assert f"{mistake.path}:{mistake.line}:{mistake.column}" == str(tmp_path / place)
    assert mistake.message.startswith(message)
    assert hint in mistake.hint
    assert mistake.source_line


def test_the_mistakes_of_all_files_are_shown_at_once(tmp_path: Path) -> None:
    folder = make_config_folder(
        tmp_path,
        settings="timezone: Nowhere\nstatus: {prot: 1}\n",
        rules="rules:\n  - {id: A, match: b}\n  - {id: b, match: c, severity: loud}\n",
        sources="sources:\n\t- x\n",
    )
    assert [Path(mistake.path).name for mistake in mistakes(folder)] == [
        "settings.yaml",
        "settings.yaml",
        "all.yaml",
        "all.yaml",
        "all.yaml",
    ]


def test_of_a_rules_file_with_mistakes_the_sound_queries_are_still_there_to_be_checked(
    tmp_path: Path,
) -> None:
    folder = make_config_folder(
        tmp_path,
        rules="""\
            timezone: Nowhere
            terms: {ports: [Alat, Poti], bad: {x: y}}
            rules:
              - {id: a, match: port strike, severty: high}
              - id: b
                match: port # strike
                not: chess
              - id: c
                score: {threshold: 3, weights: {'a b': 2}}
                cooldown: soon
            """,
    )
    draft = read_draft(folder, {})
    assert draft.config is None
    assert [rule.id for rule in draft.rules] == ["c"]  # a stands on a line with a mistake
    assert [terms.name for terms in draft.terms] == []
    assert not draft.all_lists


def test_a_broken_file_does_not_make_the_others_complain(tmp_path: Path) -> None:
    folder = make_config_folder(
        tmp_path,
        channels="channels: [\n",
        rules="rules:\n  - {id: a, match: b, alert: {channels: [duty-mail]}}\n",
    )
    assert [Path(mistake.path).name for mistake in mistakes(folder)] == ["channels.yaml"]


def test_the_same_term_list_in_two_files_is_refused(tmp_path: Path) -> None:
    folder = make_config_folder(tmp_path, rules="terms: {iran: [Iran*]}\n")
    (folder / "rules" / "more.yaml").write_text("terms:\n  iran: [Tehran]\n")
    (mistake,) = mistakes(folder)
    assert mistake.message == "E003 the term list 'iran' is written twice"
    assert (mistake.line, mistake.column) == (2, 3)


@pytest.mark.parametrize(
    "name", ["settings.yaml", "channels.yaml", "digests.yaml", "rules/all.yaml"]
)
def test_a_file_that_is_missing_or_half_saved_is_never_taken_for_an_empty_one(
    tmp_path: Path, name: str
) -> None:
    folder = make_config_folder(tmp_path)
    (folder / name).write_bytes(b"")
    assert "is empty" in str(mistakes(folder)[0])
    (folder / name).unlink()
    assert "no such file" in str(mistakes(folder)[0])


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    (mistake,) = mistakes(tmp_path / "confg")
    assert str(tmp_path / "confg") in str(mistake)
    assert "--config" in mistake.hint


def test_bytes_that_are_not_utf_8_are_placed(tmp_path: Path) -> None:
    folder = make_config_folder(tmp_path)
    (folder / "settings.yaml").write_bytes(b"version: 1\ntimezone: \xc4\n")
    (mistake,) = mistakes(folder)
    assert (mistake.line, "UTF-8" in mistake.message) == (2, True)


def test_row_91_a_file_beyond_1_mib_is_refused(tmp_path: Path) -> None:
    folder = make_config_folder(tmp_path)
    (folder / "rules" / "all.yaml").write_bytes(b"# " + b"x" * 1024 * 1024)
    assert "larger than 1 MiB" in str(mistakes(folder)[0])


@pytest.mark.parametrize(
    ("make", "says"),
    [
        pytest.param(os.mkfifo, "is not a file", id="a pipe"),
        pytest.param(lambda path: path.symlink_to("/dev/zero"), "is not a file", id="zeros"),
        pytest.param(lambda path: path.symlink_to(path), "cannot be read", id="a circle"),
        pytest.param(Path.mkdir, "is not a file", id="a folder"),
    ],
)
def test_row_91_what_is_no_file_is_a_mistake_and_holds_up_nobody(
    tmp_path: Path, make: Callable[[Path], object], says: str
) -> None:
    folder = make_config_folder(tmp_path)
    make(folder / "rules" / "odd.yaml")
    assert says in str(mistakes(folder)[0])


def test_a_link_that_leads_nowhere_is_named(tmp_path: Path) -> None:
    folder = make_config_folder(tmp_path)
    (folder / "settings.yaml").unlink()
    (folder / "settings.yaml").symlink_to("settings.yaml")
    assert "cannot be read" in str(mistakes(folder)[0])


@pytest.fixture
def seen_by_all() -> Iterator[Path]:
    """Make a folder that a user without rights can reach, which pytest's own are not."""
    with tempfile.TemporaryDirectory() as made:
        Path(made).chmod(0o755)
        yield Path(made)


@contextmanager
def nobody() -> Iterator[None]:
    """Be a user without rights, also where root runs the tests: root reads every file."""
    before = os.geteuid()
    if before == 0:
        os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(before)


@pytest.mark.parametrize("closed", ["", "settings.yaml", "sources", "sources/more"])
def test_what_is_closed_to_us_is_named_and_takes_no_source_away(
    seen_by_all: Path, closed: str
) -> None:
    folder = make_config_folder(seen_by_all / "config")
    (folder / "sources" / "more").mkdir()
    load_config(folder, {})
    (folder / closed).chmod(0)
    with nobody(), pytest.raises(ConfigError) as caught:
        load_config(folder, {})
    named = str(caught.value)
    (folder / closed).chmod(0o755)
    assert f"{folder / closed}" in named
    assert "cannot be read: Permission denied" in named


def test_a_folder_where_a_file_should_be_is_named(tmp_path: Path) -> None:
    folder = make_config_folder(tmp_path)
    (folder / "settings.yaml").unlink()
    (folder / "settings.yaml").mkdir()
    assert "is not a file" in str(mistakes(folder)[0])


def test_editors_files_are_passed_over_and_strange_ones_named(tmp_path: Path) -> None:
    folder = make_config_folder(tmp_path)
    for name in (".all.yaml.swp", "all.yaml~", "#all.yaml#", ".#all.yaml"):
        (folder / "rules" / name).write_text("\t")
    (folder / "rules" / "notes.txt").write_text("to do")
    (warning,) = load_config(folder, {}).warnings
    assert warning.path.endswith("notes.txt")
    assert warning.warning


def test_the_fingerprint_follows_the_bytes_and_only_them(tmp_path: Path) -> None:
    folder = make_config_folder(tmp_path)
    config = load_config(folder, {})
    assert fingerprint(folder) == config.fingerprint
    os.utime(folder / "settings.yaml", (0, 0))
    assert fingerprint(folder) == config.fingerprint
    (folder / "settings.yaml").write_text("version: 1\n\n")
    changed = load_config(folder, {})
    assert changed.fingerprint != config.fingerprint
    assert changed.rules_fingerprint == config.rules_fingerprint
    (folder / "rules" / "all.yaml").rename(folder / "rules" / "other.yaml")
    assert load_config(folder, {}).rules_fingerprint != config.rules_fingerprint


def test_row_66_a_secret_never_shows_itself(tmp_path: Path) -> None:
    secret = tmp_path / "smtp"
    secret.write_text("hunter2\n")
    folder = make_config_folder(
        tmp_path / "config", settings=f"mail: {{user: us, password: 'file:{secret}'}}\n"
    )
    config = load_config(folder, {})
    assert config.settings.mail.password is not None
    assert config.settings.mail.password.value == "hunter2"
    assert "hunter2" not in f"{config!r} {config.settings.mail.password}"


def test_row_66_a_literal_secret_is_not_repeated_in_the_complaint(
    tmp_path: Path,
) -> None:
    folder = make_config_folder(tmp_path, settings="mail: {user: us, password: hunter2}\n")
    (mistake,) = mistakes(folder)
    assert "hunter2" not in str(mistake)


@pytest.mark.parametrize("name", ["channels", "digests"])
def test_a_file_that_says_only_its_version_says_nothing(tmp_path: Path, name: str) -> None:
    """So promises the hint that a missing or an empty file gets."""
    folder = make_config_folder(tmp_path)
    for other in ("channels", "digests"):
        (folder / f"{other}.yaml").write_text("version: 1\n", encoding="utf-8")
    config = load_config(folder, {})
    assert getattr(config, name) == ()


def test_a_sender_at_localhost_is_a_warning_once_a_mail_server_is_named(tmp_path: Path) -> None:
    folder = make_config_folder(tmp_path, settings="mail: {host: mail.example.org}\n")
    (warning,) = load_config(folder, {}).warnings
    assert warning.message.startswith("mail from localhost is refused")


@pytest.mark.parametrize(
    ("entry", "allowed", "host"),
    [
        pytest.param("url: 'http://127.0.0.1:8000/'", "", "127.0.0.1", id="loopback"),
        pytest.param("url: 'http://localhost/'", "", "localhost", id="this machine's name"),
        pytest.param("url: 'http://10.1.2.3/'", "", "10.1.2.3", id="a private network"),
        pytest.param("url: 'http://[fd00::1]/'", "", "fd00::1", id="of IPv6"),
        pytest.param(
            "url: 'https://a.example', feeds: ['https://a.example/f', 'http://192.168.1.1/f']",
            "", "192.168.1.1", id="a feed of it",
        ),
        pytest.param("url: 'http://127.0.0.1/', enabled: false", "", "", id="it is resting"),
        pytest.param("url: 'http://127.0.0.1/'", "inside", "", id="it was opened"),
        pytest.param("url: 'https://a.example/'", "", "", id="a public name"),
    ],
)  # fmt: skip
def test_a_source_inside_that_nobody_opened_is_a_warning_with_its_place(
    entry: str, allowed: str, host: str, tmp_path: Path
) -> None:
    folder = make_config_folder(
        tmp_path,
        settings=f"fetch: {{allow_private: [{allowed}]}}\n",
        sources=f"sources:\n  - {{id: newsroom, url: 'https://newsroom.example', name: N}}\n"
        f"  - {{id: inside, name: I, {entry}}}\n",
    )
    found = load_config(folder, {}).warnings
    assert [each.message for each in found] == (
        [f"{host} is a private address: 'inside' will be refused there"] if host else []
    )
    assert all(each.line == 3 and each.column and each.column > 20 for each in found)
    assert all(
        "below fetch: in settings.yaml:  allow_private: [inside]" in each.hint for each in found
    )


def test_so_is_a_webhook_inside(tmp_path: Path) -> None:
    folder = make_config_folder(
        tmp_path,
        channels="channels:\n  - {id: hook, kind: webhook, url: 'http://127.0.0.1/', "
        "default: true}\n",
    )
    (warning,) = load_config(folder, {}).warnings
    assert warning.message == "127.0.0.1 is a private address: 'hook' will be refused there"
    assert "allow_private: [hook]" in warning.hint


def test_a_language_that_nobody_words_is_a_warning(tmp_path: Path) -> None:
    folder = make_config_folder(
        tmp_path,
        channels="channels: {id: c, kind: maildir, default: true, language: de}\n",
        digests="digests: {id: d, name: D, to: a@b.example, language: ru}\n",
    )
    (warning,) = load_config(folder, {}).warnings
    assert warning.message == "'de' is not written: it is English"
    assert "there are en, az, fa, ru" in warning.hint


def test_one_value_may_hold_a_comma(tmp_path: Path) -> None:
    folder = make_config_folder(
        tmp_path,
        sources="""\
            sources:
              - id: a
                name: A
                url: https://a.example
                feeds: https://a.example/rss?only=a,b
                exclude: ^/\\d{1,3}/
        """,
    )
    (source,) = load_config(folder, {}).sources
    assert source.feeds == ("https://a.example/rss?only=a,b",)
    assert source.exclude == (r"^/\d{1,3}/",)
