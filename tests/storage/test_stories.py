"""One event is one story, however it is told; another event is another, however alike."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from storage.article import Article, Attribution
from storage.database import Database
from storage.prepared import prepare
from storage.revising import Revised
from storage.sameness import Reason
from storage.stories import load_story
from storage.storing import Stored, store_article
from storage.timeline import load_timeline
from tests.making import NOW, make_article

MEETING = (
    "Azerbaijani Foreign Minister Jeyhun Bayramov and his Iranian counterpart Hossein "
    "Amir-Abdollahian discussed regional projects in Moscow, the ministry said on Tuesday.",
    "The two ministers noted the memorandum signed on 11 March 2022, under which a road of 55 "
    "kilometres will link Eastern Zangazur with Nakhchivan through Iran, and of 4 bridges.",
    "Amir-Abdollahian said the ties between Tehran and Baku are on the right track and both "
    "sides seek balanced relations in all fields, with trade of 500 million dollars last year.",
    "Diplomats of the embassy in Tehran left after the attack of January, in which one officer "
    "was killed; Bayramov thanked the Iranian side for the 37 pages of the inquiry.",
)
AGENCY = (
    "MOSCOW, December 5. The top diplomats of Azerbaijan and Iran met on the sidelines of the "
    "Caspian council, Jeyhun Bayramov's office told reporters.",
    "The two ministers noted the memorandum signed on 11 March 2022, under which a road of 55 "
    "kilometres will link Eastern Zangezur with Nakhchivan through Iran, and of 4 bridges.",
    "Hossein Amir-Abdollahian said the ties between Tehran and Baku are on the right track and "
    "that both sides seek balanced relations in all fields, with trade of 500 million dollars.",
)
OTHER_MONTH = (
    "Azerbaijani Foreign Minister Jeyhun Bayramov and his Iranian counterpart Hossein "
    "Amir-Abdollahian spoke by telephone about the situation in Gaza, the ministry said.",
    "The ministers looked at the calendar of visits, in which 3 delegations are to travel to "
    "Baku in April, and at the work of 12 groups of the joint commission.",
    "Tehran expects the crossing at Astara to handle 800 lorries a day once it opens, "
    "Amir-Abdollahian told Bayramov, who invited him to Nakhchivan.",
)
RUSSIAN = (
    "Министр иностранных дел Азербайджана Джейхун Байрамов и его иранский коллега Хоссейн "
    "Амир-Абдоллахиан обсудили в Москве региональные проекты, сообщили во вторник.",
    "Стороны отметили меморандум от 11 марта 2022 года, по которому дорога в 55 километров "
    "свяжет Восточный Зангезур с Нахичеванью через Иран, и говорили о 4 мостах.",
    "По словам главы МИД, отношения между Тегераном и Баку на верном пути, а торговля достигла "
    "500 миллионов долларов; Байрамов поблагодарил за 37 страниц материалов.",
)
AZERBAIJANI = (
    "Xarici işlər naziri ilə həmkarı Moskvada 55 kilometrlik yol və 4 körpü barədə danışıb.",
    "Ticarət 500 milyon dollara çatıb, sorğu 37 səhifədir, sənəd 11 mart 2022-ci ildə "
    "imzalanıb.",
)
CALL = (
    "On {0}, President {1} made a phone call to the President of the Republic of Azerbaijan.",
    "{1} congratulated the head of state on the holiday of Novruz and wished the people of "
    "Azerbaijan peace and prosperity.",
    "The head of state thanked him and sent his best wishes to the people of {2}.",
    "They discussed the present state and the prospects of friendly and allied relations.",
)
RATE = (
    "The Central Bank has decided to set the policy rate at {0} per cent, the floor of the "
    "corridor at {1} and its ceiling at {2} per cent.",
    "Annual inflation was {3} per cent in {4}, within the target of 4 with a band of 2 points; "
    "imported prices remain the main risk, the bank of Azerbaijan said.",
    "The next decision will be made public at noon on the day of the meeting.",
)
NEXT_DAY = (
    "Rear Admiral Shahram Irani, who commands the navy, came to Baku on Friday and was met by "
    "Defence Minister Zakir Hasanov and Naval Commander Subhan Bakirov at the harbour.",
    "The guests saw ships of the Caspian flotilla and laid flowers in the Alley of Honour.",
    *MEETING[1:3],
)
WEATHER = (
    "Clouds move over the Caspian from the west in the morning, and the wind grows to {0} "
    "metres a second by noon along the shore of Absheron, the weather service says.",
    "In Baku the air warms to {1} degrees by day and falls to {2} at night; in Sumgait to {3}, "
    "in Lankaran to {4}, in Ganja to {5}, and in the mountains of Guba snow may fall.",
    "The pressure is {6} millimetres, the humidity {7} per cent, and the water at the beaches "
    "has {8} degrees; drivers are asked to keep their distance on wet roads.",
)


QUAKE = (
    "{0} aprel saat {1}-də Zərdov yaxınlığında maqnitudası {2} olan zəlzələ baş verib.",
    "Məlumatı Respublika Seysmologiya Mərkəzi yayıb, ocaq {3} kilometr dərinlikdə olub.",
    "Silkələnmə Qazmalar və Tərnik kəndlərinə çatıb. Dağıntı barədə məlumat daxil olmayıb.",
)
QUAKE_IN_RUSSIAN = (
    "Землетрясение магнитудой {2} произошло {0} апреля в {1} близ города Зардов.",
    "Толчки дошли до сёл Казмалар и Тарник, очаг лежал на глубине {3} километров.",
)
CUT = (
    "Lomara Merkez Bankası para kurulu bugün toplandı ve faizi 7,5'ten 7,1'e çekti.",
    "Kararda enflasyonun martta yüzde 4,6 olması rol oynadı, denildi.",
    "Kurul 18 Haziran'da yeniden toplanacak.",
)
CUT_IN_ENGLISH = (
    "Lomara's monetary board lowered its main rate to 7.1% from 7.5%, after prices had risen "
    "by no more than 4.6% in the year to March. It will meet again on June 18.",
)
SHOT = (
    "У Вербовому невідомі вбили адвоката Романа Ткаченка, його знайшла сусідка Леся Боднар.",
    "За даними слідства, Ткаченку було 51 рік, він вів справу заводу.",
)
SHOT_IN_RUSSIAN = (
    "В Вербовом неизвестные убили адвоката Романа Ткаченко, нашла его соседка Леся Боднар.",
    "Следствие сообщает, что 51-летний Ткаченко вёл дело завода.",
)
REMINDER = (
    "The tax office reminds owners that the second instalment of the property tax is due by "
    "{0} November. Those who pay late are charged interest for every day of the delay.",
    "The tax can be paid at banks, at the post office and on the internet. Pensioners may ask "
    "for a reduction at the office in Mill Street; the form lies there, too.",
)
SENTENCE = (
    "HARWICK - A court in Harwick on Monday sentenced {0}, {1}, to {2} years in prison for "
    "smuggling cigarettes across the border.",
    "Judge Helen Marsh said he had led a group that moved goods worth millions. The other "
    "side, led by Ivan Petty, had asked for a longer term. The defence said it would appeal.",
)
RESULTS = (
    "{0} said on Wednesday that its second-quarter net profit changed from a year earlier.",
    "Net profit attributable to shareholders came to {1} billion lira in the three months to "
    "June 30, compared with {2} billion lira a year earlier, it said in a filing.",
    "The EBITDA margin was {3}% after {4}%, and its shares closed at {5} lira on Tuesday.",
)
BRIDGE = (
    "PORT ELSIN, May {0} - {1}, the Roads Agency of Elsin said on {2}.",
    "The Tarn Bridge is 1.8 kilometres long and was to be open three years ago; ferries of the "
    "Strand Line took 640 lorries a day across the Tarn meanwhile.",
    "The Korvat Group built it for 275 million crowns, a third more than had been agreed.",
)
TREATY = (
    "Ministers of the Northern League signed a treaty in Brannock on Monday that closes their "
    "harbours to trawlers of Orlund, after months of quarrels about cod and herring.",
    "The treaty comes into force on July 1 and concerns 58 trawlers and two factory ships.",
    "Edda Quill, who speaks for the League, called it overdue; Orlund has kept 14 boats.",
)
BRIEFING = (
    "Welcome to the letter of Tuesday, which you can read in four minutes.",
    "Ministers of the Northern League signed a treaty that closes their harbours to trawlers "
    "of Orlund. The treaty comes into force on July 1 and concerns 58 trawlers.",
    "Teachers in Gravenmoor go back to school with 5% more, says the Union of Teachers.",
    "The telescope Argus-3 sees again, and in Little Haddon a goat was elected mayor.",
)
BILL = (
    "{0} - The government approved a bill that raises the retirement age to 66 over ten years, "
    "despite protests by the unions, which called a strike for April 8.",
    "Prime Minister Karel Dohnal said the reform would save 12 billion crowns. We owe this to "
    "our children, he told reporters of all channels after the meeting of the cabinet.",
)
TOLL = (
    "At least {0} people were killed when a bus fell into a ravine near Talmas on Sunday.",
    "Rescuers worked through the night, and helicopters took the injured to hospitals in "
    "Talmas. The brakes failed, the driver, Remo Castan, told a local channel of the town.",
)


def weather(*figures: int) -> tuple[str, ...]:
    return tuple(paragraph.format(*figures) for paragraph in WEATHER)


async def tell(database: Database, *articles: tuple[Sequence[str], timedelta]) -> list[Stored]:
    """Store articles of different outlets, each so long after the first."""
    told = []
    for number, (paragraphs, later) in enumerate(articles):
        article = make_article(
            *paragraphs,
            url=f"https://outlet-{number}.example/{number}",
            source_id=f"outlet-{number}",
            headline=f"Headline number {number}",
            published_at=NOW + later,
        )
        told.append(await keep(database, article, NOW + later))
    return told


async def keep(database: Database, article: Article, now: datetime) -> Stored:
    prepared = prepare(article)
    outcome = await database.write(lambda tx: store_article(tx, prepared, now))
    assert isinstance(outcome, Stored)
    return outcome


HOUR, MONTH = timedelta(hours=1), timedelta(days=31)
WRAPPED = ("Subscribe to our letter.", *MEETING, "All rights reserved. Quote us with a link.")


@pytest.mark.parametrize(
    ("second", "later", "joined"),
    [
        pytest.param(MEETING, HOUR, Reason.EXACT, id="word for word"),
        pytest.param(MEETING, MONTH, Reason.EXACT, id="word for word, a month later"),
        pytest.param(MEETING[:2], HOUR, Reason.CONTAINED, id="its tail cut off"),
        pytest.param(WRAPPED, HOUR, Reason.CONTAINED, id="wrapped in boilerplate"),
        pytest.param(
            AGENCY, HOUR, Reason.REWRITTEN, id="another agency, Zangezur for Zangazur"
        ),
        pytest.param(RUSSIAN, HOUR, Reason.NAMES, id="another language"),
        pytest.param(
            AZERBAIJANI, HOUR, Reason.NAMES, id="another language that hears names otherwise"
        ),
        pytest.param(AZERBAIJANI, HOUR * 72, None, id="the same figures three days later"),
        pytest.param(OTHER_MONTH, MONTH, None, id="another meeting in another month"),
        pytest.param(OTHER_MONTH, HOUR, None, id="another talk on the same day"),
        pytest.param(AGENCY, MONTH, None, id="half its words, a month later"),
        pytest.param(NEXT_DAY, HOUR * 20, None, id="other news above the same background"),
        pytest.param(weather(1, 2, 3, 4, 5, 6, 7, 8, 9), HOUR, None, id="something else"),
    ],
)
async def test_an_article_joins_the_story_of_the_meeting(
    tmp_path: Path, second: Sequence[str], later: timedelta, joined: Reason | None
) -> None:
    async with await Database.open(tmp_path / "press.sqlite", now=NOW) as database:
        first, then = await tell(database, (MEETING, timedelta()), (second, later))
    assert first.new_story
    assert then.new_story is (joined is None)
    assert then.joined == (joined or "")
    assert (then.story_id == first.story_id) is (joined is not None)
    assert then.copy is (joined is Reason.EXACT)


def fill(template: Sequence[str], *words: str) -> list[str]:
    return [paragraph.format(*words) for paragraph in template]


@pytest.mark.parametrize(
    ("first", "second", "later"),
    [
        pytest.param(
            fill(CALL, "20 March", "Kassym-Jomart Tokayev of Kazakhstan", "Kazakhstan"),
            fill(CALL, "20 March", "Shavkat Mirziyoyev of Uzbekistan", "Uzbekistan"),
            HOUR,
            id="a call of somebody else on the same day",
        ),
        pytest.param(
            fill(RATE, "7.25", "6.25", "8.25", "5.2", "December"),
            fill(RATE, "7.00", "6.00", "8.00", "5.6", "February"),
            HOUR * 24 * 49,
            id="the next decision on the rate",
        ),
        pytest.param(
            fill(QUAKE, "2", "03:48", "4,7", "12"),
            fill(QUAKE, "5", "21:37", "4,4", "9"),
            HOUR * 90,
            id="a quake at the same place three days later",
        ),
        pytest.param(
            fill(REMINDER, "15"), fill(REMINDER, "16"), HOUR * 24 * 365, id="a yearly notice"
        ),
        pytest.param(
            fill(SENTENCE, "Peter Dorn", "44", "seven"),
            fill(SENTENCE, "Milos Karvan", "37", "nine"),
            HOUR * 3,
            id="two sentences of one judge",
        ),
        pytest.param(
            fill(RESULTS, "Levant Cement", "1.84", "1.64", "25.9", "24.1", "62.30"),
            fill(RESULTS, "Kura Cement", "0.95", "1.30", "11.5", "13.9", "118.74"),
            HOUR,
            id="the results of two companies, days and names alike",
        ),
        pytest.param(
            fill(BRIDGE, "4", "The opening was put off 30 minutes before time", "Monday"),
            fill(
                BRIDGE, "5", "The bridge was opened, and 92 cars crossed it at once", "Tuesday"
            ),
            HOUR * 24,
            id="the next day's news above the same background",
        ),
        pytest.param(TREATY, BRIEFING, HOUR * 15, id="one item of a briefing"),
    ],
)
async def test_one_form_for_two_events_is_two_stories(
    tmp_path: Path, first: Sequence[str], second: Sequence[str], later: timedelta
) -> None:
    async with await Database.open(tmp_path / "press.sqlite", now=NOW) as database:
        told = await tell(database, (first, timedelta()), (second, later))
    assert told[1].new_story


@pytest.mark.parametrize(
    ("first", "second", "later"),
    [
        pytest.param(
            fill(QUAKE, "2", "03:48", "4,7", "12"),
            fill(QUAKE_IN_RUSSIAN, "2", "03:48", "4,7", "12"),
            HOUR,
            id="a translation with the same measures",
        ),
        pytest.param(CUT, CUT_IN_ENGLISH, HOUR, id="a translation with rates alone"),
        pytest.param(SHOT, SHOT_IN_RUSSIAN, HOUR, id="the same names and one figure"),
        pytest.param(
            fill(BILL, "PRAHOV, March 20 (Lantern)"),
            fill(BILL, "PRAHOV, March 23"),
            HOUR * 72,
            id="a copy with a date line of its own",
        ),
        pytest.param(fill(TOLL, "nine"), fill(TOLL, "12"), HOUR * 5, id="a toll that rose"),
        pytest.param(fill(TOLL, "9"), fill(TOLL, "12"), HOUR * 20, id="a toll the next day"),
    ],
)
async def test_one_event_in_other_figures_or_names_is_one_story(
    tmp_path: Path, first: Sequence[str], second: Sequence[str], later: timedelta
) -> None:
    async with await Database.open(tmp_path / "press.sqlite", now=NOW) as database:
        told = await tell(database, (first, timedelta()), (second, later))
    assert told[0].story_id == told[1].story_id


@pytest.mark.parametrize("later", [HOUR * 6, HOUR * 24, HOUR * 24 * 7])
async def test_one_template_with_other_figures_is_another_story(
    tmp_path: Path, later: timedelta
) -> None:
    async with await Database.open(tmp_path / "press.sqlite", now=NOW) as database:
        first, then = await tell(
            database,
            (weather(14, 21, 9, 20, 23, 18, 762, 71, 19), timedelta()),
            (weather(8, 17, 6, 16, 20, 13, 755, 64, 18), later),
        )
    assert first.story_id != then.story_id


async def test_a_story_knows_who_told_it_and_whom_they_cite(tmp_path: Path) -> None:
    async with await Database.open(tmp_path / "press.sqlite", now=NOW) as database:
        cited = Attribution(name="Report", phrase="according to Report", block=0, agency=True)
        for number, language in enumerate(("en", "en", "az")):
            article = make_article(
                *MEETING,
                url=f"https://outlet-{number}.example/a",
                source_id=f"outlet-{number}",
                language=language,
            )
            told = await keep(database, with_origin(article, cited), NOW + HOUR * number)
        story = await database.read(lambda tx: load_story(tx, told.story_id))
    assert story is not None
    assert story.outlets == ("outlet-0", "outlet-1", "outlet-2")
    assert story.languages == ("en", "az")
    assert story.origins == ("Report",)
    assert (story.first_seen, story.last_seen) == (NOW, NOW + HOUR * 2)
    assert story.first_article_id == story.article_ids[0]


def with_origin(article: Article, cited: Attribution) -> Article:
    return replace(article, attributions=(cited,))


async def test_a_restart_between_any_two_articles_changes_no_story(tmp_path: Path) -> None:
    texts = (MEETING, OTHER_MONTH, AGENCY, MEETING[:2], RUSSIAN, weather(*range(9)), WRAPPED)
    apart, together = [], []
    async with await Database.open(tmp_path / "one.sqlite", now=NOW) as database:
        together = [told.story_id for told in await tell(database, *((t, HOUR) for t in texts))]
    for number, text in enumerate(texts):
        article = make_article(
            *text,
            url=f"https://outlet-{number}.example/{number}",
            source_id=f"outlet-{number}",
            headline=f"Headline number {number}",
            published_at=NOW + HOUR,
        )
        async with await Database.open(tmp_path / "two.sqlite", now=NOW) as database:
            apart.append((await keep(database, article, NOW + HOUR)).story_id)
    assert apart == together


async def test_the_timeline_tells_who_came_when_and_what_was_changed(tmp_path: Path) -> None:
    async with await Database.open(tmp_path / "press.sqlite", now=NOW) as database:
        first, _ = await tell(database, (MEETING, timedelta()), (MEETING[:3], HOUR))
        changed = make_article(
            *MEETING[:2],
            url="https://outlet-1.example/1",
            source_id="outlet-1",
            headline="Headline number 1",
        )
        await revise(database, changed, NOW + HOUR * 2)
        moments = await database.read(lambda tx: load_timeline(tx, first.story_id))
    assert [(m.at - NOW, m.source_id, m.revision) for m in moments] == [
        (timedelta(), "outlet-0", 1),
        (HOUR, "outlet-1", 1),
        (HOUR * 2, "outlet-1", 2),
    ]
    assert moments[2].changes


async def revise(database: Database, article: Article, now: datetime) -> None:
    prepared = prepare(article)
    outcome = await database.write(lambda tx: store_article(tx, prepared, now))
    assert isinstance(outcome, Revised)


@pytest.mark.parametrize("years", [-60, 73], ids=["long ago", "far ahead"])
async def test_row_40_a_date_that_cannot_be_keeps_no_article_from_its_story(
    tmp_path: Path, years: int
) -> None:
    first, second = (
        make_article(
            *paragraphs, url=f"https://outlet-{n}.example/1", source_id=f"outlet-{n}",
            headline=f"Headline {n}", published_at=at,
        )
        for n, (paragraphs, at) in enumerate(
            [(MEETING, NOW), (AGENCY, NOW.replace(year=NOW.year + years))]
        )
    )  # fmt: skip
    async with await Database.open(tmp_path / "press.sqlite", now=NOW) as database:
        one = await keep(database, first, NOW)
        other = await keep(database, second, NOW + HOUR)
    assert other.story_id == one.story_id
