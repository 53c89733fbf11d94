"""Bring addresses to one form, so that one article has one identity.

Pure. ada-url reads addresses as browsers do; which parameters track a reader, and which hosts
and paths are another dress of the same page, is ours to know.
"""

import re
from functools import lru_cache

import ada_url
import xxhash

from storage.site import registrable_domain

LONGEST_URL = 2083  # as Scrapy and Heritrix have it; what is longer is no article's
_REMEMBERED = 1 << 14  # a poll brings the same addresses again and again

_TRACKING = re.compile(
    r"(?:utm_|at_|pk_|mtm_|piwik_|hsa_|ga_|wt_|ns_|xtor|itm_|stm_|__hs|_hs|vero_|oly_|fb_|cmpid|"
    r"s_kwcid|fbclid|gclid|gclsrc|dclid|gbraid|wbraid|msclkid|yclid|ysclid|twclid|ttclid|igshid|"
    r"igsh$|li_fat_id|mc_cid|mc_eid|mkt_tok|trkinfo|spm$|scm$|smid$|smtyp|sr_share|guccounter|"
    r"guce_|_ga$|_gl$|rb_clickid|_?openstat|nr_email_referer|cvid$|soc_src|soc_trk|dicbo|taid$|"
    r"ref_src|ref_url|referrer$|referer$|traffic_source|embed_source$|wickedid|"
    r"phpsessid|jsessionid|sessionid|aspsessionid|cfid$|cftoken$|amp$)",
    re.IGNORECASE,
)
# These name the article on some sites: only what is no number says where a reader came from.
_TRACKING_IN_WORDS = re.compile(
    r"(?:ref|source|src|share|shared|sharedfrom|from|via|feed|rss|trk|ito|ncid|ocid|s_cid|cid|sid|"
    r"campaign|partner|output_?type)=(?!\d+$)",
    re.IGNORECASE,
)
# ada has brought the address into this form; who logs in with it is not part of it.
_HREF = re.compile(
    r"(?P<scheme>https?:)//(?:[^/?#@]*@)?(?P<host>[^/?#]+)"
    r"(?P<path>/[^?#]*)(?:\?(?P<query>[^#]*))?"
)
_PORT = re.compile(r":\d+$")
_SESSION_PATH = re.compile(r";(?:jsessionid|phpsessid|sid)=[^/?#;]*", re.IGNORECASE)
_DRESS_HOST = re.compile(r"^(?:www\d?|m|mobile|amp|touch|wap)\.(?=[^.]+\.)", re.IGNORECASE)
_AMP_HEAD = re.compile(r"^/amp(?=/)", re.IGNORECASE)
_AMP_TAIL = re.compile(r"(?:/amp/?|/amp\.html?|\.amp(?:\.html?)?)$", re.IGNORECASE)
_INDEX = re.compile(r"/(?:index|default)\.(?:html?|php|aspx?)$", re.IGNORECASE)


class UnusableUrl(Exception):  # noqa: N818 - the word callers use
    """An address no article can stand under; the message says why."""


def canonical_url(url: str, base: str = "") -> str:
    """Return the address to fetch and to show: absolute, no fragment, nothing that tracks.

    Raise UnusableUrl with the reason when no article can stand under it.
    """
    scheme, host, path, query = _parts(url, base)
    text = f"{scheme}//{host}{path}?{query}" if query else f"{scheme}//{host}{path}"
    if len(text) > LONGEST_URL:
        raise UnusableUrl(f"longer than {LONGEST_URL} characters")
    return text


@lru_cache(maxsize=_REMEMBERED)
def identity(url: str) -> str:
    """Return the key under which an address counts as the same page.

    Scheme, www, mobile and AMP dress, tracking, query order and a last slash do not count.
    The key is no address to fetch.
    """
    _, host, path, query = _parts(canonical_url(url), "")
    host = _DRESS_HOST.sub("", host)
    path = _AMP_TAIL.sub("", _AMP_HEAD.sub("", path))
    path = _INDEX.sub("/", path).rstrip("/")
    if not query:
        return f"{host}{path}"
    return f"{host}{path}?{'&'.join(sorted(query.split('&')))}"


def is_front_page(url: str) -> bool:
    """Say whether an address is a site's front page, which no article can call its own."""
    try:
        return "/" not in identity(url)
    except UnusableUrl:
        return True


@lru_cache(maxsize=4096)
def identity_key(url: str) -> int:
    """Return the identity as a number of 64 bits, signed as SQLite has them.

    Remembered: an address is noted, claimed, stored and settled within a few seconds.

    Among ten million addresses two share a number with a chance of one in 370,000.
    """
    try:
        text = identity(url)
    except UnusableUrl:
        text = url
    return xxhash.xxh3_64_intdigest(text.encode("utf-8", "replace")) - (1 << 63)


def same_site(one: str, other: str) -> bool:
    """Say whether two addresses belong to one house; only then may one speak for the other."""
    try:
        first, second = _parts(one, "")[1], _parts(other, "")[1]
    except UnusableUrl:
        return False
    if first == second:
        return True
    return registrable_domain(_PORT.sub("", first)) == registrable_domain(_PORT.sub("", second))


@lru_cache(maxsize=_REMEMBERED)
def _parts(url: str, base: str) -> tuple[str, str, str, str]:
    """Return scheme, host with port, path and query of an address, read as browsers read it."""
    text = url.strip()
    if len(text) > LONGEST_URL:
        raise UnusableUrl(f"longer than {LONGEST_URL} characters")
    try:
        href = ada_url.join_url(base, text) if base else ada_url.normalize_url(text)
    except (ValueError, UnicodeEncodeError) as error:
        raise UnusableUrl("no address") from error
    found = _HREF.match(href)
    if found is None:
        raise UnusableUrl(f"not http or https: {href.partition(':')[0]}")
    path = _SESSION_PATH.sub("", found["path"])
    return found["scheme"], found["host"], path, _query(found["query"] or "")


def _query(query: str) -> str:
    kept = [
        part
        for part in query.split("&")
        if part
        and not _TRACKING.match(part.partition("=")[0])
        and not _TRACKING_IN_WORDS.match(part)
    ]
    return "&".join(kept)
