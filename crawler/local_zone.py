# ruff: noqa: E501 - rows of words
"""Say in which zone a source's pages and feeds tell their times, where these do not.

The source's zone goes first, then its country, the country of the address, and the language
where nearly all of its press shares one zone. UTC is left for what none of them tells: English
and Spanish under ".com", which may be anywhere. Of a country with several zones it is the one
its capital's press writes in: an hour or two off for the rest, where UTC would be many.
"""

import re
from functools import cache, lru_cache
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from config.source import Source

# Countries by their code. Codes that the world registers under for their sound (.co, .tv, .io,
# .ai, .me, .to, .fm, .ly, .cc, .la, .ws, .nu) tell nothing; a source's own country does.
_COUNTRIES: Final = """
ad Europe/Andorra|ae Asia/Dubai|af Asia/Kabul|al Europe/Tirane|am Asia/Yerevan|ao Africa/Luanda|ar America/Argentina/Buenos_Aires
at Europe/Vienna|au Australia/Sydney|az Asia/Baku|ba Europe/Sarajevo|bd Asia/Dhaka|be Europe/Brussels|bf Africa/Ouagadougou
bg Europe/Sofia|bh Asia/Bahrain|bj Africa/Porto-Novo|bn Asia/Brunei|bo America/La_Paz|br America/Sao_Paulo|bw Africa/Gaborone
by Europe/Minsk|ca America/Toronto|cd Africa/Kinshasa|ch Europe/Zurich|ci Africa/Abidjan|cl America/Santiago|cm Africa/Douala
cn Asia/Shanghai|cr America/Costa_Rica|cu America/Havana|cy Asia/Nicosia|cz Europe/Prague|de Europe/Berlin|dk Europe/Copenhagen
do America/Santo_Domingo|dz Africa/Algiers|ec America/Guayaquil|ee Europe/Tallinn|eg Africa/Cairo|es Europe/Madrid
et Africa/Addis_Ababa|fi Europe/Helsinki|fj Pacific/Fiji|fo Atlantic/Faroe|fr Europe/Paris|gb Europe/London|ge Asia/Tbilisi
gh Africa/Accra|gr Europe/Athens|gt America/Guatemala|gl America/Nuuk|hk Asia/Hong_Kong|hn America/Tegucigalpa|hr Europe/Zagreb
hu Europe/Budapest|id Asia/Jakarta|ie Europe/Dublin|il Asia/Jerusalem|in Asia/Kolkata|iq Asia/Baghdad|ir Asia/Tehran
is Atlantic/Reykjavik|it Europe/Rome|jm America/Jamaica|jo Asia/Amman|jp Asia/Tokyo|ke Africa/Nairobi|kg Asia/Bishkek
kh Asia/Phnom_Penh|kp Asia/Pyongyang|kr Asia/Seoul|kw Asia/Kuwait|kz Asia/Almaty|lb Asia/Beirut|li Europe/Vaduz|lk Asia/Colombo
ls Africa/Maseru|lt Europe/Vilnius|lu Europe/Luxembourg|lv Europe/Riga|ma Africa/Casablanca|mc Europe/Monaco|md Europe/Chisinau
mg Indian/Antananarivo|mk Europe/Skopje|ml Africa/Bamako|mm Asia/Yangon|mn Asia/Ulaanbaatar|mo Asia/Macau|mt Europe/Malta
mu Indian/Mauritius|mv Indian/Maldives|mw Africa/Blantyre|mx America/Mexico_City|my Asia/Kuala_Lumpur|mz Africa/Maputo
na Africa/Windhoek|ne Africa/Niamey|ng Africa/Lagos|ni America/Managua|nl Europe/Amsterdam|no Europe/Oslo|np Asia/Kathmandu
nz Pacific/Auckland|om Asia/Muscat|pa America/Panama|pe America/Lima|pg Pacific/Port_Moresby|ph Asia/Manila|pk Asia/Karachi
pl Europe/Warsaw|pr America/Puerto_Rico|ps Asia/Hebron|pt Europe/Lisbon|py America/Asuncion|qa Asia/Qatar|ro Europe/Bucharest
rs Europe/Belgrade|ru Europe/Moscow|rw Africa/Kigali|sa Asia/Riyadh|sd Africa/Khartoum|se Europe/Stockholm|sg Asia/Singapore
si Europe/Ljubljana|sk Europe/Bratislava|sn Africa/Dakar|sv America/El_Salvador|sy Asia/Damascus|td Africa/Ndjamena
th Asia/Bangkok|tj Asia/Dushanbe|tm Asia/Ashgabat|tn Africa/Tunis|tr Europe/Istanbul|tt America/Port_of_Spain|tw Asia/Taipei
tz Africa/Dar_es_Salaam|ua Europe/Kyiv|ug Africa/Kampala|uk Europe/London|us America/New_York|uy America/Montevideo
uz Asia/Tashkent|va Europe/Vatican|ve America/Caracas|vn Asia/Ho_Chi_Minh|ye Asia/Aden|za Africa/Johannesburg|zm Africa/Lusaka
zw Africa/Harare|xn--p1ai Europe/Moscow|gov America/New_York|mil America/New_York
"""
_COUNTRIES_ALONE: Final = (
    "co America/Bogota|me Europe/Podgorica|la Asia/Vientiane|ly Africa/Tripoli"
)
_LANGUAGES: Final = """
az Asia/Baku|be Europe/Minsk|bg Europe/Sofia|bn Asia/Dhaka|cs Europe/Prague|da Europe/Copenhagen|de Europe/Berlin
el Europe/Athens|et Europe/Tallinn|fa Asia/Tehran|fi Europe/Helsinki|he Asia/Jerusalem|hi Asia/Kolkata|hr Europe/Zagreb
hu Europe/Budapest|hy Asia/Yerevan|id Asia/Jakarta|is Atlantic/Reykjavik|it Europe/Rome|ja Asia/Tokyo|ka Asia/Tbilisi
kk Asia/Almaty|ko Asia/Seoul|lt Europe/Vilnius|lv Europe/Riga|mk Europe/Skopje|mn Asia/Ulaanbaatar|ms Asia/Kuala_Lumpur
nb Europe/Oslo|ne Asia/Kathmandu|nl Europe/Amsterdam|nn Europe/Oslo|no Europe/Oslo|pl Europe/Warsaw|ro Europe/Bucharest
ru Europe/Moscow|sk Europe/Bratislava|sl Europe/Ljubljana|sq Europe/Tirane|sr Europe/Belgrade|sv Europe/Stockholm
th Asia/Bangkok|tr Europe/Istanbul|uk Europe/Kyiv|ur Asia/Karachi|uz Asia/Tashkent|vi Asia/Ho_Chi_Minh|zh Asia/Shanghai
"""
_LAST_LABEL: Final = re.compile(
    r"^\w+://(?:[^/?#@]*@)?[^/?#:]*\.([a-z][a-z0-9-]+)\.?(?=[/?#:]|$)", re.IGNORECASE
)


