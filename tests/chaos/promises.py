"""What must hold of a world, after each death and at the end."""

import json
import sqlite3
from collections import Counter, defaultdict

from storage.doctor import ORPHANS
from storage.migrate import migrations, schema_version
from tests.chaos.receivers import GONE
from tests.chaos.world import World

TOLD_OF = {"quartzite", "saffron"}


def check_disk(found: World, known: set[str]) -> set[str]:
    """Check what a death left on the disk; return every address that was ever noted."""
    if not found.database.exists():
        assert not known
        return known
    with found.copied() as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        if schema_version(connection) < migrations()[-1].number:  # killed while it is made
            assert not known
            return known
        for what, query in ORPHANS.items():
            assert connection.execute(query).fetchone()[0] == 0, what
        noted = {row[0] for row in connection.execute("SELECT url FROM ledger")}
    assert known <= noted, f"forgotten: {known - noted}"
    return noted


def check_all(found: World) -> None:
    """Check every promise, once nothing is left to do."""
    with found.copied() as connection:
        check_ledger(found, connection)
        check_outbox(found, connection)
        check_digests(found, connection)
    check_alerts(found)
    check_repetitions(found)


def check_ledger(found: World, connection: sqlite3.Connection) -> None:
    """Every address that was published ended in one state, and none was given up."""
    states = dict(connection.execute("SELECT url, state FROM ledger"))
    for each in found.press.published:
        state = states.get(each.story.url)
        assert state in {"stored", "duplicate_of", "revision_of"}, f"{each.story.url}: {state}"
    assert not set(states.values()) & {"waiting", "dead"}


def check_outbox(found: World, connection: sqlite3.Connection) -> None:
    """Nothing is owed; what counts as sent was taken; nobody but the refused one is dead."""
    rows = list(connection.execute("SELECT key, channel, state FROM outbox"))
    taken = {key.partition("@")[0].strip("<") for key, _ in found.mailbox.taken()}
    hooked = set(found.hook.taken())
    for key, channel, state in rows:
        if key.endswith(f"#{GONE}"):
            assert state == "dead", key
            continue
        assert state in {"sent", "folded"}, f"{key}: {state}"
        if channel == "hook" and state == "sent":
            assert key in hooked, f"{key} was never taken"
    mails = sum(channel != "hook" and state == "sent" for _, channel, state in rows)
    assert len(taken) == mails, f"{mails} mails were sent, {len(taken)} taken"


def check_alerts(found: World) -> None:
    """Every story that a rule asks for was told on both channels, each as one alert."""
    mails = [
        (str(mail["Message-ID"]), text_of(mail))
        for to, mail in found.mailbox.mails
        if "duty@example.org" in to
    ]
    hooks = [(key, json.dumps(each)) for key, each in found.hook.payloads]
    alerts: defaultdict[str, set[str]] = defaultdict(set)
    for key, payload in found.hook.payloads:
        if payload["type"] == "presswatch.alert":
            alerts[payload["data"]["article"]["headline"]].add(key)
    for each in found.press.published:
        headline = each.story.headline
        if each.subject not in TOLD_OF:
            assert headline not in alerts, f"told falsely: {headline}"
            continue
        assert any(headline in text for _, text in mails), f"never mailed: {headline}"
        assert any(headline in text for _, text in hooks), f"never posted: {headline}"
        most = 1 + found.press.edits[headline]  # a material edit is news after the cooldown
        assert len(alerts[headline]) <= most, f"told twice: {alerts[headline]}"


def check_repetitions(found: World) -> None:
    """At least once: a message comes again only where its sender died or had no answer."""
    hooks = found.hook.taken()
    assert again(hooks) <= found.kills + found.hook.unsaid, hooks.most_common(3)
    mails = Counter(key for key, _ in found.mailbox.taken().elements())
    recipients = len(set(found.mailbox.taken()))
    allowed = 2 * (found.kills + found.mailbox.unsaid)  # a channel and a digest at a time
    assert mails.total() - recipients <= allowed, mails.most_common(3)


def again(taken: Counter[str]) -> int:
    """Count how often anything came once more."""
    return taken.total() - len(taken)


def check_digests(found: World, connection: sqlite3.Connection) -> None:
    """Each reader's windows follow on one another, and each was sent as one mail."""
    rows = connection.execute(
        "SELECT recipient, window_start, window_end, key FROM digest_windows"
        " ORDER BY recipient, window_end"
    )
    ends: dict[str, str] = {}
    sent: Counter[str] = Counter()
    for recipient, start, end, key in rows:
        assert start == ends.get(recipient, start), f"{recipient}: a window begins at {start}"
        ends[recipient] = end
        sent[recipient] += bool(key)
    for recipient, windows in sent.items():
        ids = {
            str(mail["Message-ID"])
            for to, mail in found.mailbox.mails
            if recipient in to and mail["X-Presswatch-Window"]
        }
        assert len(ids) == windows, f"{recipient}: {windows} windows, {len(ids)} digests"


def text_of(mail: object) -> str:
    """Return a mail's plain text in one line."""
    part = mail.get_body(("plain",))  # type: ignore[attr-defined]  # an EmailMessage
    return " ".join(part.get_content().split()) if part else ""
