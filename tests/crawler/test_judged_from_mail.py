"""What a mail told is judged from that mail: the whole way, from the page to the precision."""

import re
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import httpx
import pytest
from selectolax.lexbor import LexborHTMLParser

from alerts.delivery.dispatcher import Dispatcher
from alerts.digest.due import Window
from config.digest import Digest
from crawler.digesting import bring_out_now
from crawler.pages.app import make_pages
from storage.judgements import judgements_since
from tests.crawler.newsdesk import HOUR, Desk, article, feed, item, watching
from tests.crawler.pages.newsdesk import DeskState
from tests.making import NOW

PUBLIC = "status: {public: 'https://watch.example.org/press'}"
LINK = re.compile(r"https://watch\.example\.org/press(/judge/[\w-]+)")
DAILY = Digest(id="daily", name="Daily", to=("a@desk.example",))
DAY = Window(start=NOW - 9 * HOUR, end=NOW + 9 * HOUR)


async def alerted(desk: Desk) -> None:
    """Let one article be found, and its alert and a digest be delivered."""
    desk.pages["/feed.xml"] = feed(item(desk.show("/1.html", article(1))))
    await desk.look()
    assert await bring_out_now(desk.app.press, DAILY, span=9 * HOUR) == 1
    dispatcher: Dispatcher = desk.app.dispatcher
    await dispatcher.step()


def mails(desk: Desk) -> list[EmailMessage]:
    files = sorted(path for path in desk.app.places.mail.rglob("*") if path.is_file())
    return [message_from_bytes(path.read_bytes(), policy=policy.default) for path in files]


def bodies(mail: EmailMessage) -> list[str]:
    return [part.get_content() for part in mail.walk() if part.get_content_maintype() == "text"]


@pytest.mark.parametrize(
    ("name", "list_id"), [("channel duty-mail", "alerts"), ("digest daily", "daily")]
)
async def test_a_link_of_a_mail_judges_the_match_that_it_told(
    tmp_path: Path, name: str, list_id: str
) -> None:
    async with watching(tmp_path, settings=PUBLIC) as desk:
        await alerted(desk)
        (mail,) = [each for each in mails(desk) if f"<{list_id}." in str(each["List-Id"])]
        links = {link for body in bodies(mail) for link in LINK.findall(body)}
        assert len(links) == 1, "the text and the page lead to one address"
        state = DeskState(live=desk.app.live, health=desk.app.health)
        transport = httpx.ASGITransport(app=make_pages(desk.app.database, state))
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as web:
            assert "Report 1 on the corridor" in (await web.get(*links)).text
            assert (await web.post(f"{links.pop()}/noise")).status_code == 200
        page = (await desk.app.press.preview(DAILY, DAY)).written
        for body in (page.text, LexborHTMLParser(page.html).body.text()):  # type: ignore[union-attr]  # a page has one
            assert "corridor: 0 of 1 judged useful, 0% (95 %: 0% to 79%)" in body
        (said,) = await desk.app.database.read(
            lambda tx: judgements_since(tx, NOW.replace(year=2000))
        )
        assert (said.rule_id, said.verdict, said.judge) == ("corridor", "noise", name)


@pytest.mark.parametrize("settings", ["", "status: {public: 'http://watch.example.org'}"])
async def test_without_a_public_https_address_no_mail_has_such_a_link(
    tmp_path: Path, settings: str
) -> None:
    async with watching(tmp_path, settings=settings) as desk:
        await alerted(desk)
        told = mails(desk)
        assert len(told) == 2
        assert not any("/judge/" in body for mail in told for body in bodies(mail))
