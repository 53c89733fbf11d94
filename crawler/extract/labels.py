# ruff: noqa: E501 - rows of words
"""The words that stand before a stamp, in the languages of the press: updated, published.

Matched on text folded as dates are (marks dropped, case folded). Trying each of 300 labels at each
letter costs half a microsecond a letter; so the beginnings of the text's words are looked up first.
"""

import re
from typing import Final, NamedTuple

from crawler.extract.month_names import fold_date, one_of

_UPDATED: Final = """
last updated|last update|updated|update|last modified|modified|last edited|edited|date modified|date updated
zuletzt aktualisiert|aktualisiert|letztes update|letzte aktualisierung|aktualisierung|stand
letzte änderung|zuletzt geändert|zuletzt bearbeitet|geändert am
dernière mise à jour|mis à jour|mise à jour|modifié|actualisé
última actualización|actualizado|actualizada|actualización|modificado
última atualização|atualizado|atualizada|atualização
ultimo aggiornamento|aggiornato|aggiornata|aggiornamento|modificato|modifica il|ultima modifica
laatst bijgewerkt|bijgewerkt|laatste update|laatst gewijzigd|gewijzigd|aangepast
senast uppdaterad|uppdaterad|uppdaterat|ändrad
sist oppdatert|oppdatert|sist endret|senest opdateret|opdateret|päivitetty|muokattu|uppfært
uuendatud|muudetud|atjaunots|papildināts|atnaujinta
ostatnia aktualizacja|aktualizacja|zaktualizowano|zmodyfikowano
aktualizováno|aktualizace|naposledy upraveno|aktualizované|posodobljeno|zadnja sprememba
ažurirano|posljednja izmjena|poslednja izmena|zadnja izmjena|izmijenjeno|ажурирано|освежено
последно обновяване|обновена|обновен|актуализирана|последна промяна
последнее обновление|дата обновления|обновлено|обновлена|обновлён|изменено|отредактировано
останнє оновлення|оновлено|змінено|абноўлена
ultima actualizare|data actualizării|actualizat|actualizată|modificat|data modificării
utolsó frissítés|frissítve|frissült|módosítva
güncelleme tarihi|güncellenme tarihi|son güncelleme|güncelleme|güncellendi|güncellenme|son yenilənmə|yenilənmə|yenilənib|yeniləndi
son dəyişiklik|dəyişdirilib|yangilangan|yangilandi|жаңартылды|жаңартылған
τελευταία ενημέρωση|ενημερώθηκε|ενημέρωση|τροποποιήθηκε|përditësuar
განახლებულია|განახლდა|ბოლო განახლება|թարմացվել է|թարմացված|վերջին թարմացում
עודכן לאחרונה|עודכן|עדכון אחרון|עדכון
آخر تحديث|تم التحديث|تحديث|آخر تعديل|تاريخ التحديث
آخرین به‌روزرسانی|به‌روزرسانی|بروزرسانی|به‌روز شده|به روز رسانی|آخرین ویرایش|ویرایش
اپ ڈیٹ|अपडेटेड|अपडेट|अद्यतन|terakhir diperbarui|diperbarui|dikemas kini|cập nhật
আপডেট|হালনাগাদ|अपडेट केलेले|புதுப்பிக்கப்பட்டது|నవీకరించబడింది|terakhir diubah|dikemaskini|pembaruan|ostatnio zmieniony
соңғы жаңарту|янгиланди|янгиланган|oxirgi yangilanish|ažurirano u|последна актуализация|τελευταία τροποποίηση
최종수정|최종 수정|수정|업데이트|수정일|수정일시|最後更新|更新時間|最終更新|更新日時|更新日|更新|最后更新|更新时间|更新日期|อัปเดตล่าสุด|อัปเดต|ปรับปรุงล่าสุด|ปรับปรุง|แก้ไขล่าสุด
"""
_PUBLISHED: Final = """
first published|date published|published|publication date|publish date|posted|issued|created|date
erstveröffentlicht|veröffentlicht|publiziert|erstellt|erschienen|datum|eingestellt|gepostet
pressemitteilung vom|pressemeldung vom|medienmitteilung vom|meldung vom|online seit|geschrieben|verfasst
date de publication|publié|publiée|paru|créé|posté|mis en ligne|communiqué du|fecha de publicación|publicado|publicada|creado|fecha
data de publicação|data|pubblicato|pubblicata|data di pubblicazione|gepubliceerd|geplaatst
publicerad|publicerat|publisert|udgivet|offentliggjort|julkaistu|birt|avaldatud|publicēts|paskelbta
opublikowano|publikacja|data publikacji|data dodania|data utworzenia|dodano|publikováno|vydáno|zveřejněno|publikované|objavljeno|objava
објављено|објавено|публикувано|публикувана|опубликовано|дата публикации|опублікована|опубліковано
апублікавана|publicat|publicată|data publicării|megjelent|közzétéve|publikálva
oluşturulma tarihi|oluşturulma|yayınlanma tarihi|yayımlanma tarihi|giriş tarihi|haber giriş|yayınlanma|yayınlandı|yayın tarihi|giriş|yayımlanma|dərc edilib|dərc olunub
yayımlanıb|tarix|eʼlon qilingan|жарияланды|жарияланған|δημοσίευση|δημοσιεύθηκε|publikuar
გამოქვეყნდა|გამოქვეყნებულია|հրապարակվել է|հրապարակված|פורסם|תאריך פרסום|נוצר
تاريخ النشر|نشر|نشرت|تم النشر|تاریخ انتشار|انتشار|منتشر شده|زمان انتشار|تاریخ|شائع
প্রকাশিত|প্রকাশ|வெளியிடப்பட்டது|ప్రచురించబడింది|нашр шуд|чоп этилган|эълон қилинган|eʼlon qilindi|yayımlandı|dərc edildi
καταχωρήθηκε|αναρτήθηκε|δημοσιεύτηκε|objavljeno u|publikováno dne|dodany|utworzono|wysłano|diunggah|diposting|disiarkan|lansir
प्रकाशित|पब्लिश्ड|diterbitkan|dipublikasikan|tayang|đăng|xuất bản
송고시간|최초입력|입력|등록|승인|기사입력|작성일|게시일|발행일|公開日時|公開日|公開|配信|掲載日|掲載|投稿日|發佈時間|發布時間|發佈日期|發布日期|發佈|發布|刊登|发布时间|发布日期|发表时间|发表日期|发稿时间|发布|日期|时间|发表于|เผยแพร่
"""


