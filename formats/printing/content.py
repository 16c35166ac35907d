"""What stands on a PDF's pages: pictures as they are placed, and the colours of fields and type."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Literal

import numpy as np
import pikepdf
from pikepdf import Name, Operator
from PIL import Image

Matrix = tuple[float, float, float, float, float, float]
Family = Literal["grey", "rgb", "cmyk", "pattern", "other"]
Colour = tuple[float, ...]
Recolour = Callable[[Colour, bool], Colour | None]

_UNTURNED: Matrix = (1, 0, 0, 1, 0, 0)
_DEEPEST = 8  # forms within forms
_COMPONENTS: dict[int, Family] = {1: "grey", 3: "rgb", 4: "cmyk"}
_DIRECT: dict[str, Family] = {"g": "grey", "rg": "rgb", "k": "cmyk"}
_SETS = {1: "g", 3: "rg", 4: "k"}


@dataclass(frozen=True, slots=True)
class Placed:
    """A picture on a page (numbered from 1), with its sides in points as it is placed and in pixels."""

    page: int
    image: Any
    width: float
    height: float
    across: int
    down: int

    @property
    def dpi(self) -> float:
        """The effective resolution: the lower of both directions."""
        return min(
            self.across / self.width * 72 if self.width else 0,
            self.down / self.height * 72 if self.height else 0,
        )


def placed_pictures(pdf: pikepdf.Pdf) -> list[Placed]:
    """Every picture where it is placed, in forms too. Masks are not pictures."""
    return [
        each for number, page in enumerate(pdf.pages, 1) for each in _placed(page.obj, number, _UNTURNED, 0)
    ]


def _placed(owner: Any, page: int, matrix: Matrix, depth: int) -> Iterator[Placed]:
    objects = owner.get(Name.Resources, {}).get(Name.XObject, {})
    if not objects or depth > _DEEPEST:
        return
    stack: list[Matrix] = []
    for operands, operator in _instructions(owner, "q Q cm Do"):
        match operator:
            case "q":
                stack.append(matrix)
            case "Q" if stack:
                matrix = stack.pop()
            case "cm":
                matrix = _times(_numbers(operands), matrix)
            case "Do":
                item = objects.get(str(operands[0]))
                if item is None:
                    continue
                if item.get(Name.Subtype) == Name.Form:
                    inner = _times(_numbers(item.get(Name.Matrix, _UNTURNED)), matrix)
                    yield from _placed(item, page, inner, depth + 1)
                elif not item.get(Name.ImageMask, False):
                    yield _picture(item, page, matrix)


def _instructions(owner: Any, operators: str) -> Iterator[tuple[Any, str]]:
    """These operators of a page or form, in order."""
    for each in pikepdf.parse_content_stream(owner, operators):
        if not isinstance(each, pikepdf.ContentStreamInlineImage):
            yield each.operands, str(each.operator)


def _picture(item: Any, page: int, matrix: Matrix) -> Placed:
    a, b, c, d, _e, _f = matrix
    return Placed(
        page=page,
        image=item,
        width=(a * a + b * b) ** 0.5,
        height=(c * c + d * d) ** 0.5,
        across=int(item.get(Name.Width, 0)),
        down=int(item.get(Name.Height, 0)),
    )


def _times(left: Matrix, right: Matrix) -> Matrix:
    a, b, c, d, e, f = left
    p, q, r, s, t, u = right
    return (a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u)


def _numbers(operands: Any) -> Matrix:
    a, b, c, d, e, f = (float(each) for each in operands)
    return (a, b, c, d, e, f)


def family_of(space: Any) -> Family:  # noqa: PLR0911 a table of names
    """What kind of colours a colour space holds."""
    if space in (Name.DeviceGray, Name.CalGray, Name.G):
        return "grey"
    if space in (Name.DeviceRGB, Name.CalRGB, Name.RGB):
        return "rgb"
    if space in (Name.DeviceCMYK, Name.CMYK):
        return "cmyk"
    if space == Name.Pattern:
        return "pattern"
    if isinstance(space, pikepdf.Array) and len(space) > 1:
        if space[0] == Name.ICCBased:
            return _COMPONENTS.get(int(space[1].get(Name.N, 0)), "other")
        if space[0] in (Name.Indexed, Name.I):
            return family_of(space[1])
        if space[0] in (Name.CalRGB, Name.CalGray):
            return "rgb" if space[0] == Name.CalRGB else "grey"
        if space[0] == Name.Pattern:
            return "pattern"
    return "other"


def recolour(pdf: pikepdf.Pdf, change: Recolour) -> None:
    """Set every colour of fields, lines and type anew.

    `change` takes grey, RGB or CMYK from 0 to 1, and whether it is for type or lines and not for a field; it
    gives grey or CMYK, or None where the colour stays as it is.
    """
    for page in pdf.pages:
        if page.obj.get(Name.Contents) is not None:
            page.obj.Contents = pdf.make_stream(_recoloured(page.obj, change))
    for each in list(pdf.objects):
        if _is_form(each):
            each.write(_recoloured(each, change))


@dataclass
class _State:
    """The colour spaces in force, by name in the resources; "" for the device's own."""

    fill: str = ""
    line: str = ""


