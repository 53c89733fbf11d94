"""The dashboard and the alarms ask only for figures that presswatch gives."""

import json
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import yaml
from prometheus_client.parser import text_string_to_metric_families

from storage.found import Found
from storage.judgements import Judgement, Verdict, judge
from storage.noting import note_links
from storage.polls import Poll, record_poll
from tests.crawler.pages.newsdesk import open_desk
from tests.making import NOW

DOCS = Path(__file__).parents[2] / "docs"
NAME = re.compile(r"\b(?:presswatch|process)_\w+")
SELECTOR = re.compile(r"(presswatch_\w+)\{(\w+)=\"(\w+)\"\}")
LABELS = re.compile(r"(?:by|without|ignoring) \((\w+)\)|\{\{(?:\$labels\.)?(\w+)\}\}")
NOT_SHOWN = {"process_virtual_memory_bytes", "process_start_time_seconds", "process_max_fds"}


@pytest.fixture
async def given(tmp_path: Path) -> dict[str, list[dict[str, str]]]:
    """Return what /metrics gives: the labels of every sample, by its name."""
    async with open_desk(tmp_path) as desk:
        desk.state.clock = lambda: (
            NOW + timedelta(minutes=2)
        )  # what came since the start is told
        desk.state.health.workload.answers["done"] += 1
        poll = Poll(
            source_id="courier", way="w", polled_at=NOW, outcome="read",
            found=1, new=1, reason="", elapsed=timedelta(seconds=1),
        )  # fmt: skip
        waits = [Found(url=f"https://herald.example/{n}", way="w") for n in range(9)]
        await desk.database.write(lambda tx: record_poll(tx, poll))
        await desk.database.write(
            lambda tx: note_links(tx, "herald", waits, NOW - timedelta(hours=3))
        )
        said = Judgement(
            article_id=1, rule_id="zangezur-corridor", verdict=Verdict.NOISE, judge="",
            judged_at=NOW,
        )  # fmt: skip
        await desk.database.write(lambda tx: judge(tx, said))
        text = (await desk.client.get("/metrics")).text
    found: dict[str, list[dict[str, str]]] = {}
    for family in text_string_to_metric_families(text):
        for sample in family.samples:
            if not sample.name.endswith("_created"):
                found.setdefault(sample.name, []).append(sample.labels)
    return found


def panels() -> Iterator[dict[str, str]]:
    dashboard = json.loads((DOCS / "grafana-dashboard.json").read_text(encoding="utf-8"))
    for panel in dashboard["panels"]:
        yield from panel["targets"]


def alarms() -> list[dict[str, object]]:
    text = (DOCS / "prometheus-alerts.yml").read_text(encoding="utf-8")
    return list(yaml.safe_load(text)["groups"][0]["rules"])


def refuse_unknown(expression: str, words: str, given: dict[str, list[dict[str, str]]]) -> None:
    """Fail for a figure, a label or a label's value that /metrics does not give."""
    names = NAME.findall(expression)
    assert all(given.get(name) for name in names), expression
    for name, label, value in SELECTOR.findall(expression):
        assert value in {labels.get(label) for labels in given[name]}, expression
    known = {label for name in names for labels in given[name] for label in labels}
    asked = {a or b for a, b in LABELS.findall(f"{expression} {words}")}
    assert asked <= known, expression


async def test_every_panel_shows_figures_that_exist(
    given: dict[str, list[dict[str, str]]],
) -> None:
    for target in panels():
        refuse_unknown(target["expr"], target["legendFormat"], given)


async def test_every_figure_is_shown_by_a_panel(given: dict[str, list[dict[str, str]]]) -> None:
    shown = {name for target in panels() for name in NAME.findall(target["expr"])}
    stems = {re.sub(r"_(bucket|sum|count|total)$", "", name) for name in shown}
    families = {re.sub(r"_(bucket|sum|count|total)$", "", name) for name in given}
    assert families - stems <= NOT_SHOWN


async def test_every_alarm_asks_for_figures_that_exist_and_says_what_to_do(
    given: dict[str, list[dict[str, str]]],
) -> None:
    for rule in alarms():
        notes = rule["annotations"]
        assert isinstance(notes, dict)
        refuse_unknown(str(rule["expr"]), str(notes["summary"]), given)
        assert len(notes["action"]) > 20
