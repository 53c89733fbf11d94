"""What changed between two versions of an article, and of what kind."""

from collections import Counter

import pytest

from storage.changes import ChangeKind, find_changes, is_material
from storage.sentences import sentences
from tests.making import make_article

K = ChangeKind
# Each pair is written for one kind; the matrix below must be diagonal.
PAIRS: dict[ChangeKind, list[tuple[str, str]]] = {
    K.NUMBER: [
        ("The blast killed 12 people.", "The blast killed 15 people."),
        ("Trade rose by 4.5 percent.", "Trade rose by 3.5 percent."),
        ("Three soldiers were wounded.", "Four soldiers were wounded."),
        ("The road is 55 kilometres long.", "The road is 5 kilometres long."),
        ("Погибли 12 человек.", "Погибли 15 человек."),
        ("Qəzada 3 nəfər ölüb.", "Qəzada 5 nəfər ölüb."),
        ("در این حادثه ۱۲ نفر کشته شدند.", "در این حادثه ۱۵ نفر کشته شدند."),
    ],
    K.NAME: [
        ("The envoy met Bayramov in Baku.", "The envoy met Mirzoyan in Baku."),
        ("Troops entered the town of Lachin.", "Troops entered the town of Meghri."),
        ("The talks with Hasanov ended.", "The talks with Hasanova ended."),
        ("Министр встретился с Байрамовым.", "Министр встретился с Мирзояном."),
        ("Nazir Bakıda Hacıyev ilə görüşüb.", "Nazir Bakıda Əliyev ilə görüşüb."),
    ],
    K.NEGATION: [
        ("The minister will attend the summit.", "The minister will not attend the summit."),
        ("The ministry confirmed the report.", "The ministry denied the report."),
        ("Troops crossed the border.", "No troops crossed the border."),
        ("She didn't sign the paper.", "She did sign the paper."),
        ("Министр приедет на саммит.", "Министр не приедет на саммит."),
        ("Sənəd imzalandı.", "Sənəd imzalanmadı."),
        ("این خبر درست است.", "این خبر درست نیست."),
    ],
    K.QUOTE: [
        ('He said: "We are ready to talk."', 'He said: "We are ready to fight."'),
        (
            "He said the ties are on the right track.",
            "He said the ties are “on the right track”.",
        ),
        ("Он сказал: «Мы готовы к миру».", "Он сказал: «Мы готовы к войне»."),
    ],
    K.ATTRIBUTION_REMOVED: [
        ("The convoy was stopped, according to Report.", "The convoy was stopped."),
        ("The bridge is closed, the ministry said.", "The bridge is closed."),
        ("По данным агентства, мост закрыт.", "Мост закрыт."),
        ("Report xəbər verir ki, körpü bağlıdır.", "Körpü bağlıdır."),
        ("به گزارش ایرنا، پل بسته شد.", "پل بسته شد."),
    ],
    K.CORRECTION: [
        ("", "Correction: the visit took place on Monday."),
        ("", "An earlier version of this story misstated the general's rank."),
        ("", "Исправлено: визит состоялся в понедельник."),
        ("", "Düzəliş: səfər bazar ertəsi olub."),
        ("", "اصلاحیه: این دیدار دوشنبه انجام شد."),
    ],
    K.ADDITION: [
        ("", "The two sides will meet again in the spring."),
        ("", "Стороны встретятся весной."),
        ("", "Tərəflər yazda yenidən görüşəcək."),
    ],
    K.REMOVAL: [
        ("The two sides will meet again in the spring.", ""),
        ("Стороны встретятся весной.", ""),
    ],
    K.WORDING: [
        ("The militants attacked the post.", "The gunmen attacked the post."),
        ("Police dispersed the angry crowd.", "Police dispersed the peaceful crowd."),
        ("Боевики атаковали пост.", "Ополченцы атаковали пост."),
    ],
    K.TYPO: [
        ("The minsters noted the importance.", "The ministers noted the importance."),
        ("They recieved a letter.", "They received a letter."),
        ("The Bayarmov visit was short.", "The Bayramov visit was short."),
        ("Стороны отмитили важность.", "Стороны отметили важность."),
    ],
    K.LAYOUT: [
        ("The talks, which began at dawn, ended.", "The talks – which began at dawn – ended."),
        ("Iran's minister left.", "Iran’s minister left."),
        ("The talks  ended.  They left.", "The talks ended; they left."),
    ],
}
AROUND = ("The council met in Moscow on the coast.", "Nobody expected more of the day.")
CASES = [(kind, before, after) for kind, pairs in PAIRS.items() for before, after in pairs]


