"""Pairs of sentences as outlets changed them, each written for one kind of change.

The first ones are read by tests/storage/test_changes.py, which wants each told apart, and by
benchmarks/revisions.py, which prints how they are.
"""

from storage.change_kinds import ChangeKind

K = ChangeKind
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

# Written after the rules, and never used to change them.
UNSEEN: dict[ChangeKind, list[tuple[str, str]]] = {
    K.NUMBER: [
        (
            "At least 40 houses were flooded in Lankaran.",
            "At least 46 houses were flooded in Lankaran.",
        ),
        ("The fine is 2,500 manats.", "The fine is 3,500 manats."),
        ("Два человека пострадали в аварии.", "Четыре человека пострадали в аварии."),
        ("Die Bahn verlor 2,3 Milliarden Euro.", "Die Bahn verlor 3,2 Milliarden Euro."),
    ],
    K.NAME: [
        (
            "The suspect was flown to Ankara overnight.",
            "The suspect was flown to Izmir overnight.",
        ),
        (
            "A spokesman for Gazprom declined to comment.",
            "A spokesman for Rosneft declined to comment.",
        ),
        ("Le ministre a rencontré Dupont à Paris.", "Le ministre a rencontré Durand à Paris."),
        ("Президент принял Лаврова в резиденции.", "Президент принял Мишустина в резиденции."),
    ],
    K.NEGATION: [
        (
            "The airline has cancelled its flights to Tehran.",
            "The airline has not cancelled its flights to Tehran.",
        ),
        ("He was involved in the deal.", "He was never involved in the deal."),
        ("Поезда сегодня ходят.", "Поезда сегодня не ходят."),
        ("There were casualties among the crew.", "There were no casualties among the crew."),
    ],
    K.QUOTE: [
        (
            '"This is a good deal for both sides," she said.',
            '"This is a fair deal for both sides," she said.',
        ),
        (
            "The mayor called the plan “reckless”.",
            "The mayor called the plan “careless and late”.",
        ),
        ("Она назвала решение «ошибкой».", "Она назвала решение «провалом»."),
    ],
    K.ATTRIBUTION_REMOVED: [
        ("The deal is worth millions, Reuters reported.", "The deal is worth millions."),
        (
            "According to two officials, the talks collapsed on Friday.",
            "The talks collapsed on Friday.",
        ),
        ("Как сообщает ТАСС, переговоры сорваны.", "Переговоры сорваны."),
        (
            "The factory will shut in May, a union leader told the BBC.",
            "The factory will shut in May.",
        ),
    ],
    K.CORRECTION: [
        ("", "Clarification: this article was amended to reflect that the vote was unanimous."),
        ("", "This story has been corrected to show that the firm is based in Oslo."),
        ("", "Поправка: в тексте исправлена должность собеседника."),
        ("", "Editor's note: a previous version gave the wrong date."),
    ],
    K.ADDITION: [
        ("", "Traffic was restored by the evening."),
        ("", "Der Verkehr läuft wieder."),
        ("", "A second witness gave the same account."),
    ],
    K.REMOVAL: [
        ("Traffic was restored by the evening.", ""),
        ("Der Verkehr läuft wieder.", ""),
        ("Свидетели описали двух нападавших.", ""),
    ],
    K.WORDING: [
        (
            "The government crushed the protest within hours.",
            "The government ended the protest within hours.",
        ),
        (
            "Thousands of refugees crossed the bridge.",
            "Thousands of migrants crossed the bridge.",
        ),
        ("Власти разогнали акцию за час.", "Власти остановили акцию за час."),
        ("The court will probably rule in March.", "The court is expected to rule in March."),
    ],
    K.TYPO: [
        ("The goverment approved the budget.", "The government approved the budget."),
        (
            "Ships were delayed becuase of the storm.",
            "Ships were delayed because of the storm.",
        ),
        ("Правительсво утвердило бюджет.", "Правительство утвердило бюджет."),
        ("He recalled the the accident.", "He recalled the accident."),
    ],
    K.LAYOUT: [
        (
            "The vote - the third this year - failed.",
            "The vote — the third this year — failed.",
        ),
        ("Oil, gas and coal rose.", "Oil, gas, and coal rose."),
        ("It 'failed'.", "It ‘failed’."),
    ],
}
