"""What of a member's instruction ("shorter", "plus drôle") can be honoured without a language model."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

Length = Literal["shorter", "usual", "longer"]

_SHORTER = re.compile(
    r"\b(short|brief|concis|condens|trim|cut\b|less\b|abreg|court|raccourc|resum|moins|tighten|simpl)"
)
_LONGER = re.compile(
    r"\b(longer|long|lengthen|expand|detail|more\b|extend|develop|rallong|allong|etoff|plus de\b|enrich|descri)"
)
_FUNNIER = re.compile(r"\b(fun|humou?r|jok|laugh|comic|silly|drol|rigol|amus|blagu|marrant|comique)")


@dataclass(frozen=True)
class Wish:
    """How a chapter is to differ. Anything else that was asked for gives another wording, no more."""

    length: Length = "usual"
    funnier: bool = False


def understood(instruction: str) -> Wish:
    """The part of an instruction in English or French that the storyteller can follow."""
    decomposed = unicodedata.normalize("NFD", instruction[:2000].lower())
    plain = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    shorter, longer = bool(_SHORTER.search(plain)), bool(_LONGER.search(plain))
    funnier = bool(_FUNNIER.search(plain))
    if shorter and not re.search(r"\bplus long|\blonger", plain):
        return Wish("shorter", funnier)
    if longer and not re.search(r"\bplus court", plain):
        # "more jokes" asks for jokes, not for length.
        only_jokes = funnier and not re.search(r"long|detail|expand|lengthen|developp", plain)
        return Wish("usual" if only_jokes else "longer", funnier)
    return Wish("usual", funnier)
