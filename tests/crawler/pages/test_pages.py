"""Every page and its JSON are given over real HTTP, and what outlets wrote stays text."""

from datetime import timedelta
from functools import partial
from itertools import pairwise
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from alerts.explaining.plan import Difference, Plan, RulePlan
from crawler.health import Edit
from crawler.live.configuration import Holder
from crawler.pages.guard import HEADERS
from crawler.pages.story import MOST_EDITS
from crawler.watch.ingest import Ingest
from storage.errors import DatabaseFull
from storage.found import Found
from storage.ledger import Waiting
from storage.noting import note_links
from storage.prepared import prepare
from storage.revising import Revised
from storage.signing import make_key
from storage.storing import Stored, store_article
from storage.transaction import Transaction
from tests.crawler.pages.newsdesk import Desk, open_desk
from tests.making import NOW, make_article

PAGES = [
    "/",
    "/stories",
    "/stories?matched=1",
    "/stories?rule=zangezur-corridor",
    "/stories?source=herald",
    "/stories/1",
    "/stories/2",
    "/sources",
    "/sources/courier",
    "/sources/payam",
    "/sources/herald",
    "/sources/kaspiy",
    "/sources/rest",
    "/rules",
    "/rules/zangezur-corridor",
    "/rules/markup",
    "/search",
    "/search?q=Zangazur+NEAR/6+@corridor",
    "/search?q=a+b",
    "/digests",
    "/outbox",
    "/outbox?state=dead",
]


async def test_every_page_is_given_and_carries_our_headers(desk: Desk) -> None:
    for path in PAGES:
        answer = await desk.client.get(path)
        assert answer.status_code == 200, path
        assert answer.headers["content-type"] == "text/html; charset=utf-8"
        for name, value in HEADERS.items():
            assert answer.headers[name] == value
        assert answer.text.count("<h1") == 1


async def test_row_59_what_outlets_wrote_never_becomes_markup(desk: Desk) -> None:
    for path in [*PAGES, *(f"/stories/{number}" for number in range(1, 6))]:
        text = (await desk.client.get(path)).text
        assert "<script" not in text
        assert "50337" not in text  # what {{7*7191}} would come to
        assert 'href="javascript:' not in text
        assert "onmouseover=" not in text.replace("&#34;onmouseover=", "")
        assert ' onload="' not in text


async def test_row_59_a_browser_is_told_to_run_load_and_tell_nothing(desk: Desk) -> None:
    for path in ("/", "/stories/1", "/api/overview", "/nothing"):
        told = (await desk.client.get(path)).headers
        policy = told["content-security-policy"]
        assert policy.startswith("default-src 'none';")
        assert not [word for word in ("*", "unsafe", "http") if word in policy]
        assert told["x-content-type-options"] == "nosniff"
        assert told["referrer-policy"] == "no-referrer"


async def test_the_overview_says_what_needs_a_look(desk: Desk) -> None:
    found = (await desk.client.get("/api/overview")).json()
    assert found["sources"] == {"well": 1, "failing": 1, "silent": 1, "new": 1, "resting": 1}
    assert found["outbox"] == {"sent": 1, "dead": 1, "pending": 1}
    what = [(trouble["who"], trouble["what"]) for trouble in found["troubles"]]
    assert what == [("", "Dead letters"), ("Aras Herald", "failing"), ("پیام خزر", "silent")]
    assert sum(found["articles_by_hour"]) == found["stored"]["articles"] == 5, "no canary"
    assert len(found["articles_by_hour"]) == 24


async def test_sources_are_found_by_condition_and_by_name(desk: Desk) -> None:
    for asked, names in (
        ("condition=failing", ["herald"]),
        ("name=CASPIAN", ["courier"]),
        ("condition=failing&name=caspian", []),
    ):
        listed = (await desk.client.get(f"/api/sources?{asked}")).json()["sources"]
        assert [each["id"] for each in listed] == names, asked
    found = (await desk.client.get("/api/sources")).json()
    assert found["conditions"] == {"well": 1, "failing": 1, "silent": 1, "new": 1, "resting": 1}
    assert (await desk.client.get("/sources?condition=ill")).status_code == 400


