"""Spellings of the archive that a list lacks are found in every script, and little else."""

import pytest

from alerts.explaining.suggest import (
    UnknownListError,
    render_suggestions,
    suggest,
    suggestion_to_dict,
)
from alerts.explaining.transliterating import consonants
from alerts.matching.ruleset import compile_rules
from tests.making import make_terms

KARABAKH = [
    "karabakh",
    "karabagh",
    "garabagh",
    "qarabag",
    "карабах",
    "карабаха",
    "قرهباغ",
    "ղարաբաղ",
    "ყარაბაღი",
]
ZANGEZUR = [
    "zangezur",
    "zangazur",
    "zengezur",
    "зангезур",
    "зангезурского",
    "زنگزور",
    "زنگهزور",
    "զանգեզուր",
    "ზანგეზური",
]
ORDINARY = [
    "the",
    "minister",
    "opened",
    "road",
    "corridor",
    "bank",
    "book",
    "live",
    "law",
    "bag",
    "market",
    "president",
    "republic",
    "government",
    "security",
    "cooperation",
    "energy",
    "pipeline",
    "region",
    "border",
    "meeting",
    "visit",
    "agreement",
    "министр",
    "дорога",
    "встреча",
    "граница",
    "регион",
    "визит",
    "договор",
    "президент",
    "безопасность",
    "рынок",
    "وزیر",
    "جاده",
    "دیدار",
    "مرز",
    "منطقه",
    "توافق",
    "بازار",
    "nazir",
    "yol",
    "gorus",
    "serhed",
    "bolge",
    "muqavile",
    "bazar",
]


@pytest.mark.parametrize("spelling", KARABAKH)
def test_the_spellings_of_karabakh_sound_alike(spelling: str) -> None:
    assert consonants(spelling)[:4] == "KRPK"


def lacking(name: str, spellings: list[str], archive: list[str]) -> set[str]:
    rules = compile_rules([], [make_terms(name, *spellings)])
    return {each.spelling for each in suggest(rules, name, dict.fromkeys(archive, 3))}


@pytest.mark.parametrize(("listed", "family"), [("Karabakh", KARABAKH), ("Zangezur", ZANGEZUR)])
def test_one_spelling_finds_its_family_and_no_ordinary_word(
    listed: str, family: list[str]
) -> None:
    found = lacking("name", [listed], [*family, *ORDINARY])
    assert found == set(family) - {listed.lower()}


def test_what_a_wildcard_of_the_list_takes_is_not_proposed() -> None:
    assert lacking("name", ["Zangezur*", "Зангезур*"], ["zangezurda", "зангезурского"]) == set()


def test_suggestions_are_ready_to_be_copied() -> None:
    rules = compile_rules([], [make_terms("city", "Zangezur")])
    found = suggest(rules, "city", {"зангезур": 7, "zangazur": 2})
    assert render_suggestions("city", found) == (
        "@city may lack:\n"
        "  зангезур  7 articles, Cyrillic, sounds like Zangezur\n"
        "  zangazur  2 articles, Latin, sounds like Zangezur"
    )
    assert suggestion_to_dict(found[0])["script"] == "Cyrillic"
    assert "no spelling" in render_suggestions("city", ())


def test_an_unknown_list_is_an_error_of_its_own() -> None:
    with pytest.raises(UnknownListError):
        suggest(compile_rules([]), "nothing", {})
