"""A match is judged by a POST to an address that only we can write, and by nothing else."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from alerts.judging import PATH, RULE_PAGE, STORY_PAGE, Judging
from storage.articles import StoredArticle, article_by_url
from storage.judgements import Judgement, Verdict, judge, judgements_since
from storage.signing import make_key
from storage.transaction import Transaction
from tests.crawler.pages.newsdesk import Desk, keep, open_desk
from tests.making import NOW, make_article

PUBLIC = """\
status: {token: env:TOKEN, public: 'https://watch.example.org/press'}
"""
RULE = "zangezur-corridor"
READER = {"authorization": "Bearer secret"}
EVER = NOW.replace(year=2000)


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    async with open_desk(tmp_path, settings=PUBLIC, environ={"TOKEN": "secret"}) as opened:
        await opened.database.write(make_key)
        yield opened


async def address(
    desk: Desk, article: int = 1, rule: str = RULE, where: str = "digest daily"
) -> str:
    key = await desk.database.write(make_key)
    return Judging(key=key, root="", where=where).address(article, rule)


async def said(desk: Desk) -> list[Judgement]:
    return await desk.database.read(lambda tx: judgements_since(tx, EVER))


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("end", ["", "/noise"])
async def test_row_98_looking_judges_nothing(desk: Desk, method: str, end: str) -> None:
    """Mail scanners follow every link of a mail."""
    host = {"host": "watch.example.org"}
    answer = await desk.client.request(method, await address(desk) + end, headers=host)
    assert answer.status_code == 200
    assert await said(desk) == []
    if method == "GET":
        assert "Diplomats discuss the Zangazur corridor" in answer.text
        assert '/noise">Noise</button>' in answer.text
        assert "form-action 'self'" in answer.headers["content-security-policy"]


@pytest.mark.parametrize("verdict", list(Verdict))
async def test_a_click_in_a_mail_judges_without_cookie_or_token(
    desk: Desk, verdict: Verdict
) -> None:
    answer = await desk.client.post(f"{await address(desk)}/{verdict}")
    assert (answer.status_code, "set-cookie" in answer.headers) == (200, False)
    assert f"Noted: {verdict}." in answer.text
    assert await said(desk) == [
        Judgement(
            article_id=1, rule_id=RULE, verdict=verdict, judge="digest daily", judged_at=NOW
        )
    ]


async def test_the_last_click_counts_and_none_takes_it_back(desk: Desk) -> None:
    where = await address(desk)
    for verdict in ("noise", "useful"):
        await desk.client.post(f"{where}/{verdict}")
    assert [each.verdict for each in await said(desk)] == [Verdict.USEFUL]
    assert "Was it worth telling" in (await desk.client.post(f"{where}/none")).text
    assert await said(desk) == []


async def test_row_98_an_address_opens_its_own_match_and_nothing_else(desk: Desk) -> None:
    ours = await address(desk)
    for wrong in (
        ours[:-1],
        PATH + "A" * 400,
        PATH + "é",
        Judging(key=b"guess", root="", where="digest daily").address(1, RULE),
        await address(desk, rule="diplomats"),
        await address(desk, article=99),
    ):
        assert (await desk.client.post(f"{wrong}/noise")).status_code == 404, wrong
    assert (await desk.client.post(f"{ours}/rubbish")).status_code == 404
    assert (await desk.client.post(ours)).status_code == 405
    for method in ("PUT", "DELETE", "PATCH"):
        assert (await desk.client.request(method, f"{ours}/noise")).status_code == 405
    assert await said(desk) == []


async def test_a_way_out_of_a_digest_judges_nothing_and_the_other_way_round(desk: Desk) -> None:
    ours = await address(desk)
    way_out = "/unsubscribe/" + ours.removeprefix(PATH)
    assert (await desk.client.post(way_out)).status_code == 404


async def test_a_rule_that_matched_another_article_of_the_story_is_judged_there(
    desk: Desk,
) -> None:
    """A digest shows a story by one article, and names every rule that matched the story."""
    persian = await address(desk, article=2)
    await desk.client.post(f"{persian}/noise")
    assert [each.article_id for each in await said(desk)] == [2]


async def test_a_story_is_judged_on_its_page_and_the_page_says_by_whom(desk: Desk) -> None:
    page = (await desk.client.get("/stories/1", headers=READER)).text
    where = f"/press{await address(desk, where=STORY_PAGE)}"
    assert f'formaction="{where}/noise"' in page
    answer = await desk.client.post(f"{where}/noise")
    assert (answer.status_code, answer.headers["location"]) == (303, "/press/stories/1#judge-1")
    page = (await desk.client.get("/stories/1", headers=READER)).text
    assert f"{STORY_PAGE}</bdi>" in page
    line = (await desk.client.get("/api/stories/1", headers=READER)).json()["articles"][0]
    (judged,) = [each for each in line["judging"] if each["rule_id"] == RULE]
    assert (judged["verdict"], judged["judge"]) == ("noise", STORY_PAGE)


async def test_the_page_of_a_rule_shows_its_precision_and_what_was_judged(desk: Desk) -> None:
    page = (await desk.client.get(f"/rules/{RULE}", headers=READER)).text
    assert "Say which were worth telling" in page
    where = f"/press{await address(desk, where=RULE_PAGE)}"
    assert f'formaction="{where}/useful"' in page
    answer = await desk.client.post(f"{where}/useful")
    assert answer.headers["location"] == f"/press/rules/{RULE}#latest"
    page = (await desk.client.get(f"/rules/{RULE}", headers=READER)).text
    assert "1 of 1 judged useful, precision 100% (21% to 100%)" in page
    assert 'class="said" aria-pressed="true">Useful' in page
    assert "21–100 %, 1 judged" in (await desk.client.get("/rules", headers=READER)).text


async def test_a_page_without_judgements_has_no_column_for_them(desk: Desk) -> None:
    assert "Precision" not in (await desk.client.get("/rules", headers=READER)).text


async def test_a_headline_is_text(desk: Desk) -> None:
    answer = await desk.client.get(await address(desk, article=4, rule="markup"))
    assert answer.status_code == 200
    assert "<script" not in answer.text


async def test_the_page_of_a_rules_noise_proposes_a_line_and_shows_what_it_would_cost(
    desk: Desk,
) -> None:
    """Nine stories of a cup are noise, nine are useful, and one of the cup nobody judged."""
    live = desk.state.live()
    texts = [*["The Football Cup was won"] * 10, *["A pass was opened"] * 9]

    def fill(tx: Transaction) -> None:
        for number, text in enumerate(texts):
            own = chr(ord("a") + number)  # letters only: figures would be numbers they share
            words = " ".join(f"{own}{chr(ord('a') + each)}{own}ord" for each in range(26))
            article = make_article(
                f"{text} {words}.",
                headline=f"Diplomats {number}",
                url=f"https://courier.example/cup/{number}",
                source_id="courier",
            )
            keep(tx, live, article, NOW - timedelta(minutes=30 - number))
            stored = article_by_url(tx, article.url)
            assert isinstance(stored, StoredArticle)
            verdict = Verdict.NOISE if number < 10 else Verdict.USEFUL
            said = Judgement(article_id=stored.id, rule_id="diplomacy", verdict=verdict,
                             judge="", judged_at=NOW)  # fmt: skip
            if number:
                judge(tx, said)

    assert (
        "Too little to tell"
        in (await desk.client.get("/rules/diplomacy/noise", headers=READER)).text
    )
    await desk.database.write(fill)
    page = (await desk.client.get("/rules/diplomacy/noise", headers=READER)).text
    assert "9 stories judged noise, 9 useful" in page
    assert "not: &#39;&#34;Football Cup&#34;&#39;" in page
    found = (await desk.client.get("/api/rules/diplomacy/noise", headers=READER)).json()
    assert (found["terms"][0]["noise"], found["terms"][0]["useful"]) == (9, 0)
    assert found["ceases"] == 10, "the one that nobody judged, too"
    assert (
        "What keeps the noise out?"
        in (await desk.client.get("/rules/diplomacy", headers=READER)).text
    )
    assert (await desk.client.get("/rules/none/noise", headers=READER)).status_code == 404
