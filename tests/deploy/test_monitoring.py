"""The dashboard and the alarms ask only for figures that presswatch gives."""

import json
import re
from datetime import UTC, datetime
from pathlib import Path

import yaml
from prometheus_client import generate_latest

from crawler.pages.metrics import Metrics

DOCS = Path(__file__).parents[2] / "docs"
NAME = re.compile(r"presswatch_\w+")


def given() -> set[str]:
    """Return the name of every figure, and of a histogram's and a counter's parts."""
    text = generate_latest(Metrics(datetime(2026, 11, 24, tzinfo=UTC)).registry).decode()
    kinds = re.findall(r"^# TYPE (\S+) (\S+)", text, re.MULTILINE)
    parts = {
        f"{name}_{part}"
        for name, kind in kinds
        if kind == "histogram"
        for part in ("bucket", "sum", "count")
    }
    return {name for name, _ in kinds} | parts


def test_every_panel_shows_figures_that_exist() -> None:
    dashboard = json.loads((DOCS / "grafana-dashboard.json").read_text(encoding="utf-8"))
    asked = [target["expr"] for panel in dashboard["panels"] for target in panel["targets"]]
    assert len(asked) >= 10
    for expression in asked:
        assert set(NAME.findall(expression)) <= given(), expression


def test_every_alarm_asks_for_figures_that_exist_and_says_what_to_do() -> None:
    groups = yaml.safe_load((DOCS / "prometheus-alerts.yml").read_text(encoding="utf-8"))[
        "groups"
    ]
    for rule in groups[0]["rules"]:
        assert set(NAME.findall(rule["expr"])) <= given(), rule["alert"]
        assert len(rule["annotations"]["action"]) > 20
