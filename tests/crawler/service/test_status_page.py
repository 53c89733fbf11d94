"""Without its address the status page says why, and the daemon's work goes on."""

import errno
import os

import pytest

from crawler.service.status import why_not


@pytest.mark.parametrize(
    ("number", "host", "port", "says"),
    [
        (
            errno.EADDRINUSE,
            "127.0.0.1",
            8080,
            "port 8080 of 127.0.0.1 is taken by another program",
        ),
        (errno.EACCES, "127.0.0.1", 80, "write one above 1023"),
        (errno.EADDRNOTAVAIL, "192.0.2.1", 8080, "this machine has no address 192.0.2.1"),
        (errno.EIO, "::1", 8080, "::1:8080 cannot be listened on (Input/output error)"),
    ],
)
def test_an_address_that_cannot_be_used_is_told_with_what_to_write(
    number: int, host: str, port: int, says: str
) -> None:
    said = why_not(OSError(number, os.strerror(number)), host, port)
    assert says in said
    assert "status: in settings.yaml" in said