async def test_a_story_shows_copies_edits_evidence_and_who_was_told(desk: Desk) -> None:
    lines = (await desk.client.get("/api/stories?rule=zangezur-corridor")).json()["stories"]
    line = next(each for each in lines if each["language"] == "en")
    assert [outlet["name"] for outlet in line["outlets"]][:1] == ["Caspian Courier"]
    assert [rule["id"] for rule in line["rules"]] == ["zangezur-corridor", "diplomacy"]
    story = (await desk.client.get(f"/api/stories/{line['id']}")).json()
    first = story["articles"][0]
    (revision,) = first["revisions"]
    assert revision["silent"] is True
    marks = {
        piece["text"]: piece["mark"]
        for change in revision["changes"]
        for piece in change["pieces"]
    }
    assert (marks["3"], marks["5"]) == ("gone", "new")
    page = (await desk.client.get(f"/stories/{line['id']}")).text
    assert "<del>3</del><ins>5</ins> bridges" in page
    assert "<mark>" in page


async def test_a_sentence_of_many_copies_is_quoted_once(desk: Desk) -> None:
    ingest = Ingest(desk.database, Holder(desk.state.live()))
    text = (
        "The Zangezur corridor is to open in spring, said the ministry of roads on Friday.\n\n"
        "Twelve bridges and four stations have been built there since the year before last."
    )
    told: set[int] = set()
    for number in range(3):
        url = f"https://courier.example/copy/{number}"
        page = prepare(make_article(text, url=url))
        link = Waiting(
            url=url, source_id="courier", way="", attempts=1, article_id=None,
            title="", published=None, noted_at=NOW,
        )  # fmt: skip
        kept = await ingest.take(page, link, NOW)
        assert isinstance(kept, Stored)
        told.add(kept.story_id)
    (story_id,) = told
    story = (await desk.client.get(f"/api/stories/{story_id}")).json()
    quotes = [quote for article in story["articles"] for quote in article["quotes"]]
    assert [quote["again"] for quote in quotes if "¶" in quote["place"]] == [False, True, True]
    page_text = (await desk.client.get(f"/stories/{story_id}")).text
    assert page_text.count("1 sentence as above") == 2
    assert page_text.count("<q>") == 1


async def test_a_story_of_many_edits_shows_the_newest(desk: Desk) -> None:
    versions = [
        make_article(f"{1000 + number} ships lie in the harbour of Baku, the port said.")
        for number in range(MOST_EDITS + 3)
    ]
    *_, done = [
        await desk.database.write(partial(store_article, prepared=prepare(each), now=NOW))
        for each in versions
    ]
    assert isinstance(done, Revised)
    story = (await desk.client.get(f"/api/stories/{done.story_id}")).json()
    (shown,) = story["articles"]
    edits = [each["revision"] for each in shown["revisions"]]
    assert edits == list(range(4, MOST_EDITS + 4))
    assert shown["earlier_edits"] == 2
    page = (await desk.client.get(f"/stories/{done.story_id}")).text
    assert "2 earlier edits not shown" in page


async def test_a_story_answers_why_a_rule_did_not_tell_of_it(desk: Desk) -> None:
    lines = (await desk.client.get("/api/stories?rule=zangezur-corridor")).json()["stories"]
    line = next(each for each in lines if each["language"] == "en")
    asked = f"/stories/{line['id']}?why=markup"
    story = (await desk.client.get(f"/api{asked}")).json()
    fires = {each["fires"] for each in story["whys"]}
    assert fires == {False}
    assert all(each["lacks"] for each in story["whys"])
    page = (await desk.client.get(asked)).text
    assert "It would hold if you" in page
    unknown = await desk.client.get(f"/stories/{line['id']}?why=nobody")
    assert (unknown.status_code, "There is no rule nobody" in unknown.text) == (404, True)


async def test_a_story_says_of_each_match_who_was_told_or_why_nobody_was(desk: Desk) -> None:
    lines = (await desk.client.get("/api/stories?rule=zangezur-corridor")).json()["stories"]
    story = (await desk.client.get(f"/api/stories/{lines[0]['id']}")).json()
    said = [each for match in story["articles"][0]["matches"] for each in match["said"]]
    assert said
    assert all(each["what"] for each in said)


async def test_a_query_finds_articles_in_any_script_with_the_words_marked(desk: Desk) -> None:
    answer = await desk.client.get(
        "/api/search", params={"q": "(Zangazur OR زنگزور) NEAR/6 @corridor"}
    )
    found = answer.json()
    assert found["complete"] is True
    assert {hit["language"] for hit in found["hits"]} == {"en", "fa"}
    assert all(hit["quotes"] for hit in found["hits"])


