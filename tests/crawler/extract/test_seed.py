"""The seed's story, told in several markups, comes out as the seed's text byte for byte."""

import json
from dataclasses import fields
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import pytest

from crawler.extract import extract_article
from crawler.extract.json import to_json
from crawler.extract.text import to_text
from storage.article import Article, Provenance

PAGES = Path(__file__).parent / "pages"
URL = "https://newsroom.example/diplomacy/azerbaijani-iranian-top-diplomats"
NOW = datetime(2026, 11, 24, 7, 0, tzinfo=timezone(timedelta(0)))
SEEDS = sorted(path.name for path in PAGES.glob("seed_*.html"))


def read(page: str) -> Article:
    return extract_article((PAGES / page).read_bytes(), URL, now=NOW)


@pytest.mark.parametrize("page", SEEDS)
def test_a_page_with_the_seeds_story_gives_the_seed_byte_for_byte(page: str) -> None:
    assert to_text(read(page)).encode() == (PAGES / "seed.txt").read_bytes()


@pytest.mark.parametrize("page", SEEDS)
def test_its_fields_are_those_of_the_table(page: str) -> None:
    article = read(page)
    assert article.headline == "Azerbaijani, Iranian Top Diplomats Discuss Regional Projects"
    assert article.authors == ("Nigar Bayramli",)
    assert article.published_at == date(2023, 12, 7)
    assert isinstance(article.last_update, datetime)
    assert article.lead_image is not None
    assert article.lead_image.credit == "Mfa.Gov.Az"
    assert article.lead_image.url.startswith("https://newsroom.example/")
    assert article.language == "en"
    assert [(each.name, each.agency) for each in article.attributions] == [("Report", True)]
    assert article.provenance["headline"] in set(Provenance)


@pytest.mark.parametrize("page", SEEDS)
def test_json_holds_every_field_but_the_values_that_lost(page: str) -> None:
    written = json.loads(json.dumps(to_json(read(page))))
    assert written.keys() == {each.name for each in fields(Article)} - {"candidates"}
