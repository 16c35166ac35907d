"""A member's notes: parted into sentences, told apart by what they do, and grouped by the words they share."""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from generation.contract import Language
from generation.providers.storyteller.quoting import NOTE_LIMIT, clean

NoteKind = Literal["statement", "reason", "step", "figure"]
MOST_NOTES = 200

_SENTENCE_END = re.compile(r"(?<=[.!?…])\s+(?=[^\s\d)\]a-zà-ÿ])")
_WORD = re.compile(r"[^\W\d_]{3,}(?:-[^\W\d_]+)*")
_LIST_MARK = re.compile(r"^\s*(?:[-*•–]\s+|\d{1,3}[.)]\s+)")
_FIGURE = re.compile(r"(?:[€$£]\s?)?\d(?:[\d.,\u00a0\u202f:/]*\d)?(?:\s?(?:%|°C?|€|\$|£|[^\W\d_]{1,12}))?")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_STOP: Mapping[Language, frozenset[str]] = {
    "en": _words(
        "the and are but can for from has have into its not that their they this was were will with you your our then than there which who when where "
        "how what all any because been before being both each every few more most much must never often only other over same should some such too under "
        "until very while would about after again against also always does done don doesn make makes need needs use one two three first them these those "
        "per day week year near rather little first last next four five six seven eight nine ten don't keep put get good better best well less least many lot"
    ),
    "fr": _words(
        "les des une aux par pour dans sur sous avec sans mais donc car que qui quoi dont est sont ont pas plus moins très tout tous toute toutes cette ces "
        "son ses leur leurs notre nos votre vos mon mes ton tes elle elles ils nous vous être avoir fait faire faut peut doit comme quand aussi trop bien "
        "avant après entre chez vers jamais toujours souvent parce afin alors ainsi même autre autres chaque quelque quelques deux trois jour jours semaine "
        "semaines quatre cinq huit neuf dix onze douze fin début fois mieux peu beaucoup ne se si ou où lui"
    ),
}
# In English an adjective may come between; a noun is what no other word of weight follows.
_NOUN_PLACE = {
    "en": re.compile(
        r"\b(?:a|an|the|of|in|into|with|for|near|by|on|at|from|some|every|your|our|their|its|partial|enough)\s+(?:[^\W\d_]{2,}(?:est|y|al|ed|ing|ic|ous|ful|ive|ent|ect)\s+)?"
        r"(?P<noun>[^\W\d_]{3,}(?:-[^\W\d_]+)*)(?=\s*(?:[.,;:!?)]|$)|\s+(?:a|an|the|of|in|into|on|at|is|are|was|and|or|to|that|so|because|as|for|with|by|from|than|every|per|you|it)\b)"
    ),
    "fr": re.compile(
        r"(?:\b(?:le|la|les|un|une|des|du|de|à|au|aux|en|dans|sur|par|ce|cet|cette|ces|chaque|son|sa|ses|votre|vos|notre|nos|leur|leurs)\s+|\b[ld]['’])"
        r"(?P<noun>[^\W\d_]{3,}(?:-[^\W\d_]+)*)"
    ),
}
_STEP = {
    "en": re.compile(
        r"^(?:use|choose|put|plant|water|keep|avoid|check|make|start|begin|dig|add|measure|cut|never|always|do|don['’]t|ask|write|take|give|try|read|set|buy|"
        r"clean|cover|remove|store|wait|mix|leave|bring|call|plan|test|turn|wear|wash|move|place|remember|let|learn|find|look|save|sell|send|share|"
        r"build|book|open|close|count|feed|prune|sow|harvest|weed|label|list|prepare|pack|practise|practice|repeat|stop|listen|tell|talk|visit|invite|agree)\b",
        re.IGNORECASE,
    ),
    "fr": re.compile(
        r"^(?:(?:il faut|ne |n['’]|toujours |jamais )|[a-zà-ÿœ]+(?:ez)\b|(?:semer|planter|arroser|choisir|mettre|éviter|vérifier|garder|ajouter|mesurer|couper|commencer|"
        r"demander|noter|prendre|donner|essayer|lire|acheter|nettoyer|couvrir|enlever|ranger|attendre|mélanger|laisser|prévoir|tester|tourner|laver|"
        r"placer|chercher|regarder|envoyer|partager|ouvrir|fermer|compter|tailler|récolter|préparer|répéter|arrêter|écouter|inviter|utiliser|faire|creuser|pailler)\b)",
        re.IGNORECASE,
    ),
}
_REASON = {
    "en": re.compile(
        r"\b(?:because|so that|therefore|leads? to|causes?|since|in order to|which is why|otherwise)\b",
        re.IGNORECASE,
    ),
    "fr": re.compile(
        r"\b(?:parce qu|car|afin|pour que|puisqu|donc|sinon|à cause|grâce à|c['’]est pourquoi|provoqu|entraîn)",
        re.IGNORECASE,
    ),
}


