"""If everything fails at once, it is our network: one message, and no source is to blame."""

from datetime import timedelta

import pytest

from crawler.fetch.outage import Attempt, NetworkDown, NetworkUp, judge_network
from crawler.fetch.outcome import Deferred, Failed
from tests.crawler.fetch.servers import answer, asking, fetching, serving
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


def test_what_was_long_ago_says_nothing() -> None:
    assert judge_network(attempts("a- b- c-"), NOW + timedelta(minutes=6)) == NetworkUp()


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
