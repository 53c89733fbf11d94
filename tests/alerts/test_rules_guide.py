"""What the guide for analysts says is so: each of its YAML blocks is loaded and run."""

import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from alerts.explaining.explain import render_explanation, why
from alerts.explaining.ruletests import run_rule_tests
from alerts.matching.reading import read_article
from alerts.matching.ruleset import RuleSet, compile_rules
from config.errors import ConfigError
from config.load import load_config
from storage.article import Article, Attribution, Image
from tests.making import EXAMPLE, NOW, make_article

ROOT = Path(__file__).parents[2]
GUIDE = (ROOT / "docs" / "rules.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```yaml\n(.*?)```", GUIDE, re.DOTALL)


def config_with(rules: str, directory: Path) -> Path:
    """Return a copy of the example with other rules."""
    folder = shutil.copytree(EXAMPLE, directory / "config")
    shutil.rmtree(folder / "rules")
    (folder / "rules").mkdir()
    (folder / "rules" / "page.yaml").write_text(rules, encoding="utf-8")
    return folder


def compile_folder(folder: Path) -> RuleSet:
    config = load_config(folder, {})
    return compile_rules(config.rules, config.terms)


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: block.split("id: ")[1].split()[0])
def test_a_block_of_the_guide_works_and_its_tests_pass(block: str, tmp_path: Path) -> None:
    rules = compile_folder(config_with(block, tmp_path))
    assert len(rules.rules) == block.count("- id: ")
    assert run_rule_tests(rules) == ()


def test_the_mistake_of_the_guide_is_told_as_it_stands_there(tmp_path: Path) -> None:
    shown = re.findall(r"```text\n(.*?)```", GUIDE, re.DOTALL)[0]
    rules = "version: 1\n\nrules:\n  - {id: a, match: Zangezur corridor}\n"
    with pytest.raises(ConfigError) as caught:
        compile_folder(config_with(rules, tmp_path))
    ours = [line.strip() for line in str(caught.value).splitlines()]
    theirs = [line.strip() for line in shown.splitlines()]
    assert ours[0].endswith("E103 two terms side by side: Zangezur corridor")
    assert ours[1:] == theirs[1:]


def test_every_code_that_the_language_gives_stands_in_the_guide() -> None:
    sources = "".join(
        path.read_text(encoding="utf-8") for path in (ROOT / "alerts").rglob("*.py")
    )
    codes = set(re.findall(r'"([EW]\d{3})"', sources))
    assert codes
    assert {code for code in codes if code not in GUIDE} == set()


# The fifteen rules that come with the project, on articles like those of the region's press.


@pytest.fixture(scope="module")
def fifteen() -> RuleSet:
    config = load_config(EXAMPLE, {})
    rules = [rule for rule in config.rules if rule.place.path.endswith("caspian.yaml")]
    return compile_rules(rules, config.terms)


SEED = make_article(
    "The Azerbaijani foreign minister met his Iranian counterpart, Araghchi, in Baku. Araghchi "
    "arrived in Baku on Monday, according to Report.",
    "The Zangezur transport corridor was discussed, the Foreign Ministry said.",
    headline="Azerbaijani, Iranian diplomats discuss regional projects",
)
CITED = replace(
    SEED, attributions=(Attribution(name="Foreign Ministry", phrase="said", block=1),)
)


@pytest.mark.parametrize(
    ("article", "fired"),
    [
        pytest.param(
            CITED,
            ["az-iran-diplomacy", "zangezur-corridor", "report-attribution", "araghchi-in-baku",
             "azeri-official-quotes", "volume-spike-iran"],
            id="an article like the seed",
        ),
        pytest.param(
            make_article("Analysts report higher output, according to a report by the bank.",
                         headline="Output"),
            [], id="a report is not Report",
        ),
        pytest.param(make_article("-", headline="كریدور زنگزور", language="fa"),
                     ["zangezur-corridor"], id="typed with an Arabic kaf"),
        pytest.param(make_article("-", headline="ZƏNGƏZUR DƏHLİZİ", language="az"),
                     ["zangezur-corridor"], id="Azerbaijani capitals"),
        pytest.param(make_article("Движение по Зангезурском коридоре", headline="-"),
                     ["zangezur-corridor"], id="inflected Russian"),
        pytest.param(make_article("Troops lined the border before the cup match.",
                                  headline="Football returns to Lachin"),
                     [], id="football is no border incident"),
        pytest.param(make_article("Two drones crossed the border near Lachin.", headline="-"),
                     ["border-incident"], id="drones are"),
        pytest.param(make_article("Karabakh again. In Qarabağda, Карабах.", headline="-"),
                     ["karabakh-serious"], id="three mentions"),
        pytest.param(make_article("Armenian officials: peace treaty is ready.", headline="-"),
                     ["peace-treaty"], id="ordered proximity with wildcards"),
        pytest.param(make_article("The Caspian Sea fell by 20 cm.", headline="-"),
                     ["caspian-level"], id="a phrase and a number"),
        pytest.param(make_article(*["A leak halted TANAP."] * 40, headline="-"),
                     ["energy-accident"], id="long enough"),
        pytest.param(make_article("A leak halted TANAP.", headline="-"), [], id="too short"),
        pytest.param(make_article("Baku and a Zionist plot", headline="-",
                                  url="https://www.presstv.ir/1"),
                     ["iranian-state-media-on-baku"], id="by its host"),
        pytest.param(replace(make_article("-", headline="-"),
                             images=(Image(caption="Wreckage of a drone"),)),
                     ["photo-evidence"], id="a caption"),
        pytest.param(replace(make_article("-", headline="-"), images=(
                         Image(caption="Wreckage of a drone", credit="Archive"),)),
                     [], id="an archive picture"),
        pytest.param(make_article("Пашинян о Зангезуре", headline="-", language="ru"),
                     ["armenian-press-ru"], id="language-bound"),
        pytest.param(make_article("Troops near Zangezur, an ultimatum.", headline="-"),
                     ["regional-tension-score"], id="weights"),
    ],
)  # fmt: skip
def test_the_fifteen_rules_fire_as_they_should(
    fifteen: RuleSet, article: Article, fired: list[str]
) -> None:
    matched = fifteen.match(read_article(article), now=NOW)
    assert [match.rule.id for match in matched.matches] == fired


def test_the_fifteen_rules_pass_their_own_tests(fifteen: RuleSet) -> None:
    assert len(fifteen.rules) == 15
    assert run_rule_tests(fifteen) == ()


def test_the_answer_to_why_not_reads_as_in_the_guide(fifteen: RuleSet) -> None:
    text = "Zangezur one two three four five six seven eight corridor"
    reading = read_article(make_article("-", "-", "-", text, headline="-"))
    shown = re.findall(
        r"^    zangezur-corridor does not.*?\n\n", GUIDE, re.DOTALL | re.MULTILINE
    )
    written = render_explanation(why(fifteen, "zangezur-corridor", reading, now=NOW))
    assert [line.strip() for line in written.splitlines()] == [
        line.strip() for line in shown[0].strip().splitlines()
    ]
