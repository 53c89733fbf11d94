"""If everything fails at once, it is our network: one message, and no source is to blame."""

from dataclasses import replace
from datetime import timedelta

import pytest

from config.settings import FetchSettings
from crawler.fetch.client import Fetcher
from crawler.fetch.outage import Attempt, Network, NetworkDown, NetworkUp, judge_network
from crawler.fetch.outcome import Deferred, Failed, Fetched
from tests.crawler.fetch.servers import QUICK, answer, asking, fetching, serving
from tests.making import NOW


def attempts(story: str) -> list[Attempt]:
    """Read "a+ b-": host a answered, then, ten seconds later, host b did not."""
    steps = story.split()
    return [
        Attempt(
            host=step[:-1],
            at=NOW - timedelta(seconds=10 * (len(steps) - n)),
            reached=step.endswith("+"),
        )
        for n, step in enumerate(steps)
    ]


@pytest.mark.parametrize(
    ("story", "down"),
    [
        pytest.param("", False, id="nothing was asked"),
        pytest.param("a+ b+ c+", False, id="all answer"),
        pytest.param("a- b+ c- d-", False, id="one answered, then two did not"),
        pytest.param("a- a- a- a- a-", False, id="one host is down, again and again"),
        pytest.param("a- b-", False, id="too few to tell"),
        pytest.param("a- b- c-", True, id="nobody answers"),
        pytest.param("a+ b+ a- b- c-", True, id="nobody answers any more"),
        pytest.param("a- b- c- a+", False, id="somebody answers again"),
    ],
)
def test_our_network_is_down_when_nobody_answers(story: str, down: bool) -> None:
    verdict = judge_network(attempts(story), NOW)
    assert isinstance(verdict, NetworkDown if down else NetworkUp)


def test_the_message_says_since_when_and_how_many() -> None:
    verdict = judge_network(attempts("a+ a- b- c- b-"), NOW)
    assert verdict == NetworkDown(since=NOW - timedelta(seconds=40), hosts=3)


@pytest.mark.parametrize(
    ("lasted", "wait"), [(-60, 10), (0, 10), (3, 10), (45, 45), (120, 120), (86_400, 120)]
)
def test_whom_it_kept_from_asking_waits_about_as_long_as_it_has_lasted(
    lasted: float, wait: float
) -> None:
    down = NetworkDown(since=NOW, hosts=3)
    assert down.wait(NOW + timedelta(seconds=lasted)) == timedelta(seconds=wait)


def test_what_was_long_ago_says_nothing() -> None:
    assert judge_network(attempts("a- b- c-"), NOW + timedelta(minutes=6)) == NetworkUp()


@pytest.mark.parametrize(
    ("story", "down"),
    [
        pytest.param("a- b- c- near+", True, id="a near answer does not end it"),
        pytest.param("a- near+ b- near+ c-", True, id="nor keeps it from being seen"),
        pytest.param("a- near+ b- near+ c- near+ d+", False, id="a far answer ends it"),
        pytest.param("a+ near- near2- near3-", False, id="nor do near ones make it"),
        pytest.param("near- near2- near3-", True, id="they tell where they are all there is"),
        pytest.param("near- near2- near3- near+", False, id="and that it is over"),
        pytest.param("near- near2- near3- a+", False, id="so does one far away"),
    ],
)
def test_who_is_near_answers_whatever_becomes_of_the_line(story: str, down: bool) -> None:
    network = Network()
    notices = 0
    for attempt in attempts(story):
        before = network.verdict(attempt.at)
        network.note(replace(attempt, near=attempt.host.startswith("near")))
        notices += type(network.verdict(attempt.at)) is not type(before)
    assert isinstance(network.verdict(NOW), NetworkDown if down else NetworkUp)
    assert notices <= 2  # down and up again: it does not flip