_BEGINNING: Final = re.compile(r"([^\W_]{1,4})[^\W_]*")


class Labels(NamedTuple):
    """The labels of one meaning."""

    words: frozenset[str]
    pattern: re.Pattern[str]
    beginnings: frozenset[str]  # of their first words

    def stand_in(self, folded: str) -> bool:
        """Say whether one of the labels stands in a text."""
        may = not self.beginnings.isdisjoint(beginnings_of(folded))
        return may and self.pattern.search(folded) is not None

    def spans(self, folded: str, beginnings: list[str]) -> list[tuple[int, int]]:
        """Return where labels begin and end in a text; `beginnings`: those of its words."""
        if self.beginnings.isdisjoint(beginnings):
            return []
        return [found.span() for found in self.pattern.finditer(folded)]

    def is_one(self, folded: str) -> bool:
        """Say whether a text is a label and nothing else."""
        return folded in self.words


def beginnings_of(folded: str) -> list[str]:
    """Return the first letters of a text's words, of which each label has its own."""
    return _BEGINNING.findall(folded)


def _labels(words: str) -> Labels:
    cells = (word.strip() for line in words.splitlines() for word in line.split("|"))
    folded = {fold_date(word) for word in cells if word}
    pattern = re.compile(rf"(?<![^\W_]){one_of(folded)}(?![^\W_]|-\w)")
    beginnings = (found[1] for word in folded if (found := _BEGINNING.match(word)))
    return Labels(frozenset(folded), pattern, frozenset(beginnings))


UPDATED: Final = _labels(_UPDATED)
PUBLISHED: Final = _labels(_PUBLISHED)
