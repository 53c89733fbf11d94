"""Tell apart who keeps us out: a bot wall, a paywall, a login page; or an outage.

Pure, and careful with pages that were answered 200: only the marks of the walls themselves
count there, and only in a small document.
"""

from collections.abc import Mapping
from urllib.parse import urlsplit

from crawler.fetch.outcome import FailureKind

_SMALL = 60_000  # bytes: an article page is larger than any challenge
_START = 64 * 1024

# Header fields that only a challenge carries: name, and a word its value must have.
_CHALLENGE_FIELDS = {
    "cf-mitigated": "challenge",
    "x-amzn-waf-action": "",
    "x-datadome": "protected",
}
# What the challenge pages themselves load or say; none of it stands in a readable article.
_CHALLENGE_MARKS = (
    b"/cdn-cgi/challenge-platform/h/",
    b"window._cf_chl_opt",
    b"captcha-delivery.com/captcha",
    b"geo.captcha-delivery.com",
    b"px-captcha",
    b"_Incapsula_Resource",
    b"Incapsula incident ID",
    b"sucuri_cloudproxy_js",
    b"/.within.website/x/cmd/anubis",
    b"/_sec/cp_challenge",
    b"awsWafCookieDomainList",
    b"ddos-guard/js-challenge",
    b"/TSPD/",
)
# What a refusal says when it means robots; together with a status of refusal that is enough.
_REFUSAL_MARKS = (
    b"attention required! | cloudflare",
    b"just a moment...",
    b"you have been blocked",
    b"unusual traffic",
    b"are you a robot",
    b"are you human",
    b"verify you are human",
    b"captcha",
    b"bot detection",
    b"automated access",
    b"pardon our interruption",
    b"access denied</h1>",
    b"errors.edgesuite.net",
)
_OUTAGE_MARKS = (b"maintenance", b"temporarily unavailable", b"be back soon", b"wartung")
_LOGIN_WORDS = ("login", "log-in", "signin", "sign-in", "sso", "oauth", "auth", "anmelden")
_PAYWALL_WORDS = ("subscribe", "subscription", "paywall", "abo", "abonnement", "suscripcion")


def classify_refusal(status: int, headers: Mapping[str, str], body: bytes) -> FailureKind:
    """Return what a status from 400 to 599 means, together with what came with it."""
    plain = _PLAIN.get(status)
    if plain is not None:
        return plain
    if status in (403, 405, 406, 429, 503) and _challenged(headers, body, refused=True):
        return FailureKind.BOT_WALL
    if status >= 500:
        return _broken(status, body)
    return {403: FailureKind.FORBIDDEN, 429: FailureKind.RATE_LIMITED}.get(
        status, FailureKind.REFUSED_BY_SERVER
    )


_PLAIN = {
    401: FailureKind.AUTH,
    402: FailureKind.PAYWALL,
    404: FailureKind.NOT_FOUND,
    407: FailureKind.AUTH,
}


def _broken(status: int, body: bytes) -> FailureKind:
    if status == 503 or any(mark in body[:_START].lower() for mark in _OUTAGE_MARKS):
        return FailureKind.OUTAGE
    return FailureKind.SERVER_ERROR


def classify_page(
    asked: str, found: str, headers: Mapping[str, str], body: bytes
) -> FailureKind | None:
    """Return which wall a page answered 200 is; None: it is the page."""
    if _challenged(headers, body, refused=False):
        return FailureKind.BOT_WALL
    if asked == found:
        return None
    before, after = _words(asked), _words(found)
    if after.intersection(_LOGIN_WORDS) and not before.intersection(_LOGIN_WORDS):
        return FailureKind.LOGIN
    if after.intersection(_PAYWALL_WORDS) and not before.intersection(_PAYWALL_WORDS):
        return FailureKind.PAYWALL
    return None


def _challenged(headers: Mapping[str, str], body: bytes, *, refused: bool) -> bool:
    for name, word in _CHALLENGE_FIELDS.items():
        if name in headers and word in headers[name].lower():
            return True
    if len(body) > _SMALL and not refused:
        return False
    start = body[:_START]
    if any(mark in start for mark in _CHALLENGE_MARKS):
        return True
    return refused and any(mark in start.lower() for mark in _REFUSAL_MARKS)


def _words(url: str) -> set[str]:
    """Return the segments of path and host, which is where a wall's name stands."""
    parts = urlsplit(url)
    path = parts.path.lower().replace(".", "/").split("/")
    return {*path, *(parts.hostname or "").split(".")[:-2]}