@dataclass(frozen=True)
class Note:
    """One sentence of the member's, cleaned to one line. `number` counts from 1 in the order given."""

    number: int
    text: str
    kind: NoteKind


@dataclass(frozen=True)
class Group:
    """Notes that belong together, and the words that they share, in their own spelling."""

    notes: tuple[Note, ...]
    keys: tuple[str, ...]


def read_notes(notes: Sequence[str], language: Language) -> tuple[Note, ...]:
    """The sentences of the notes, numbered; the same sentence twice is one note. At most 200."""
    found: dict[str, None] = {}
    for note in notes:
        for line in re.split(r"[\r\n\u2028\u2029]+", note[:40_000]):
            cleaned = clean(_LIST_MARK.sub("", line), NOTE_LIMIT * 8)
            for sentence in _SENTENCE_END.split(cleaned):
                if re.search(r"\w", sentence):
                    found.setdefault(clean(sentence, NOTE_LIMIT))
    kept = list(found)[:MOST_NOTES]
    return tuple(Note(number, text, _kind(text, language)) for number, text in enumerate(kept, start=1))


def grouped(notes: Sequence[Note], *, groups: int, topic: str, language: Language) -> tuple[Group, ...]:
    """The notes in about `groups` groups of likeness, each in the order given, by the first note of each."""
    vectors = _weighted([_stems(note.text, language) for note in notes])
    likeness = _likenesses(vectors)
    clusters = [[index] for index in range(len(notes))]
    totals = [list(row) for row in likeness]
    while len(clusters) > max(groups, 1):
        one, two = _closest(clusters, totals)
        clusters[one] += clusters.pop(two)
        _join(totals, one, two)
    ordered = sorted((sorted(cluster) for cluster in clusters), key=lambda cluster: cluster[0])
    common = set(_stems(topic, language))
    taken: set[str] = set()
    result = []
    for cluster in ordered:
        keys = _keys(
            [notes[index] for index in cluster],
            [vectors[index] for index in cluster],
            common,
            taken,
            language,
        )
        taken.update(_stem(key) for key in keys[:2])
        result.append(Group(tuple(notes[index] for index in cluster), keys))
    return tuple(result)


def given(notes: Sequence[Note]) -> frozenset[str]:
    """What notes give: "step", "reason" and "figure", each wherever it stands."""
    found = {note.kind for note in notes}
    found |= {"figure" for note in notes if re.search(r"\d", note.text)}
    found |= {"reason" for note in notes if any(pattern.search(note.text) for pattern in _REASON.values())}
    return frozenset(found)


def figures(text: str) -> str:
    """The figures of a note with the word after them: "6 hours, 45 cm"."""
    return ", ".join(match[0].strip() for match in _FIGURE.finditer(text))


def _kind(text: str, language: Language) -> NoteKind:
    if _STEP[language].search(text):
        return "step"
    if re.search(r"\d", text):
        return "figure"
    if _REASON[language].search(text):
        return "reason"
    return "statement"