@dataclass
class _Painter:
    spaces: Any
    change: Recolour
    state: _State = field(default_factory=_State)
    kept: list[_State] = field(default_factory=list)

    def instructions(self, operands: list[Any], operator: str, fine: bool) -> Iterator[tuple[list[Any], str]]:
        """What stands in the place of one operator. `fine` says that the colour is for type or lines."""
        match operator:
            case "q":
                self.kept.append(_State(self.state.fill, self.state.line))
            case "Q" if self.kept:
                self.state = self.kept.pop()
            case "cs" | "CS":
                name = str(operands[0])
                if operator == "cs":
                    self.state.fill = name
                else:
                    self.state.line = name
                if self.family(name) == "pattern":
                    yield operands, operator
                return
            case "sc" | "scn" | "SC" | "SCN":
                yield from self.within(operands, operator, fine)
                return
            case "g" | "rg" | "k" | "G" | "RG" | "K":
                yield from self.direct(operands, operator, fine)
                return
        yield operands, operator

    def within(self, operands: list[Any], operator: str, fine: bool) -> Iterator[tuple[list[Any], str]]:
        lines = operator.isupper()
        name = self.state.line if lines else self.state.fill
        family = self.family(name)
        changed = None
        if family in ("grey", "rgb", "cmyk"):
            changed = self.change(tuple(float(each) for each in operands), fine)
        if changed is not None:
            yield list(changed), _setting(changed, lines)
        else:
            if name and family != "pattern":
                yield [Name(name)], "CS" if lines else "cs"
            yield operands, operator

    def direct(self, operands: list[Any], operator: str, fine: bool) -> Iterator[tuple[list[Any], str]]:
        changed = self.change(tuple(float(each) for each in operands), fine)
        if changed is None:
            yield operands, operator
        else:
            yield list(changed), _setting(changed, operator.isupper())

    def family(self, name: str) -> Family:
        if name.startswith("/Device") or name == "/Pattern":
            return family_of(Name(name))
        space = self.spaces.get(name)
        return family_of(space) if space is not None else "other"


def _recoloured(owner: Any, change: Recolour) -> bytes:
    painter = _Painter(
        owner.get(Name.Resources, pikepdf.Dictionary()).get(Name.ColorSpace, pikepdf.Dictionary()), change
    )
    done: list[Any] = []
    all_of_it = list(pikepdf.parse_content_stream(owner))
    names = [str(each.operator) for each in all_of_it]
    for place, each in enumerate(all_of_it):
        if isinstance(each, pikepdf.ContentStreamInlineImage):
            done.append(each)
            continue
        operator = names[place]
        if operator not in _OURS:
            done.append(each)
            continue
        done.extend(
            (operands, Operator(name))
            for operands, name in painter.instructions(
                list(each.operands), operator, operator in _SETTINGS and _is_for_type(names, place)
            )
        )
    return pikepdf.unparse_content_stream(done)


_OURS = frozenset({"q", "Q", "cs", "CS", "sc", "scn", "SC", "SCN", "g", "rg", "k", "G", "RG", "K"})


_SETTINGS = frozenset({"sc", "scn", "g", "rg", "k", "SC", "SCN", "G", "RG", "K"})
_TYPE, _FIELDS = frozenset({"Tj", "TJ", "'", '"'}), frozenset({"f", "F", "f*", "B", "B*", "b", "b*", "sh"})


def _is_for_type(names: list[str], place: int) -> bool:
    """What a colour paints first; lines count as type does."""
    if names[place].isupper():
        return True
    for name in islice(names, place + 1, None):
        if name in _TYPE or name in _FIELDS:
            return name in _TYPE
    return True


def _setting(colour: Colour, lines: bool) -> str:
    name = _SETS[len(colour)]
    return name.upper() if lines else name


