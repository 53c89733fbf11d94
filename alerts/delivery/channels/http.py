"""Post one body to an address and read what the answer means; shared by webhooks and chats.

The client is handed in (the guarded one, which reads an answer to its end or to 20 kB and
unpacks nothing). Redirects are never followed, the whole exchange ends in time.
"""

import asyncio
import contextlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

import httpx

from alerts.delivery.channels.outcome import Dead, Outcome, Sent, TryAgain
from alerts.plain import one_line, shorten

ANSWER_MOST = 20_000
SECONDS = 25.0  # 20 until there is a status, 4 for what it says
_TRY_AGAIN = {408, 425, 429}
_UNDER_WAY = (httpx.ReadError, httpx.ReadTimeout, httpx.RemoteProtocolError)  # it may be there


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a receiver said."""

    status: int
    headers: Mapping[str, str]
    text: str  # its beginning, as one clean line


async def post(
    client: httpx.AsyncClient,
    url: str,
    content: bytes,
    headers: Mapping[str, str],
    *,
    seconds: float = SECONDS,
) -> Answer | TryAgain:
    """Post the body once; what is no answer is worth another try."""
    try:
        async with asyncio.timeout(seconds):
            request = client.build_request("POST", url, content=content, headers=dict(headers))
            response = await client.send(request, stream=True, follow_redirects=False)
            try:
                text = await _beginning(response)
            finally:
                await response.aclose()
    except TimeoutError:
        return TryAgain(reason=f"no answer within {seconds:.0f} s", ambiguous=True)
    except (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError) as error:
        # The address is a secret: only what went wrong is told.
        reason = _without(url, f"{type(error).__name__}: {error}")
        return TryAgain(reason=reason, ambiguous=isinstance(error, _UNDER_WAY))
    return Answer(status=response.status_code, headers=response.headers, text=text)


def judge(answer: Answer | TryAgain, now: datetime) -> Outcome:
    """Say what an answer means for the message."""
    if isinstance(answer, TryAgain):
        return answer
    status, said = answer.status, f"HTTP {answer.status} {answer.text}".strip()
    if 200 <= status < 300:
        return Sent(note=said)
    if status == 410:
        return Dead(reason="HTTP 410 Gone: the receiver wants no more", closed=True)
    asked = retry_after(answer.headers.get("retry-after", ""), now)
    if status in _TRY_AGAIN or status >= 500 or 300 <= status < 400:
        return TryAgain(reason=said, after=asked)
    if status in {400, 413, 422}:
        return Dead(reason=said)  # the body is what it dislikes, and the body does not change
    return TryAgain(reason=said, after=asked)  # 401, 403, 404: an address may come back


def retry_after(value: str, now: datetime) -> timedelta | None:
    """Read a Retry-After; None: it says nothing usable (the schedule clamps what is)."""
    value = value.strip()
    if value.isascii() and value.isdigit():
        return timedelta(seconds=min(int(value[:9]), 10**8))
    with contextlib.suppress(ValueError, TypeError, OverflowError):
        at = parsedate_to_datetime(value)
        wait = (at if at.tzinfo else at.replace(tzinfo=UTC)) - now
        return wait if wait > timedelta() else None
    return None


async def _beginning(response: httpx.Response) -> str:
    """Read at most 20 kB, as they come over the wire: nothing is unpacked."""
    body = b""
    async for chunk in response.aiter_raw():
        body += chunk[: ANSWER_MOST - len(body)]
        if len(body) >= ANSWER_MOST:
            break
    if response.headers.get("content-encoding", "identity").lower() != "identity":
        return ""
    return shorten(one_line(body[:2000].decode("utf-8", "replace")), 200)


def _without(url: str, text: str) -> str:
    return shorten(one_line(text.replace(url, "…")), 300)