def kinds(before: str, after: str) -> list[ChangeKind]:
    old = make_article(AROUND[0], *filter(None, [before]), AROUND[1])
    new = make_article(AROUND[0], *filter(None, [after]), AROUND[1])
    return [change.kind for change in find_changes(old, new)]


def test_the_confusion_matrix_is_diagonal() -> None:
    matrix = Counter(
        (kind.value, *(found.value for found in kinds(before, after)))
        for kind, before, after in CASES
    )
    confused = {pair: n for pair, n in matrix.items() if pair != (pair[0], pair[0])}
    assert not confused


@pytest.mark.parametrize(("kind", "before", "after"), CASES)
def test_a_change_carries_both_sentences(kind: ChangeKind, before: str, after: str) -> None:
    old = make_article(AROUND[0], *filter(None, [before]))
    new = make_article(AROUND[0], *filter(None, [after]))
    [change] = find_changes(old, new)
    if kind is not K.LAYOUT:
        assert (change.before, change.after) == (before, after)


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        pytest.param("Ministers meet", "Ministers quarrel", K.HEADLINE, id="other words"),
        pytest.param("12 killed in blast", "15 killed in blast", K.HEADLINE, id="other figure"),
        pytest.param("Minsters meet", "Ministers meet", K.TYPO, id="a misspelling"),
        pytest.param("Ministers meet", "Ministers meet.", K.LAYOUT, id="a full stop"),
    ],
)
def test_a_changed_headline_is_told_first(before: str, after: str, kind: ChangeKind) -> None:
    old = make_article("It was so.", headline=before)
    new = make_article("It was so.", "And more came.", headline=after)
    changes = find_changes(old, new)
    assert [change.kind for change in changes] == [kind, K.ADDITION]
    assert (changes[0].before, changes[0].after) == (before, after)


def test_paragraphs_put_together_are_layout_and_not_material() -> None:
    old = make_article("One thing happened.", "Another followed.")
    new = make_article("One thing happened. Another followed.")
    changes = find_changes(old, new)
    assert [change.kind for change in changes] == [K.LAYOUT]
    assert not is_material(changes)


def test_the_same_words_are_no_change() -> None:
    assert find_changes(make_article("One."), make_article("One.")) == ()


def test_changes_are_found_sentence_by_sentence() -> None:
    old = make_article("The blast killed 12 people. The road is closed. Help is on its way.")
    new = make_article(
        "The blast killed 15 people. The road is closed. Help is on its last metres."
    )
    assert [change.kind for change in find_changes(old, new)] == [K.NUMBER, K.WORDING]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        pytest.param("It grew by 5.5 percent. Then it fell.", 2, id="a decimal point"),
        pytest.param("The U.S. Army came. It left.", 2, id="an abbreviation"),
        pytest.param("“We go.” He left.", 2, id="a quotation"),
        pytest.param("Dr. Smith spoke.", 1, id="a title"),
        pytest.param("این درست است؟ بله.", 2, id="Persian"),
        pytest.param("Цена 5 тыс. Рублей нет.", 1, id="Russian abbreviation"),
    ],
)
def test_sentences_are_told_apart(text: str, count: int) -> None:
    assert len(sentences([text])) == count
