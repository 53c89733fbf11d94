"""Make front pages whose every link is known, in five languages, six layouts, nine addresses.

Ours to the last word, drawn from one seed. Each page mixes two layouts, as front pages do, and
carries what surrounds stories: menus, section labels, bylines, tags, promotions, pagination.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from urllib.parse import quote

BASE = "https://newsroom.example"
WORDS = {
    "en": "ministers discuss corridor border talks navy commander visits embassy "
    "reopens railway agreement signed president parliament approves budget "
    "exports energy pipeline summit",
    "az": "nazirlər dəhlizi müzakirə etdi sərhəd danışıqları komandan səfirlik açıldı "
    "dəmir yolu saziş imzalandı prezident parlament büdcə ixrac enerji kəmər "
    "zirvə görüşü",
    "ru": "министры обсудили коридор граница переговоры командующий посольство "
    "открылось железная дорога соглашение подписано президент парламент бюджет "
    "экспорт энергия саммит",
    "fa": "وزیران درباره کریدور مرز گفتگو فرمانده سفارت بازگشایی راه آهن توافق امضا "
    "رئیس جمهور مجلس بودجه صادرات انرژی خط لوله نشست",
    "ja": "外相 回廊 協議 国境 会談 司令官 大使館 再開 "
    "鉄道 協定 署名 大統領 議会 予算 輸出 首脳",
}
LATIN = WORDS["en"].split()
SECTIONS = ("politics", "economy", "world", "society", "culture", "sport")
LAYOUTS = ("cards", "wrapped", "table", "ticker", "picture", "numbered")
ADDRESSES = ("slug", "slug-id", "dated", "id", "query", "shtml", "code", "short", "percent")


@dataclass(frozen=True, slots=True)
class FrontPage:
    """One page and the addresses of its stories."""

    name: str
    html: str
    stories: frozenset[str]


def front_pages(seed: int = 20261124) -> Iterator[FrontPage]:
    """Yield a page for each language and kind of address, each with two layouts."""
    dice = random.Random(seed)
    for language, address in product(WORDS, ADDRESSES):
        layouts = dice.sample(LAYOUTS, 2)
        lists = [[story(dice, language, address) for _ in range(12)] for _ in layouts]
        main = "".join(
            f'<section class="block-{layout}">{form(layout, stories, dice)}</section>'
            for layout, stories in zip(layouts, lists, strict=True)
        )
        yield FrontPage(
            name=f"{language} {address} {'+'.join(layouts)}",
            html=around(main, language),
            stories=frozenset(BASE + path for stories in lists for path, _ in stories),
        )


def story(dice: random.Random, language: str, address: str) -> tuple[str, str]:
    """Return the path and the headline of one story."""
    words = dice.sample(WORDS[language].split(), dice.randint(5, 9))
    headline = ("" if language == "ja" else " ").join(words).capitalize()
    slug = "-".join(dice.sample(LATIN, dice.randint(4, 7)))
    number, section = dice.randint(100_000, 999_999), dice.choice(SECTIONS)
    paths = {
        "slug": f"/{section}/{slug}",
        "slug-id": f"/{section}/{slug}-{number}.html",
        "dated": f"/2026/11/{dice.randint(10, 24)}/{slug}/",
        "id": f"/news/{number}",
        "query": f"/index.php?newsid={number}",
        "shtml": f"/{section}/2026/11/24/a{number}.shtml",
        "code": f"/news/articles/c{number:x}{dice.choice('xyz')}{number % 97}d",
        "short": f"/news/{'-'.join(dice.sample(LATIN, 2))}",
        "percent": f"/{language}/news/{number}/{quote('-'.join(words[:5]))}",
    }
    return paths[address], headline


def form(layout: str, stories: list[tuple[str, str]], dice: random.Random) -> str:
    """Return the markup of a list of stories."""
    rows = "".join(_row(layout, path, title, dice) for path, title in stories)
    if layout == "table":
        return f"<table>{rows}</table>"
    if layout in ("ticker", "numbered"):
        tag = "ul" if layout == "ticker" else "ol"
        return f"<{tag}>{rows}</{tag}>"
    return f"<div class='list'>{rows}</div>"


def _row(layout: str, path: str, title: str, dice: random.Random) -> str:
    section, link = dice.choice(SECTIONS), f'<a href="{path}">{title}</a>'
    label = f'<a class="label" href="/{section}">{section.title()}</a>'
    match layout:
        case "cards":
            return (
                f'<div class="card">{label}<h3>{link}</h3>'
                '<a href="/author/nigar-bayramli">Nigar Bayramli</a>'
                f'<a href="{path}#comments">12 comments</a></div>'
            )
        case "wrapped":
            return (
                f'<a class="teaser" href="{path}"><h2>{title}</h2><p>Some words.</p>'
                '<time datetime="2026-11-24">today</time></a>'
            )
        case "table":
            return f"<tr><td>{link}</td><td>24.11.2026</td><td>{label}</td></tr>"
        case "ticker":
            return f'<li><span class="time">10:{dice.randint(10, 59)}</span> {link}</li>'
        case "picture":
            return (
                f'<div class="item"><a href="{path}"><img src="/i.jpg"></a>{link}'
                f'<a href="{path}" class="more">More »</a></div>'
            )
        case _:
            return f'<li class="most-read"><b>{dice.randint(1, 9)}</b>{link}</li>'


def around(main: str, language: str) -> str:
    """Return the whole page: stories, and everything that is none."""
    menu = "".join(f'<li><a href="/{each}">{each.title()}</a></li>' for each in SECTIONS)
    long = "".join(
        f'<li><a href="/special/{name}">{text}</a></li>'
        for name, text in (
            ("caspian-2026", "Special report: the Caspian Sea in 2026"),
            ("five-years-after-the-war", "Dossier: five years after the war"),
        )
    )
    return f"""<!DOCTYPE html><html lang="{language}"><head><title>Newsroom</title></head><body>
<header class="site-header">
<a href="/"><img src="/logo.svg" alt="Newsroom, the daily of the Caspian"></a>
<nav class="main-nav"><ul>{menu}{long}</ul></nav><a href="/az/">Azərbaycanca</a>
<a href="/login?return=/">Log in</a>
<a href="/subscribe">Subscribe to the best analysis of the week</a>
</header><main>{main}
<div class="promo">
<a href="/newsletter">Get our newsletter with the best of the day at six</a>
<a href="https://shop.example/books/atlas-of-the-sea-12345">The atlas of the Caspian Sea</a>
<a href="/live">Watch our live stream</a><a href="/weather/baku">Weather in Baku</a></div>
<div class="keywords"><a href="/tag/zangezur-corridor">Zangezur corridor</a>
<a href="/topic/energy-exports-of-the-region">Energy exports of the region</a></div>
<div class="pages">
<a href="/?page=2">2</a><a href="/page/3">3</a><a href="/archive">All news</a></div>
</main><footer><a href="/about-us">About the newsroom and the people who make it</a>
<a href="/contact">Contact</a><a href="/privacy-policy">Privacy policy</a>
<a href="/terms-of-use">Terms of use of this site</a><a href="/advertise">Advertise with us</a>
<a href="/rss">RSS</a></footer></body></html>"""
