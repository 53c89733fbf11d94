"""Decide what an answer means for the one who asked. Pure."""

from dataclasses import dataclass
from datetime import datetime

import xxhash

from crawler.fetch.exchange import REDIRECTS, Answer
from crawler.fetch.freshness import max_age, retry_after
from crawler.fetch.limits import FetchLimits
from crawler.fetch.outcome import (
    Failed,
    FailureKind,
    Fetched,
    FetchKind,
    FetchRequest,
    Gone,
    NotModified,
    Outcome,
)
from crawler.fetch.validators import clean_validator
from crawler.fetch.walls import classify_page, classify_refusal
from crawler.sniff import binary_kind, is_picture


@dataclass(frozen=True, slots=True, kw_only=True)
class Journey:
    """How we came to the last answer."""

    request: FetchRequest
    url: str  # the last one
    redirects: tuple[str, ...]
    fetched_at: datetime
    elapsed: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Redirect:
    """Go on there."""

    location: str


def judge(answer: Answer, journey: Journey, limits: FetchLimits) -> Outcome | Redirect:
    """Return what the answer means."""
    status = answer.status
    if status in (200, 203):
        return _judge_body(answer, journey, limits)
    if status == 304:
        return _judge_not_modified(answer, journey, limits)
    if status in REDIRECTS and "location" in answer.headers:
        return Redirect(location=answer.headers["location"])
    if status == 410:
        return Gone(url=journey.url, reason="the server says it is gone for good (410)")
    if status < 400 or status >= 600:
        return _failed(FailureKind.ODD_STATUS, f"HTTP {status} is no page", answer, journey)
    kind = classify_refusal(status, answer.headers, answer.body)
    return _failed(kind, f"HTTP {status}", answer, journey)


def _judge_not_modified(
    answer: Answer, journey: Journey, limits: FetchLimits
) -> NotModified | Failed:
    request = journey.request
    if not (request.etag or request.last_modified):
        reason = "HTTP 304 without our having asked whether it changed"
        return _failed(FailureKind.ODD_STATUS, reason, answer, journey)
    return NotModified(
        url=journey.url,
        redirects=journey.redirects,
        etag=clean_validator(answer.headers.get("etag"), limits.validator) or request.etag,
        last_modified=request.last_modified,
        body_hash=request.body_hash,
        fetched_at=journey.fetched_at,
        elapsed=journey.elapsed,
        max_age=max_age(answer.headers, journey.fetched_at),
    )


def _judge_body(answer: Answer, journey: Journey, limits: FetchLimits) -> Outcome:
    request, headers, body = journey.request, answer.headers, answer.body
    content_type = headers.get("content-type")
    if unwanted := _unwanted(request.kind, body, content_type):
        return _failed(FailureKind.BINARY, f"it is {unwanted}", answer, journey)
    if request.kind is FetchKind.PAGE:
        asked = journey.redirects[0] if journey.redirects else journey.url
        wall = classify_page(asked, journey.url, headers, body)
        if wall:
            return _failed(wall, f"HTTP {answer.status}, but a {wall}", answer, journey)
    body_hash = xxhash.xxh3_128_hexdigest(body)
    etag = clean_validator(headers.get("etag"), limits.validator)
    last_modified = clean_validator(headers.get("last-modified"), limits.validator)
    if body_hash == request.body_hash:
        return NotModified(
            url=journey.url,
            redirects=journey.redirects,
            etag=etag,
            last_modified=last_modified,
            body_hash=body_hash,
            fetched_at=journey.fetched_at,
            elapsed=journey.elapsed,
            max_age=max_age(headers, journey.fetched_at),
        )
    return Fetched(
        url=journey.url,
        redirects=journey.redirects,
        status=answer.status,
        content_type=content_type,
        headers=headers,
        body=body,
        etag=etag,
        last_modified=last_modified,
        body_hash=body_hash,
        fetched_at=journey.fetched_at,
        elapsed=journey.elapsed,
        max_age=max_age(headers, journey.fetched_at),
    )


def _unwanted(kind: FetchKind, body: bytes, content_type: str | None) -> str | None:
    """Return what the body is if it cannot be what was asked for."""
    match kind:
        case FetchKind.PICTURE:
            return None if is_picture(body) else "no picture"
        case FetchKind.ROBOTS:  # whatever is no rule is skipped, be it a picture
            return None
        case _:
            return binary_kind(body, content_type)


def _failed(kind: FailureKind, reason: str, answer: Answer, journey: Journey) -> Failed:
    return Failed(
        url=journey.url,
        kind=kind,
        reason=reason,
        status=answer.status,
        retry_after=retry_after(answer.headers.get("retry-after"), journey.fetched_at),
    )
