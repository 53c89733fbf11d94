"""Sources are due, leased, and remembered; gaps are declared once."""

from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path

from storage.gaps import declare_gap, gaps_between
from storage.polls import Poll, polls_between, record_poll
from storage.sources import (
    claim_due_sources,
    ensure_sources,
    load_source,
    load_sources,
    next_due,
    save_source,
    try_again,
)
from storage.ways import WayState, read_well, save_way
from tests.making import NOW
from tests.storage.keeping import opened

HOUR = timedelta(hours=1)


async def test_a_source_is_claimed_by_one_until_its_lease_ends(tmp_path: Path) -> None:
    async with opened(tmp_path) as database:
        await database.write(lambda tx: ensure_sources(tx, ["a", "b"], NOW))
        claimed = await database.write(lambda tx: claim_due_sources(tx, NOW, 9, HOUR))
        assert [state.source_id for state in claimed] == ["a", "b"]
        assert await database.read(next_due) == NOW + HOUR
        assert not await database.write(lambda tx: claim_due_sources(tx, NOW, 9, HOUR))
        assert await database.write(lambda tx: claim_due_sources(tx, NOW + HOUR, 1, HOUR))


async def test_of_those_a_person_has_mended_only_what_fails_is_due_at_once(
    tmp_path: Path,
) -> None:
    async with opened(tmp_path) as database:
        await database.write(lambda tx: ensure_sources(tx, ["failing", "other", "well"], NOW))
        for state in await database.read(load_sources):
            failures = 0.0 if state.source_id == "well" else 2.0
            later = replace(state, next_at=NOW + 9 * HOUR, failures=failures)
            await database.write(partial(save_source, state=later))
        await database.write(lambda tx: try_again(tx, ["failing", "well", "unknown"], NOW))
        due = {state.source_id: state.next_at for state in await database.read(load_sources)}
    assert due == {"failing": NOW, "other": NOW + 9 * HOUR, "well": NOW + 9 * HOUR}


async def test_what_is_known_of_a_source_comes_back(tmp_path: Path) -> None:
    way = WayState(
        source_id="a",
        url="https://a.example/feed",
        kind="feed",
        discovered=True,
        etag='W/"x"',
        last_modified="Tue, 24 Nov 2026 07:00:00 GMT",
        body_hash="h",
        last_polled=NOW,
        last_success=NOW - HOUR,
        failures=1.25,
        last_error="HTTP 503",
        items=40,
        retired_at=NOW,
    )
    async with opened(tmp_path) as database:
        await database.write(lambda tx: ensure_sources(tx, ["a"], NOW))
        [state] = await database.write(lambda tx: claim_due_sources(tx, NOW, 1, HOUR))
        polled = replace(
            state,
            next_at=NOW + HOUR,
            leased_until=None,
            failures=0.5,
            last_polled=NOW,
            last_success=NOW,
            last_new=NOW,
            last_error="slow",
            told_at=NOW,
            rhythm="{}",
        )
        await database.write(lambda tx: save_source(tx, polled))
        await database.write(lambda tx: save_way(tx, way))
    async with opened(tmp_path) as database:
        assert await database.read(lambda tx: load_source(tx, "a")) == replace(
            polled, ways=(way,)
        )


async def test_ways_whose_last_look_went_well_are_told(tmp_path: Path) -> None:
    well = WayState(source_id="a", url="https://a.example/feed", last_success=NOW)
    ways = (
        well,
        replace(well, url="https://a.example/failed", failures=0.5),
        replace(well, url="https://a.example/new", last_success=None),
        replace(well, url="https://a.example/gone", retired_at=NOW),
    )
    async with opened(tmp_path) as database:
        for way in ways:
            await database.write(lambda tx, way=way: save_way(tx, way))  # type: ignore[misc]  # way is bound here
        assert await database.read(read_well) == ["https://a.example/feed"]


async def test_a_source_taken_out_rests_and_keeps_its_history(tmp_path: Path) -> None:
    async with opened(tmp_path) as database:
        await database.write(lambda tx: ensure_sources(tx, ["a", "b"], NOW))
        await database.write(lambda tx: ensure_sources(tx, ["b"], NOW + HOUR))
        resting = {s.source_id: s.enabled for s in await database.read(load_sources)}
        claimed = await database.write(lambda tx: claim_due_sources(tx, NOW + HOUR, 9, HOUR))
        await database.write(lambda tx: ensure_sources(tx, ["a", "b"], NOW + HOUR))
        back = await database.read(lambda tx: load_source(tx, "a"))
    assert resting == {"a": False, "b": True}
    assert [state.source_id for state in claimed] == ["b"]
    assert back is not None
    assert (back.enabled, back.next_at) == (True, NOW)


async def test_polls_and_gaps_are_listed_by_span(tmp_path: Path) -> None:
    poll = Poll(
        source_id="a",
        way="w",
        polled_at=NOW,
        outcome="failed",
        found=3,
        new=1,
        reason="HTTP 503",
        elapsed=timedelta(milliseconds=250),
    )
    async with opened(tmp_path) as database:
        await database.write(lambda tx: record_poll(tx, poll))
        for until in (NOW, NOW + HOUR):
            await database.write(
                lambda tx, until=until: declare_gap(tx, "a", "w", NOW - HOUR, until, NOW)  # type: ignore[misc]
            )
        polls = await database.read(lambda tx: polls_between(tx, NOW, NOW + HOUR))
        before = await database.read(lambda tx: polls_between(tx, NOW - HOUR, NOW))
        [gap] = await database.read(lambda tx: gaps_between(tx, NOW, NOW + HOUR, "a"))
        others = await database.read(lambda tx: gaps_between(tx, NOW, NOW + HOUR, "b"))
    assert polls == [poll]
    assert not before
    assert not others
    assert (gap.since, gap.until) == (NOW - HOUR, NOW + HOUR)
