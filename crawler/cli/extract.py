"""`presswatch extract`: read one page and print its article."""

import asyncio
import sys
from pathlib import Path
from urllib.parse import urlsplit

import click

from config.source import Source
from crawler.cli.places import ADDRESS, FOUND_PROBLEMS, WRONG_USE, ZONE, as_json, leave, places
from crawler.cli.store import live_config
from crawler.clock import utc_now

_FETCHED = ("http://", "https://")


@click.command()
@click.argument("page")
@click.option("--url", type=ADDRESS, help="The page's address, where PAGE is a file.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="text: in the shape of a printed article. json: every field with its provenance.",
)
@click.option(
    "--source", "source_id", help="Id of a configured source: its zone, its selectors."
)
@click.option(
    "--timezone", type=ZONE, help="IANA zone of the page's own times, where it names none."
)
@click.option("--explain", is_flag=True, help="Show each field's candidates and why one won.")
@places
def extract(  # noqa: PLR0913 - one parameter per option of the command
    page: str,
    url: str | None,
    form: str,
    source_id: str | None,
    timezone: str | None,
    explain: bool,
    config_dir: Path,
    data_dir: Path,
) -> None:
    """Read PAGE, a URL or a file ("-" for standard input), and print its article.

    Exit status 1: the page is no article (the reason is said), or cannot be fetched.
    """
    from crawler.extract import explain_article
    from crawler.extract.json import to_json
    from crawler.extract.text import to_text

    source = find_source(source_id, timezone, url or page, config_dir)
    body, address, content_type = read_page(page, url, source)
    now = utc_now()
    fetched_at = now if page.startswith(_FETCHED) else None  # a file may be of any day
    article, notes = explain_article(
        body,
        address,
        now=now,
        fetched_at=fetched_at,
        content_type=content_type,
        source=source,
    )
    if explain:
        from crawler.extract.candidates import render_candidates

        click.echo(render_candidates(article, notes))
    elif form == "json":
        click.echo(as_json(to_json(article)))
    else:
        click.echo(to_text(article), nl=False)
    if article.not_article:
        leave(f"{address}: no article: {article.not_article}", FOUND_PROBLEMS)


def find_source(
    source_id: str | None, timezone: str | None, address: str, config_dir: Path
) -> Source | None:
    """Return the configured source, or one made of the zone alone; None: neither is named."""
    if source_id:
        known = {each.id: each for each in live_config(config_dir).config.sources}
        if source_id not in known:
            leave(f"no source is called {source_id!r}; there are {', '.join(known)}", WRONG_USE)
        return known[source_id]
    if timezone:
        host = urlsplit(address).hostname or "page"
        return Source(id=host, url=address, name=host, timezone=timezone)
    return None


def read_page(
    page: str, url: str | None, source: Source | None
) -> tuple[bytes, str, str | None]:
    """Return bytes, address and content type of a file, of standard input or of a URL."""
    if page == "-":
        return sys.stdin.buffer.read(), url or "about:blank", None
    if page.startswith(_FETCHED):
        return fetch_page(page, source)
    if "://" in page:
        leave(f"{page}: only http and https addresses are fetched", WRONG_USE)
    path = Path(page)
    try:
        body = path.read_bytes()
    except OSError as error:
        leave(f"{page}: cannot be read: {error.strerror}", WRONG_USE)
    return body, url or path.absolute().as_uri(), None


def fetch_page(url: str, source: Source | None) -> tuple[bytes, str, str | None]:
    """Fetch one page as the daemon would, robots.txt and private addresses included."""
    from config.settings import FetchSettings
    from crawler.fetch.client import Fetcher
    from crawler.fetch.outcome import Fetched, FetchKind, FetchRequest, Outcome, reason_of

    host = urlsplit(url).hostname or url

    async def fetched() -> Outcome:
        fetcher = Fetcher(FetchSettings())
        try:
            asked = source or Source(id=host, url=url, name=host)
            return await fetcher.fetch(FetchRequest(url=url, kind=FetchKind.PAGE, source=asked))
        finally:
            await fetcher.close()

    outcome = asyncio.run(fetched())
    if not isinstance(outcome, Fetched):
        reason = reason_of(outcome)
        hint = "; save the page, and name the file" if "private address" in reason else ""
        leave(f"{url}: {reason}{hint}", FOUND_PROBLEMS)
    return outcome.body, outcome.url, outcome.content_type
