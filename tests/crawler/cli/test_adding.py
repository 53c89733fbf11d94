"""`sources add` looks at a site and writes an entry that is good where it is written."""

import json
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from config.load import load_config
from crawler.watch.adding import NotAddedError, add_entry, free_id
from tests.crawler.fetch.servers import Page, Site, answer, serving
from tests.crawler.running import Ended, run_command
from tests.making import make_config_folder

CARD = "<h2><a href='/news/ministers-discuss-corridor-{0}'>Ministers talk {0} times</a></h2>"
HOME = (
    "<!DOCTYPE html><html lang='en-GB'><head><title>The \"Gulf\": a paper # of # record</title>"
    "</head><body><main>" + "".join(CARD.format(n) for n in range(7)) + "</main></body></html>"
)
QUICK = "fetch: {gap: 0s}\n"
WRITTEN = """\
# our own
sources:
  # the port's paper
  - {id: "127-0-0-1", name: Port, url: "https://port.example"}  # stays
"""


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    pages: dict[str, Page] = {"/": answer(HOME.encode(), "Content-Type: text/html")}
    async with serving(pages) as site:
        yield site


async def add(site: Site, config: Path, *words: str) -> Ended:
    return await run_command("sources", "add", site.url, *words, "--config", str(config))


async def test_the_entry_is_appended_good_and_new_and_what_people_wrote_stays(
    site: Site, tmp_path: Path
) -> None:
    config = make_config_folder(tmp_path, settings=QUICK)
    file = config / "sources" / "added.yaml"
    file.write_text(WRITTEN)
    ended = await add(site, config, "--private", "--write")
    assert ended.status == 0, ended.err
    assert "allow_private" in ended.err
    assert "its first look: what was published more than a day before is one" in ended.err
    assert site.all_paths.count("/robots.txt") == 1
    assert file.read_text().startswith(WRITTEN)
    sources = {source.id: source for source in load_config(config, {}).sources}
    assert sources["127-0-0-1-2"].url == f"{site.url}/"
    assert sources["127-0-0-1-2"].name.startswith('The "Gulf"')

    again = await add(site, config, "--private", "--write")
    assert again.status == 1
    assert "is watched already, as 127-0-0-1-2" in again.err
    assert "Traceback" not in again.err


async def test_the_first_entry_needs_no_file_before_it(site: Site, tmp_path: Path) -> None:
    config = make_config_folder(tmp_path, settings=QUICK)
    shutil.rmtree(config / "sources")
    ended = await add(site, config, "--private", "--write")
    assert ended.status == 0, ended.err
    assert [source.url for source in load_config(config, {}).sources] == [f"{site.url}/"]


async def test_in_a_pipe_there_is_json_and_nothing_else(site: Site, tmp_path: Path) -> None:
    config = make_config_folder(tmp_path, settings=QUICK)
    ended = await add(site, config, "--private", "--write", "--json")
    assert json.loads(ended.out)["ways"][0]["kind"] == "section"
    assert "asking" not in ended.err
    assert (config / "sources" / "added.yaml").exists()


async def test_a_private_address_is_asked_only_when_it_is_meant(
    site: Site, tmp_path: Path
) -> None:
    ended = await add(site, make_config_folder(tmp_path, settings=QUICK), "--write")
    assert ended.status == 1
    assert site.connections == 0
    assert "--private" in ended.err


async def test_a_file_that_takes_no_entry_is_left_as_it_was(tmp_path: Path) -> None:
    file = tmp_path / "added.yaml"
    file.write_text("sources: []\n")
    with pytest.raises(NotAddedError, match="write it there yourself"):
        add_entry(file, "  - {id: a, name: A, url: 'https://a.example'}\n")
    assert file.read_text() == "sources: []\n"


def test_an_id_that_is_taken_gets_a_number() -> None:
    assert free_id("gulf", {"aras"}) == "gulf"
    assert free_id("gulf", {"gulf", "gulf-2"}) == "gulf-3"