@pytest.mark.parametrize(
    ("known", "story", "down"),
    [
        pytest.param("", "a- b- c-", True, id="nobody ever answered: all are heard"),
        pytest.param("", "a+ x- y- z-", False, id="three strangers die after one has answered"),
        pytest.param("a b c", "x- y- z-", False, id="after a start dead outlets fail first"),
        pytest.param("a b c", "x- a- b- y- c-", True, id="those who answered before fail, too"),
        pytest.param("", "a+ b+ c+ a- b- c-", True, id="those who answered just now fail"),
        pytest.param("", "a+ b+ c+ a- b- a- b-", False, id="two are dead, the third not asked"),
        pytest.param("", "a+ b+ c+ a- b+ b- c- a- b-", False, id="one was dead before"),
    ],
)
def test_only_who_answered_the_last_time_bears_witness(
    known: str, story: str, down: bool
) -> None:
    network = Network(known.split())
    for attempt in attempts(story):
        network.note(attempt)
    assert isinstance(network.verdict(NOW), NetworkDown if down else NetworkUp)


def test_while_it_is_down_the_probes_of_strangers_keep_their_distance_too() -> None:
    network = Network(["a", "b", "c"])
    for attempt in attempts("a- b- c-"):
        network.note(attempt)
    assert not network.keeps_back(NOW)
    network.note(Attempt(host="x", at=NOW, reached=False))
    assert network.keeps_back(NOW + timedelta(seconds=4))


async def test_after_a_start_dead_outlets_keep_nobody_from_asking() -> None:
    async with serving({"/": answer(b"<p>here</p>")}) as site:
        settings = FetchSettings(gap=timedelta(0), allow_private=("local",))
        fetcher = Fetcher(settings, limits=QUICK, known=[f"{site.url}/feed.xml"])
        for number in (11, 12, 13):
            dead = f"http://127.0.0.{number}:{site.port}/"  # nobody listens there
            assert isinstance(await fetcher.fetch(asking(dead)), Failed)
        assert isinstance(await fetcher.fetch(asking(f"{site.url}/")), Fetched)
        await fetcher.close()


def test_who_is_near_is_asked_on_while_the_line_is_down() -> None:
    network = Network()
    for attempt in attempts("a- b- c-"):
        network.note(replace(attempt, at=attempt.at + timedelta(seconds=10)))
    assert network.keeps_back(NOW)
    assert not network.keeps_back(NOW, near=True)
    assert network.verdict(NOW, near=True) == NetworkUp()
    assert isinstance(network.verdict(NOW), NetworkDown)


async def test_the_fetcher_tells_our_outage_from_theirs() -> None:
    hosts = [f"127.0.0.{number}" for number in (11, 12, 13)]
    now = [NOW]
    async with serving({}) as site, fetching(clock=lambda: now[0]) as fetcher:
        free_port = site.port  # nobody listens there on the other addresses
        for host in hosts:
            outcome = await fetcher.fetch(asking(f"http://{host}:{free_port}/"))
            assert isinstance(outcome, Failed)
        assert isinstance(fetcher.network(), NetworkDown)
        site.pages = {"/": answer(b"", status="500 Error")}
        at_once = await fetcher.fetch(asking(f"{site.url}/"))
        assert isinstance(at_once, Deferred)  # one attempt every few seconds is enough
        now[0] += timedelta(minutes=7)
        assert isinstance(fetcher.network(), NetworkDown)  # until somebody answers
        await fetcher.fetch(asking(f"{site.url}/"))
        assert fetcher.network() == NetworkUp()


async def test_row_55_circuits_that_our_outage_opened_are_closed_when_it_is_over() -> None:
    now = [NOW]
    async with serving({"/": answer(b"")}) as site, fetching(clock=lambda: now[0]) as fetcher:
        dead = [f"http://127.0.0.{number}:{site.port}/" for number in (11, 12, 13)]

        async def asked(url: str) -> bool:
            return not isinstance(await fetcher.fetch(asking(url)), Deferred)

        while await asked(dead[0]):  # until its circuit opens
            pass
        assert [await asked(url) for url in dead[1:]] == [True, True]
        assert isinstance(fetcher.network(), NetworkDown)
        now[0] += timedelta(seconds=6)
        assert await asked(f"{site.url}/")
        assert await asked(dead[0])
