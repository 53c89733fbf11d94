"""A client for the senders, without what the environment says of proxies."""

from collections.abc import AsyncIterator

import httpx
import pytest


@pytest.fixture
async def client() -> AsyncIterator[httpx.AsyncClient]:
    """Open a client and close it."""
    async with httpx.AsyncClient(trust_env=False) as client:
        yield client