@dataclass(frozen=True, slots=True)
class Colours:
    """What kinds of colour a PDF uses, and whether anything in it is see-through."""

    families: frozenset[Family]
    transparent: bool
    rich_black: bool


def colours_in(pdf: pikepdf.Pdf) -> Colours:
    """Every family of colour that is painted with, in pictures, forms and patterns too."""
    seen: set[Family] = set()
    rich = False
    transparent = False
    resources: list[Any] = []
    for page in pdf.pages:
        resources.append(page.obj.get(Name.Resources, {}))
        families, is_rich = _painted(page.obj)
        seen |= families
        rich = rich or is_rich
    for each in pdf.objects:
        if not isinstance(each, pikepdf.Stream):
            continue
        if each.get(Name.Subtype) == Name.Image and not each.get(Name.ImageMask, False):
            seen.add(family_of(each.get(Name.ColorSpace)))
            transparent = transparent or Name.SMask in each
        elif _is_form(each):
            families, is_rich = _painted(each)
            seen |= families
            rich = rich or is_rich
            resources.append(each.get(Name.Resources, {}))
    masks = {Name.SMask}
    for each in resources:
        for state in each.get(Name.ExtGState, {}).values():
            see_through = float(state.get(Name.ca, 1)) < 1 or float(state.get(Name.CA, 1)) < 1
            blended = state.get(Name.BM, Name.Normal) not in (Name.Normal, Name.Compatible)
            masked = any(state.get(mask, Name("/None")) != Name("/None") for mask in masks)
            transparent = transparent or see_through or blended or masked
        for shading in each.get(Name.Shading, {}).values():
            seen.add(family_of(shading.get(Name.ColorSpace)))
    return Colours(frozenset(seen - {"pattern"}), transparent, rich)


def most_ink(pdf: pikepdf.Pdf) -> int:
    """The most of all four inks together, in per cent, that a colour or a place in a picture has."""
    most = 0.0
    for each in [page.obj for page in pdf.pages] + [each for each in pdf.objects if _is_form(each)]:
        if each.get(Name.Contents, each) is not None:
            colours = (operands for operands, _name in _instructions(each, "k K"))
            most = max([most, *(sum(float(ink) for ink in inks) for inks in colours)])
    for each in pdf.objects:
        if isinstance(each, pikepdf.Stream) and each.get(Name.ColorSpace) == Name.DeviceCMYK:
            most = max(most, _ink_of_picture(each))
    return round(most * 100)


def _ink_of_picture(image: Any) -> float:
    """Of a JPEG, at an eighth of its size: a single dot is nothing to a press."""
    if image.get(Name.Filter) != Name.DCTDecode:
        return 0.0
    with Image.open(io.BytesIO(image.read_raw_bytes())) as picture:
        picture.draft("CMYK", (max(picture.width // 8, 1), max(picture.height // 8, 1)))
        inks = np.asarray(picture.convert("CMYK")).astype(int)
    return float(inks.sum(axis=2).max()) / 255


def _is_form(each: Any) -> bool:
    return isinstance(each, pikepdf.Stream) and (
        each.get(Name.Subtype) == Name.Form or each.get(Name.PatternType) == 1
    )


def _painted(owner: Any) -> tuple[set[Family], bool]:
    seen: set[Family] = set()
    rich = False
    spaces = owner.get(Name.Resources, {}).get(Name.ColorSpace, {})
    if owner.get(Name.Contents, owner) is None:
        return seen, rich
    type_colour: Colour = (0.0,)
    for operands, operator in _instructions(owner, "cs CS g G rg RG k K scn sc Tj TJ"):
        match operator:
            case "cs" | "CS":
                name = str(operands[0])
                space = spaces.get(name, None)
                seen.add(family_of(space if space is not None else Name(name)))
            case "g" | "rg" | "k" | "scn" | "sc" as fills:
                try:
                    type_colour = tuple(float(each) for each in operands)
                except (TypeError, ValueError):
                    type_colour = ()
                if fills in _DIRECT:
                    seen.add(_DIRECT[fills])
            case "G" | "RG" | "K" as lines:
                seen.add(_DIRECT[lines.lower()])
            case "Tj" | "TJ":
                rich = rich or _is_rich_black(type_colour)
    return seen, rich


def _is_rich_black(colour: Colour) -> bool:
    """Nearly black type that would be printed in several inks, and blur where they miss each other."""
    if len(colour) == 3:
        return max(colour) < 0.22 and max(colour) - min(colour) < 0.12
    if len(colour) == 4:
        return colour[3] > 0.8 and sum(colour[:3]) > 0.1
    return False
