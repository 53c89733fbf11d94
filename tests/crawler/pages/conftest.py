"""A desk whose pages are served, for every test that asks for one."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.crawler.pages.newsdesk import Desk, open_desk


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    """Serve the pages of a small archive."""
    async with open_desk(tmp_path) as opened:
        yield opened
