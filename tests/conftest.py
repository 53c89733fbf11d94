"""Keep a test from changing what the next one sees: the log's level is one for the process."""

from collections.abc import Iterator

import pytest
import structlog


@pytest.fixture(autouse=True)
def _log_as_before() -> Iterator[None]:
    """Put back the log's configuration: a command that a test ran in-process set its own."""
    before = structlog.get_config()
    yield
    structlog.configure(**before)