async def test_a_query_that_the_index_cannot_narrow_is_answered_by_the_matcher(
    desk: Desk,
) -> None:
    found = (await desk.client.get("/api/search", params={"q": "source:courier"})).json()
    assert [hit["outlet"]["id"] for hit in found["hits"]] == ["courier"]


async def test_a_mistake_in_a_query_is_explained(desk: Desk) -> None:
    for query, code in (
        ("Zangezur corridor", "E103"),
        ("a AND b OR c", "E104"),
        ('"a', "E101"),
        ("@nothing", "E120"),
    ):
        page = await desk.client.get("/search", params={"q": query})
        assert page.status_code == 200
        assert code in page.text
        answer = await desk.client.get("/api/search", params={"q": query})
        assert answer.json()["complaints"][0]["message"].startswith(code)


async def test_stories_are_paged_without_loss_or_repetition(desk: Desk) -> None:
    whole = [each["id"] for each in (await desk.client.get("/api/stories")).json()["stories"]]
    paged, before = [], ""
    while True:
        page = (
            await desk.client.get("/api/stories", params={"limit": 1, "before": before})
        ).json()
        paged += [each["id"] for each in page["stories"]]
        if page["next"] is None:
            break
        before = page["next"]
    assert paged == whole
    assert len(whole) >= 3


STRANGE = (
    ("/nothing", 404),
    ("/stories/999", 404),
    ("/stories/99999999999999999999999", 404),
    ("/stories/x", 404),
    ("/sources/nobody", 404),
    ("/rules/%2e%2e%2fetc%2fpasswd", 404),
    ("/digests/daily/x/y", 404),
    ("/digests/daily/2026-11-20T03:00:00Z/2026-11-21T03:00:00Z", 404),
    ("/stories?limit=0", 400),
    ("/stories?limit=²", 400),
    ("/stories?before=soon", 400),
    ("/stories?before=1-99999999999999999999999", 400),
    ("/outbox?state=lost", 400),
    ("/search?q=" + "a" * 2001, 400),
    ("/search?q=a%0Ab", 400),
)


async def test_a_strange_question_gets_a_plain_answer(desk: Desk) -> None:
    for path, status in STRANGE:
        answer = await desk.client.get(path)
        assert answer.status_code == status, path
        assert "Traceback" not in answer.text
        as_json = await desk.client.get(f"/api{path}")
        assert as_json.status_code == status
        assert as_json.headers["content-type"] == "application/json"
    assert (await desk.client.get("/%2e%2e/%2e%2e/etc/passwd")).status_code == 404


async def test_a_digest_can_be_read_as_it_was_sent(desk: Desk) -> None:
    (issue,) = (await desk.client.get("/api/digests")).json()["issues"]
    path = f"/digests/daily/{issue['start_text']}/{issue['end_text']}"
    page = await desk.client.get(path)
    assert page.status_code == 200
    assert "[urgent] &lt;script&gt;" in page.text
    assert path in (await desk.client.get("/digests")).text


async def test_the_way_of_an_article_is_measured(desk: Desk) -> None:
    found = (await desk.client.get("/api/sources/courier")).json()
    assert found["week"]["seen"]["spread"] == {"count": 1, "p50": 180.0, "p95": 180.0}
    assert found["week"]["matched"]["spread"]["p50"] == 60.0
    assert found["week"]["delivered"]["spread"]["p50"] > 0
    assert not any(found["source"]["promise"][stage]["broken"] for stage in ("seen", "matched"))


async def test_the_canary_is_no_news(desk: Desk) -> None:
    for path in ("/", "/stories", "/stories?matched=1"):
        assert "Canary of" not in (await desk.client.get(path)).text


async def test_machines_are_told_whether_it_lives_and_works(desk: Desk) -> None:
    assert (await desk.client.get("/healthz")).text == "alive\n"
    answer = await desk.client.get("/readyz")
    wrong = [check["name"] for check in answer.json()["checks"] if not check["ok"]]
    # kaspiy has been due since the start, and so has a message: nobody runs the daemon here
    assert wrong == ["polling", "delivery"]
    assert answer.status_code == 503


