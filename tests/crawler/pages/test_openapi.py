"""The JSON is what its OpenAPI document says, whatever is asked."""

import asyncio
from pathlib import Path
from typing import Any

import schemathesis
from hypothesis import HealthCheck, given, settings

from crawler.pages.openapi import openapi
from crawler.pages.views import VIEWS
from tests.crawler.pages.newsdesk import open_desk

EXAMPLES = settings(
    max_examples=12,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)


def test_every_view_is_described_with_every_word_it_takes() -> None:
    paths = openapi("1")["paths"]
    assert len(paths) == len(VIEWS)
    for view in VIEWS:
        operation = paths[view.api_path.replace(":int", "")]["get"]
        assert [each["name"] for each in operation["parameters"]] == [
            each.name for each in view.parameters
        ]


def ask_everything(url: str) -> int:
    """Ask every operation many things; return how many answers held to the document."""
    schema = schemathesis.openapi.from_url(f"{url}/api/openapi.json")
    asked = 0
    for result in schema.get_all_operations():
        operation: Any = result.ok()  # type: ignore[union-attr]  # an invalid one raises

        @EXAMPLES
        @given(case=operation.as_strategy())
        def ask(case: Any) -> None:
            nonlocal asked
            case.call_and_validate(base_url=url)
            asked += 1

        ask()
    return asked


async def test_answers_hold_to_the_document_whatever_is_asked(tmp_path: Path) -> None:
    async with open_desk(tmp_path) as desk:
        asked = await asyncio.to_thread(ask_everything, desk.url)
    assert asked >= len(VIEWS)
