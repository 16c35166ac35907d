"""The few words that are printed in books of languages beyond English and French.

What is missing here stays English. Where a language puts the number in the midst of its word for a chapter or a
part, the number stands alone.
"""

from __future__ import annotations

from collections.abc import Mapping

# By primary language, in the order of the fields.
_FIELDS = (
    "contents", "chapter", "part", "notes", "note", "back_to_text", "dedication", "copyright", "all_rights",
    "the_end", "by",
)  # fmt: skip
_WORDS: Mapping[str, tuple[str, ...]] = {
    "es": ("Índice", "Capítulo", "Parte", "Notas", "Nota", "Volver al texto", "Dedicatoria", "Créditos",
           "Todos los derechos reservados.", "Fin", "por"),
    "de": ("Inhalt", "Kapitel", "Teil", "Anmerkungen", "Anmerkung", "Zurück zum Text", "Widmung", "Impressum",
           "Alle Rechte vorbehalten.", "Ende", "von"),
    "it": ("Indice", "Capitolo", "Parte", "Note", "Nota", "Torna al testo", "Dedica", "Colophon",
           "Tutti i diritti riservati.", "Fine", "di"),
    "pt": ("Índice", "Capítulo", "Parte", "Notas", "Nota", "Voltar ao texto", "Dedicatória", "Ficha técnica",
           "Todos os direitos reservados.", "Fim", "de"),
    "nl": ("Inhoud", "Hoofdstuk", "Deel", "Noten", "Noot", "Terug naar de tekst", "Opdracht", "Colofon",
           "Alle rechten voorbehouden.", "Einde", "door"),
    "sv": ("Innehåll", "Kapitel", "Del", "Noter", "Not", "Tillbaka till texten", "Tillägnan", "Upphovsrätt",
           "Alla rättigheter förbehållna.", "Slut", "av"),
    "pl": ("Spis treści", "Rozdział", "Część", "Przypisy", "Przypis", "Powrót do tekstu", "Dedykacja",
           "Prawa autorskie", "Wszelkie prawa zastrzeżone.", "Koniec", ""),
    "ru": ("Содержание", "Глава", "Часть", "Примечания", "Примечание", "Назад к тексту", "Посвящение",
           "Авторские права", "Все права защищены.", "Конец", ""),
    "el": ("Περιεχόμενα", "Κεφάλαιο", "Μέρος", "Σημειώσεις", "Σημείωση", "Πίσω στο κείμενο", "Αφιέρωση",
           "Πνευματικά δικαιώματα", "Με την επιφύλαξη παντός δικαιώματος.", "Τέλος", ""),
    "ar": ("المحتويات", "الفصل", "الجزء", "الحواشي", "حاشية", "العودة إلى النص", "إهداء", "حقوق النشر",
           "جميع الحقوق محفوظة.", "النهاية", "تأليف"),
    "he": ("תוכן העניינים", "פרק", "חלק", "הערות", "הערה", "חזרה לטקסט", "הקדשה", "זכויות יוצרים",
           "כל הזכויות שמורות.", "סוף", "מאת"),
    "ja": ("目次", "", "", "注", "注", "本文に戻る", "献辞", "奥付", "無断転載を禁じます。", "おわり", ""),
    "zh": ("目录", "", "", "注释", "注", "返回正文", "献词", "版权页", "版权所有。", "完", ""),
    "ko": ("차례", "", "", "주", "주", "본문으로", "헌사", "판권", "모든 권리를 보유합니다.", "끝", ""),
}  # fmt: skip


def words_in(primary_language: str) -> Mapping[str, str]:
    """The words that are known, by the names of `wording.Words`; none for a language that has none yet."""
    return dict(zip(_FIELDS, _WORDS.get(primary_language, ()), strict=False))