async def test_prometheus_can_read_the_figures_and_each_article_counts_once(desk: Desk) -> None:
    first = (await desk.client.get("/metrics")).text
    assert 'presswatch_outbox_messages{state="dead"} 1.0' in first
    assert 'presswatch_sources{condition="silent"} 1.0' in first
    assert "presswatch_published_to_seen_seconds_bucket" in first
    assert "herald" not in first
    desk.state.health.workload.answers.update({"done": 3, "parse_timeout": 1})
    assert (
        'presswatch_worker_answers_total{outcome="done"} 3.0'
        in (await desk.client.get("/metrics")).text
    )
    again = (await desk.client.get("/metrics")).text
    assert figures(again) == figures(first) | {
        'presswatch_worker_answers_total{outcome="done"} 3.0',
        'presswatch_worker_answers_total{outcome="parse_timeout"} 1.0',
    }


def figures(text: str) -> set[str]:
    """Return our own lines of what Prometheus reads, but for when a series began."""
    ours = (line for line in text.splitlines() if line.startswith("presswatch_"))
    return {line for line in ours if "_created" not in line}


async def test_who_burns_its_promise_is_named_stage_by_stage(desk: Desk) -> None:
    def let_wait(tx: Transaction) -> None:
        links = [Found(url=f"https://herald.example/{n}", way="w") for n in range(9)]
        note_links(tx, "herald", links, NOW - timedelta(hours=3))

    await desk.database.write(let_wait)
    metrics = (await desk.client.get("/metrics")).text
    assert 'presswatch_promise_burn{source="herald",stage="matched"} 16.36' in metrics
    assert 'presswatch_sources_late{stage="matched"} 1.0' in metrics
    assert 'presswatch_sources_late{stage="delivered"} 0.0' in metrics
    words = "9 of 11 articles were read later than 10 min after they were seen"
    assert words in (await desk.client.get("/")).text
    assert words in (await desk.client.get("/sources/herald")).text
    late = (await desk.client.get("/api/sources?condition=late")).json()
    assert [each["id"] for each in late["sources"]] == ["herald"]


async def test_a_step_that_fails_and_a_loop_that_is_held_up_are_told(desk: Desk) -> None:
    desk.state.health.failing.failed("deliver", DatabaseFull("the disk is full"))
    desk.state.health.pulse.beat(now=107.0, due=100.0)
    checks = {
        each["name"]: each for each in (await desk.client.get("/readyz")).json()["checks"]
    }
    assert checks["steps"]["words"] == "deliver: the disk is full"
    assert checks["loop"]["words"] == "woke at most 7,000 ms late in the last minute"
    assert "presswatch_loop_late_seconds 7.0" in (await desk.client.get("/metrics")).text


async def test_row_88_a_database_moved_from_under_the_daemon_is_named(desk: Desk) -> None:
    path = desk.database.path
    path.rename(path.with_name("elsewhere"))
    answer = await desk.client.get("/readyz")
    checks = {each["name"]: each for each in answer.json()["checks"]}
    assert (answer.status_code, checks["writing"]["ok"]) == (503, False)
    assert f"{path} was removed or moved away" in checks["writing"]["words"]


async def test_while_our_own_network_is_down_no_source_is_blamed(desk: Desk) -> None:
    before = (await desk.client.get("/api/overview")).json()["troubles"]
    assert {"failing", "silent"} & {each["what"] for each in before}
    desk.state.health.network_down_since = NOW
    troubles = (await desk.client.get("/api/overview")).json()["troubles"]
    whats = {each["what"] for each in troubles}
    assert "Our network is down" in whats
    assert not {"failing", "silent"} & whats
    answer = await desk.client.get("/readyz")
    checks = {each["name"]: each for each in answer.json()["checks"]}
    assert (answer.status_code, checks["network"]["ok"]) == (503, False)
    assert checks["network"]["words"].startswith("nobody answers since 24 Nov 07:00 UTC")