def named_zone(name: str | None) -> ZoneInfo:
    """Return the zone of a name; UTC where there is no name, or none that is known."""
    return _zone(name or "UTC")


def local_zone(source: Source | None, url: str, language: str) -> ZoneInfo:
    """Return the zone of the times that a page or a feed tells without one."""
    if source is not None and source.timezone:
        return _zone(source.timezone)
    countries, languages = _tables()
    if source is not None and source.country:
        country = source.country.lower()
        if name := _of_country(country):
            return _zone(name)
    return _zone(countries.get(_last_label(url)) or languages.get(language[:2], "UTC"))


def month_leads_here(source: Source | None, url: str, lang: str) -> bool:
    """Say whether a page of this place writes 12/7/2023 for the seventh of December.

    What its `lang` says counts last: many systems write "en-US" into whatever they make.
    """
    if source is not None and source.country:
        return source.country.upper() in _MONTH_FIRST
    if source is not None and source.timezone:
        return source.timezone.startswith("US/") or source.timezone in _AMERICAN
    label = _last_label(url)
    if label in _tables()[0]:
        return label in {"us", "gov", "mil", "ph"}
    return lang.lower().replace("_", "-") == "en-us"


_MONTH_FIRST: Final = frozenset({"US", "PH"})
_AMERICAN: Final = frozenset(
    f"America/{city}"
    for city in ("New_York", "Detroit", "Chicago", "Denver", "Boise", "Phoenix", "Los_Angeles",
                 "Anchorage", "Juneau", "Indiana/Indianapolis", "Kentucky/Louisville")
) | {"Pacific/Honolulu", "Asia/Manila"}  # fmt: skip


@lru_cache(maxsize=32)  # each page's is asked for four times
def _last_label(url: str) -> str:
    found = _LAST_LABEL.match(url)
    return found[1].lower() if found else ""


def _of_country(code: str) -> str:
    return _tables()[0].get(code) or _table(_COUNTRIES_ALONE).get(code, "")


@cache
def _tables() -> tuple[dict[str, str], dict[str, str]]:
    return _table(_COUNTRIES), _table(_LANGUAGES)


@cache
def _table(rows: str) -> dict[str, str]:
    cells = (cell.partition(" ") for line in rows.split("\n") for cell in line.split("|"))
    return {code: name for code, _, name in cells if code}


@lru_cache(maxsize=512)
def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")
