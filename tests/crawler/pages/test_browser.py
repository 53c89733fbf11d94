"""A real browser shows every page, applies our style, and finds nothing to complain of."""

import asyncio
import os
import re
import shutil
import signal
from functools import partial
from pathlib import Path

import pytest

from alerts.judging import Judging
from crawler.pages.render import STYLE
from storage.judgements import Judgement, Verdict, judge
from storage.signing import make_key
from tests.browser import measure
from tests.crawler.pages.newsdesk import Desk, open_desk
from tests.making import NOW

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking",
    "--hide-scrollbars", "--enable-logging=stderr", "--no-first-run", "--disable-extensions",
)  # fmt: skip
PAGES = (
    "/",
    "/stories",
    "/stories/1",
    "/sources",
    "/sources/courier",
    "/rules",
    "/rules/zangezur-corridor",
    "/rules/zangezur-corridor/noise",
    "/search?q=Zangazur+NEAR/6+corridor",
    "/search?q=two+words",
    "/digests",
    "/digests/daily/2026-11-23T03:00:00Z/2026-11-24T03:00:00Z",
    "/outbox",
    "/nothing",
)


async def judge_some(desk: Desk) -> tuple[str, ...]:
    """Judge two matches, so that every page shows it; return the pages where that is done."""
    key = await desk.database.write(make_key)
    for article, verdict in ((1, Verdict.USEFUL), (2, Verdict.NOISE)):
        said = Judgement(article_id=article, rule_id="zangezur-corridor", verdict=verdict,
                         judge="digest daily", judged_at=NOW)  # fmt: skip
        await desk.database.write(partial(judge, judgement=said))
    mail = Judging(key=key, root="", where="digest daily")
    return tuple(mail.address(article, "zangezur-corridor") for article in (2, 3))


async def show(url: str, folder: Path, *options: str) -> tuple[str, str]:
    """Return what the browser made of a page, and what its console said."""
    assert CHROMIUM is not None
    process = await asyncio.create_subprocess_exec(
        CHROMIUM, *FLAGS, f"--user-data-dir={folder}", *options, url,
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE, start_new_session=True,
    )  # fmt: skip
    try:
        out, err = await asyncio.wait_for(process.communicate(), timeout=60)
    finally:
        if process.returncode is None:
            os.killpg(process.pid, signal.SIGKILL)
            await process.wait()
    return out.decode(), "\n".join(
        line for line in err.decode().splitlines() if "CONSOLE" in line
    )


@pytest.mark.browser
@pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed here")
async def test_the_browser_shows_every_page_without_a_complaint(tmp_path: Path) -> None:
    async with open_desk(tmp_path) as desk:
        for path in (*PAGES, *await judge_some(desk)):
            page, console = await show(desk.url + path, tmp_path / "profile", "--dump-dom")
            assert console == "", path
            assert "<h1" in page
        picture = tmp_path / "phone.png"
        sizes = ("--window-size=500,900", f"--screenshot={picture}")
        _, console = await show(desk.url + "/sources", tmp_path / "profile", *sizes)
        assert console == ""
        assert picture.stat().st_size > 10_000


@pytest.mark.browser
@pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed here")
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
async def test_every_page_fits_a_telephone_and_can_be_read(dark: bool, tmp_path: Path) -> None:
    async with open_desk(tmp_path) as desk:
        style = f"<style>{STYLE.decode()}</style>"
        link = '<link rel="stylesheet" href="/style.css">'
        paths = (*PAGES, *await judge_some(desk))
        pages = {
            path: (await desk.client.get(path)).text.replace(link, style) for path in paths
        }
    widths = (360, 1000, 1400)
    found = await asyncio.to_thread(measure, pages, tmp_path, widths=widths, dark=dark)
    for (path, width), facts in found.items():
        assert facts["dark"] is dark
        assert facts["full"] == width, path  # tables scroll in their own frame
        assert facts["faint"] == [], path
        assert facts["empty"] == [], path
        # Nothing is beyond the edge but the link for those who skip.
        beyond = [words for _, words, _ in facts["wide"] if words != "Skip to the content"]
        assert beyond == [], f"{path} at {width}"


@pytest.mark.browser
@pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed here")
async def test_the_policy_would_be_heard_if_it_were_broken(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text("<script>console.error('heard')</script>", encoding="utf-8")
    _, console = await show(page.as_uri(), tmp_path / "profile", "--dump-dom")
    assert "heard" in console


def colours(style: str) -> list[dict[str, str]]:
    """Return the colours of the light and of the dark scheme."""
    return [
        dict(re.findall(r"--([\w-]+): (#\w{6})", block)) for block in style.split("@media")[:2]
    ]


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(
    ("ink", "paper"),
    [
        ("ink", "paper"), ("ink", "card"), ("quiet", "paper"), ("quiet", "card"),
        ("link", "paper"), ("link", "card"), ("card", "link"), ("mark-ink", "mark"),
        ("bad", "bad-paper"), ("good", "good-paper"), ("warn", "warn-paper"),
        ("calm", "calm-paper"), ("ink", "bad-paper"), ("ink", "good-paper"),
        ("link", "bad-paper"),
    ],
)  # fmt: skip
def test_every_word_can_be_read_in_both_schemes(scheme: int, ink: str, paper: str) -> None:
    found = colours(STYLE.decode())[scheme]
    light, dark = sorted((luminance(found[ink]), luminance(found[paper])), reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= 4.5