@pytest.mark.parametrize("path", PAGES)
async def test_who_does_not_see_the_page_finds_the_way_through_it(
    desk: Desk, path: str
) -> None:
    tree = LexborHTMLParser((await desk.client.get(path)).text)
    levels = [int((each.tag or "h0")[1]) for each in tree.css("h1, h2, h3, h4, h5, h6")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(below - above <= 1 for above, below in pairwise(levels)), levels
    assert all(len(tree.css(part)) == 1 for part in ("header", "main", "footer"))
    assert all(each.attributes.get("aria-label") for each in tree.css("nav"))
    assert all(each.css_first("caption") or each.css("th[scope]") for each in tree.css("table"))
    named = {each.attributes["for"] for each in tree.css("label[for]")}
    wrapped = {each.mem_id for each in tree.css("label input")}
    for field in tree.css("input:not([type=hidden]), select, textarea"):
        assert field.attributes.get("id") in named or field.mem_id in wrapped, field.html


SECRETIVE = """
channels:
  - {id: duty-mail, kind: email, to: d@b.example, default: true}
  - {id: ops, kind: webhook, url: env:HOOK, secrets: [env:KEY], default: true}
  - {id: late, kind: slack, url: env:CHAT}
"""
SECRETS = {
    "CHAT": "https://chat.example/key-of-the-chat",
    "HOOK": "https://ops.example/key-of-the-hook",
    "KEY": "whsec_a2V5LW9mLXRoZS1zaWduYXR1cmVz",
    "MAIL": "password-of-the-mail",
    "TOKEN": "token-of-the-pages",
}


async def test_no_payload_and_no_secret_is_shown(tmp_path: Path) -> None:
    settings = (
        "status: {token: env:TOKEN, public: 'https://watch.example/'}\n"
        "mail: {host: mail.example, user: presswatch, password: env:MAIL}\n"
    )
    async with open_desk(
        tmp_path, settings=settings, channels=SECRETIVE, environ=SECRETS
    ) as desk:
        key = await desk.database.write(make_key)
        kept = ("not for the page", key.hex(), *SECRETS.values())
        desk.client.headers["authorization"] = f"Bearer {SECRETS['TOKEN']}"
        told = [f"/api{path}" if path != "/" else "/api/overview" for path in PAGES]
        for path in (*PAGES, *told, "/metrics", "/readyz", "/api/openapi.json"):
            answer = await desk.client.get(path)
            assert answer.status_code != 404, path
            assert not [each for each in kept if each in answer.text], path
        assert "ops" in (await desk.client.get("/outbox")).text


async def test_a_closed_database_is_said_plainly(tmp_path: Path) -> None:
    async with open_desk(tmp_path) as desk:
        await desk.database.close()
        answer = await desk.client.get("/stories")
        assert answer.status_code == 503
        assert (await desk.client.get("/api/stories")).json()["error"]
        assert (await desk.client.get("/healthz")).status_code == 200


async def test_the_rules_page_shows_what_a_waiting_edit_would_change(desk: Desk) -> None:
    assert (await desk.client.get("/api/rules")).json()["edit"] is None
    hits = tuple(
        Difference(article_id=n, headline=f"Headline {n}", seen_at=NOW, evidence=())
        for n in range(1, 8)
    )
    found = RulePlan(rule_id="diplomacy", newly=hits, ceases=hits[:1])
    plan = Plan(rules=(found,), articles=60, most_new_in_a_day=7)
    desk.state.health.edit = Edit(at=NOW, plan=plan, waiting=True)
    edit = (await desk.client.get("/api/rules")).json()["edit"]
    (rule,) = edit["rules"]
    assert (rule["newly"], rule["ceases"]) == (7, 1)
    assert [hit["headline"][0]["text"] for hit in rule["newly_first"]][:2] == [
        "Headline 7", "Headline 6"
    ]  # fmt: skip
    assert rule["ceases_first"][0]["story_id"] == 1
    page = (await desk.client.get("/rules")).text
    assert "What the waiting edit would change" in page
    assert "and 2 earlier" in page


async def test_a_digest_links_its_addresses_and_keeps_a_story_together(desk: Desk) -> None:
    (issue,) = (await desk.client.get("/api/digests")).json()["issues"]
    path = f"/digests/daily/{issue['start_text']}/{issue['end_text']}"
    page = (await desk.client.get(path)).text
    address = "https://courier.example/world/diplomats"
    assert f'Courier\n<a href="{address}" rel="noreferrer noopener">{address}</a></p>' in page
    assert '<p class="lone"><b>TRANSPORT</b></p>' in page


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("LEYLA", ["zangezur-corridor"]),
        ("diplo", ["diplomacy"]),
        ("", ["zangezur-corridor", "diplomacy", "markup"]),
        ("nobody", []),
    ],
)
async def test_a_rule_is_found_by_its_name_id_or_owner(
    name: str, found: list[str], desk: Desk
) -> None:
    answer = (await desk.client.get("/api/rules", params={"name": name})).json()
    assert [rule["id"] for rule in answer["rules"]] == found
    page = (await desk.client.get("/rules", params={"name": name})).text
    assert ("There is none like this" in page) is not bool(found)
