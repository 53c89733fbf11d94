"""Read the day that an article's address tells."""

import re
from collections.abc import Iterator
from typing import Final

from crawler.extract.choice import Found
from crawler.extract.stamp import Written, read_machine, read_written
from storage.article import Provenance

# "/2023/12/07/", "/2023/world/12/07/", "/2023/dec/7/"; "/20231207/"; "/07-12-2023".
_URL_DAYS: Final = (
    re.compile(
        r"/(?P<y>(?:19|20)\d\d)(?:/[a-z_.-]{2,30}(?=/\d{1,2}/\d{1,2}/))?[/-]"
        r"(?P<m>\d{1,2}|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6})[/-]"
        r"(?P<d>\d{1,2})(?=[/\-_.]|$)",
        re.IGNORECASE,
    ),
    re.compile(r"/(?P<y>(?:19|20)\d\d)(?P<m>\d{2})(?P<d>\d{2})(?=\D)"),
    # A number that begins with when it was given: "/A2023120714300001", "?id=20231207143000".
    # An archive's "/web/20231207143000/" tells when it looked.
    re.compile(
        r"(?<!/web)[/=][A-Za-z]{0,5}(?P<y>20[0-4]\d)(?P<m>0[1-9]|1[0-2])(?P<d>0[1-9]|[12]\d|3[01])"
        r"(?:[01]\d|2[0-3])[0-5]\d\d{0,10}(?!\w)"
    ),
    re.compile(r"/(?P<d>\d{1,2})-(?P<m>\d{1,2})-(?P<y>(?:19|20)\d\d)(?=[/\-_.]|$)"),
)


def in_address(url: str) -> Iterator[Found[Written]]:
    """Yield the days that stand in an address, each order of their parts once."""
    for found in filter(None, (pattern.search(url) for pattern in _URL_DAYS)):
        year, month, day = found["y"], found["m"], found["d"]
        stamp = read_machine(f"{year}-{month}-{day}") or read_written(f"{day} {month} {year}")
        if stamp is not None:
            yield Found(stamp, Provenance.PAGE, "address")
