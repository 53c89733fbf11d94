"""Say which hosts belong together: those under one registrable domain.

Pure. The whole public suffix list would be a dependency to keep fresh; the shapes below cover
the press, and where they are wrong two hosts count as strangers rather than as one house.
"""

import ipaddress
import re

# Under a country's two letters these are not names but shelves: bbc.co.uk, apa.com.az.
_SHELVES = re.compile(
    r"(?:"
    r"ac|asso|biz|co|com|edu|gen|go|gob|gouv|gov|govt|gv|id|in|inf|info|"
    r"int|ltd|mil|mod|name|ne|net|nhs|nom|or|org|plc|police|press|pro|pub|"
    r"sch|web"
    r")"
)
# Hosts that rent out names below theirs: each tenant is a house of its own.
_LANDLORDS = re.compile(
    r"(?:"
    r"appspot\.com|azurewebsites\.net|blogspot\.com|cloudfront\.net|fly\.dev|"
    r"github\.io|gitlab\.io|herokuapp\.com|livejournal\.com|medium\.com|netlify\.app|"
    r"pages\.dev|substack\.com|tumblr\.com|vercel\.app|web\.app|weebly\.com|"
    r"wixsite\.com|wordpress\.com|workers\.dev"
    r")"
)


def registrable_domain(host: str) -> str:
    """Return the name that somebody registered; an IP address stands for itself."""
    host = host.rstrip(".").lower()
    if _is_address(host):
        return host
    labels = host.split(".")
    suffix = 1
    if _LANDLORDS.fullmatch(".".join(labels[-2:])) or (
        len(labels) > 2 and len(labels[-1]) == 2 and _SHELVES.fullmatch(labels[-2])
    ):
        suffix = 2
    return ".".join(labels[-(suffix + 1) :])


def _is_address(host: str) -> bool:
    if not (host[-1:].isdigit() or ":" in host):
        return False  # asking ipaddress costs more than all else here
    try:
        ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return False
    return True