def _stems(text: str, language: Language) -> Counter[str]:
    stop = _STOP[language]
    return Counter(_stem(word) for word in _WORD.findall(text.lower()) if word not in stop)


def _stem(word: str) -> str:
    decomposed = unicodedata.normalize("NFD", word.lower())
    plain = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return re.sub(r"(?:ements?|ations?|ing|ers?|ed|es|s|ee?s?|aux?)$", "", plain) if len(plain) > 4 else plain


def _weighted(counts: Sequence[Counter[str]]) -> list[dict[str, float]]:
    found_in = Counter(stem for count in counts for stem in count)
    return [
        {stem: times * math.log(1 + len(counts) / found_in[stem]) for stem, times in count.items()}
        for count in counts
    ]


def _likenesses(vectors: Sequence[dict[str, float]]) -> list[list[float]]:
    lengths = [math.sqrt(sum(weight * weight for weight in vector.values())) or 1.0 for vector in vectors]
    return [
        [
            sum(weight * other.get(stem, 0.0) for stem, weight in vector.items()) / (length * other_length)
            for other, other_length in zip(vectors, lengths, strict=True)
        ]
        for vector, length in zip(vectors, lengths, strict=True)
    ]


def _join(totals: list[list[float]], one: int, two: int) -> None:
    """Adds what the second cluster has in common with each other to the first, and forgets the second."""
    for column, value in enumerate(totals[two]):
        totals[one][column] += value
    for row in totals:
        row[one] += row[two]
        del row[two]
    del totals[two]


def _closest(clusters: Sequence[Sequence[int]], totals: Sequence[Sequence[float]]) -> tuple[int, int]:
    """The two clusters to join: the most alike on average, where small ones have precedence."""
    best, pair = -math.inf, (0, 1)
    for one in range(len(clusters)):
        for two in range(one + 1, len(clusters)):
            mean = totals[one][two] / (len(clusters[one]) * len(clusters[two]))
            score = mean - 0.02 * (len(clusters[one]) + len(clusters[two]))
            if score > best:
                best, pair = score, (one, two)
    return pair


def _keys(
    notes: Sequence[Note],
    vectors: Sequence[dict[str, float]],
    common: set[str],
    taken: set[str],
    language: Language,
) -> tuple[str, ...]:
    """Up to four words for a group: shared by its notes, not the topic's own, not those of a group before."""
    shared = Counter(stem for vector in vectors for stem in vector)
    weight: Counter[str] = Counter()
    for vector in vectors:
        for stem, value in vector.items():
            weight[stem] += value * shared[stem]  # type: ignore[assignment]
    named = _named(notes, language)
    ranked = sorted(weight, key=lambda stem: (-weight[stem], stem))
    fresh = [stem for stem in ranked if stem not in common and stem not in taken] or ranked
    # A word that may not be a noun reads badly in a title: better one good word than two.
    chosen = [stem for stem in fresh if stem in named][:3] or fresh[:1]
    spelling = {**_spellings(notes, language), **named}
    return tuple(spelling[stem] for stem in chosen)


def _named(notes: Sequence[Note], language: Language) -> dict[str, str]:
    """Words that stand where a noun stands, after an article or a preposition, by stem: not "fits", not "choose"."""
    found: dict[str, str] = {}
    for note in notes:
        for phrase in _NOUN_PLACE[language].finditer(note.text.lower()):
            word = phrase["noun"]
            infinitive = (
                language == "fr"
                and word.endswith("er")
                and phrase[0].lower().startswith(("d'", "d’", "de ", "à "))
            )
            if word not in _STOP[language] and len(word) > 2 and not infinitive:
                found.setdefault(_stem(word), word)
    return found


def _spellings(notes: Sequence[Note], language: Language) -> dict[str, str]:
    spelling: dict[str, str] = {}
    for note in notes:
        for word in _WORD.findall(note.text.lower()):
            if word not in _STOP[language]:
                spelling.setdefault(_stem(word), word)
    return spelling
