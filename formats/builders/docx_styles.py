"""The styles of a Word document, from a theme: what an editor sees in the list of styles."""

from __future__ import annotations

from collections.abc import Iterator

from formats.builders.docx_text import INDENT, TWIPS
from formats.builders.markup import direction, escape
from formats.builders.themes import Theme

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_HALF = 2  # Word counts type in half points
_QUIET = "6F655C"
_BUILT_IN = frozenset(
    {
        "Normal", "BodyText", "Title", "Subtitle", "Quote", "ListBullet", "ListNumber", "ListContinue", "Caption",
        "Header", "Footer", "FootnoteText",
    }
)  # fmt: skip


def styles(theme: Theme, language: str) -> str:
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:styles {W}>'
        f"{_defaults(theme, language)}{''.join(_styles(theme, language))}{_TABLE}</w:styles>"
    )


def script_of(language: str) -> str:
    """Which of Word's three languages a book's is beside the Latin one: "eastAsia", "bidi" or ""."""
    if language.lower().split("-")[0] in ("zh", "ja", "ko"):
        return "eastAsia"
    return "bidi" if direction(language) == "rtl" else ""


def theme_part(theme: Theme) -> str:
    """The theme of colours and faces that the styles refer to, so that an editor can change both at once."""
    accent, ink = theme.accent.removeprefix("#").upper(), theme.ink.removeprefix("#").upper()
    colours = "".join(
        f'<a:{name}><a:srgbClr val="{value}"/></a:{name}>'
        for name, value in (
            ("dk1", ink), ("lt1", "FFFFFF"), ("dk2", _QUIET), ("lt2", "F4F0EA"), ("accent1", accent),
            ("accent2", _QUIET), ("accent3", "B9AEA2"), ("accent4", "8A7F73"), ("accent5", "4F6D7A"),
            ("accent6", "5B7553"), ("hlink", accent), ("folHlink", _QUIET),
        )
    )  # fmt: skip
    line = '<a:ln w="6350" cap="flat" cmpd="sng" algn="ctr"><a:solidFill><a:schemeClr val="phClr"/></a:solidFill></a:ln>'
    fill = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
    effect = "<a:effectStyle><a:effectLst/></a:effectStyle>"
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" name="{escape(theme.name)}">'
        f'<a:themeElements><a:clrScheme name="{escape(theme.name)}">{colours}</a:clrScheme>'
        f'<a:fontScheme name="{escape(theme.name)}"><a:majorFont>{_faces(theme.title_font)}</a:majorFont>'
        f"<a:minorFont>{_faces(theme.body_font)}</a:minorFont></a:fontScheme>"
        f'<a:fmtScheme name="{escape(theme.name)}"><a:fillStyleLst>{fill * 3}</a:fillStyleLst>'
        f"<a:lnStyleLst>{line * 3}</a:lnStyleLst><a:effectStyleLst>{effect * 3}</a:effectStyleLst>"
        f"<a:bgFillStyleLst>{fill * 3}</a:bgFillStyleLst></a:fmtScheme></a:themeElements></a:theme>"
    )


def _faces(name: str) -> str:
    """A face, and what other scripts are set in, as Word comes with them."""
    scripts = "".join(
        f'<a:font script="{script}" typeface="{face}"/>'
        for script, face in (
            ("Jpan", "Yu Mincho"), ("Hans", "SimSun"), ("Hant", "PMingLiU"), ("Hang", "Batang"),
            ("Arab", "Sakkal Majalla"), ("Hebr", "David"), ("Thai", "Angsana New"), ("Deva", "Nirmala UI"),
        )
    )  # fmt: skip
    return f'<a:latin typeface="{escape(name)}"/><a:ea typeface=""/><a:cs typeface=""/>{scripts}'


def _defaults(theme: Theme, language: str) -> str:
    tag, script = escape(language), script_of(language)
    other = f' w:{script}="{tag}"' if script else ""
    return (
        f"<w:docDefaults><w:rPrDefault><w:rPr>{_font(theme.body_font, 'minor', hint=script)}"
        f'{_size(theme.body_size)}<w:lang w:val="{tag}"{other}/></w:rPr></w:rPrDefault>'
        "<w:pPrDefault><w:pPr/></w:pPrDefault></w:docDefaults>"
    )


def _styles(theme: Theme, language: str) -> Iterator[str]:
    size, accent = theme.body_size, theme.accent.removeprefix("#").upper()
    title, label = _font(theme.title_font, "major"), _label(theme)
    colour = f'<w:color w:val="{accent}" w:themeColor="accent1"/>'
    quiet = f'<w:color w:val="{_QUIET}" w:themeColor="text2"/>'
    picture_book = theme.design == "picture"
    way = "<w:bidi/>" if direction(language) == "rtl" else ""
    line = f'w:line="{round(theme.leading * TWIPS)}" w:lineRule="atLeast"'
    justify = "" if picture_book or not theme.justified else '<w:jc w:val="both"/>'
    spaced = theme.paragraphs == "spaced"
    between = f'<w:spacing w:after="{round(theme.leading * 0.55 * TWIPS)}"/>' if spaced else ""
    indent = "" if spaced else f'<w:ind w:firstLine="{round(size * 1.4 * TWIPS)}"/>'
    centre = '<w:jc w:val="center"/>'
    hang = f'<w:ind w:left="{INDENT}" w:hanging="{INDENT}"/>'

    yield _style("Normal", "Normal", f"{way}<w:spacing {line}/>", based="", default=True)
    yield _style("BodyText", "Body Text", f"{between}{indent}{justify}", quick=True)
    yield _style(
        "FirstParagraph", "First Paragraph", '<w:ind w:firstLine="0"/>', based="BodyText", after="BodyText"
    )
    yield _style(
        "Title",
        "Title",
        f'<w:spacing w:before="3200" w:after="240"/>{centre}',
        f"{title}{_size(30)}",
        after="Subtitle",
    )
    yield _style(
        "Subtitle",
        "Subtitle",
        f'<w:spacing w:after="360"/>{centre}',
        f"<w:i/>{quiet}{_size(14)}",
        after="Author",
    )
    yield _style("Author", "Author", f'<w:spacing w:after="480"/>{centre}', f"{label}{_size(13)}")
    yield _style(
        "Publisher", "Publisher", f'<w:spacing w:before="1800"/>{centre}', f"{label}{quiet}{_size(10)}"
    )
    yield _style("Colophon", "Colophon", '<w:spacing w:after="120"/>', f"{quiet}{_size(9)}")
    yield _style(
        "Dedication", "Dedication", f'<w:pageBreakBefore/><w:spacing w:before="2800"/>{centre}', "<w:i/>"
    )
    yield _style(
        "ChapterLabel",
        "Chapter Label",
        '<w:keepNext/><w:pageBreakBefore/><w:spacing w:before="1200" w:after="80"/>',
        f'{label}<w:b/><w:caps/>{colour}<w:spacing w:val="24"/>{_size(9)}',
        after="Heading1",
    )
    yield _style(
        "PartLabel",
        "Part Label",
        f'<w:keepNext/><w:pageBreakBefore/><w:spacing w:before="3000" w:after="160"/>{centre}',
        f'{label}<w:b/><w:caps/>{colour}<w:spacing w:val="24"/>{_size(10)}',
        after="PartTitle",
    )
    yield _style(
        "PartTitle",
        "Part Title",
        f'<w:keepLines/><w:spacing w:after="480"/>{centre}<w:outlineLvl w:val="0"/>',
        f"{title}{_size(theme.title_size * 1.1)}",
        after="BodyText",
        quick=True,
    )
    yield from _headings(theme, title, label, colour)
    yield _style(
        "Quote",
        "Quote",
        f'<w:spacing w:before="120" w:after="120"/><w:ind w:left="{INDENT}" w:right="{INDENT}"/>',
        "<w:i/>",
        quick=True,
    )
    yield _style("ListBullet", "List Bullet", f'<w:spacing w:after="40"/>{hang}', quick=True)
    yield _style("ListNumber", "List Number", f'<w:spacing w:after="40"/>{hang}', quick=True)
    yield _style("ListContinue", "List Continue", f'<w:spacing w:after="40"/><w:ind w:left="{INDENT}"/>')
    yield _style(
        "Checklist",
        "Checklist",
        f'<w:tabs><w:tab w:val="left" w:pos="{INDENT}"/></w:tabs><w:spacing w:after="60"/>{hang}',
        quick=True,
    )
    yield _style(
        "SceneBreak",
        "Scene Break",
        f'<w:spacing w:before="240" w:after="240"/>{centre}',
        colour,
        after="FirstParagraph",
    )
    yield _style(
        "SourceCode",
        "Source Code",
        '<w:keepLines/><w:shd w:val="clear" w:color="auto" w:fill="F4F0EA"/><w:suppressAutoHyphens/><w:spacing w:before="160" w:after="160" w:line="260" w:lineRule="atLeast"/>',
        f"{_font('Consolas')}<w:noProof/>{_size(size * 0.82)}",
    )
    yield _style(
        "Figure",
        "Figure",
        f'<w:spacing w:before="200" w:after="200" w:line="240" w:lineRule="auto"/>{centre}',
    )
    yield _style(
        "Caption", "caption", f'<w:spacing w:after="240"/>{centre}', f"<w:i/>{quiet}{_size(size * 0.88)}"
    )
    yield _style(
        "TableText",
        "Table Text",
        '<w:spacing w:before="40" w:after="40" w:line="240" w:lineRule="auto"/>',
        _size(size * 0.92),
    )
    yield _style("TableHead", "Table Head", "<w:keepNext/>", f"{label}<w:b/>", based="TableText")
    yield from _furniture(theme, title, label, quiet)
    yield _style(
        "FootnoteText", "footnote text", '<w:spacing w:line="240" w:lineRule="auto"/>', _size(size * 0.85)
    )
    yield _character("DefaultParagraphFont", "Default Paragraph Font", "", default=True)
    yield _character("FootnoteReference", "footnote reference", '<w:vertAlign w:val="superscript"/>')
    yield _character("Hyperlink", "Hyperlink", colour)
    yield _character("VerbatimChar", "Verbatim Char", f"{_font('Consolas')}<w:noProof/>{_size(size * 0.85)}")
    yield '<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/></w:style>'


def _furniture(theme: Theme, title: str, label: str, quiet: str) -> Iterator[str]:
    """The contents, and what stands at the head and foot of pages."""
    size, centre = theme.body_size, '<w:jc w:val="center"/>'
    yield _style(
        "TOCHeading",
        "TOC Heading",
        f'<w:pageBreakBefore/><w:spacing w:before="800" w:after="360"/>{centre}',
        f"{title}{_size(theme.title_size * 0.85)}",
    )
    across = round((theme.width - theme.inside - theme.outside) * TWIPS)
    tab = f'<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="{across}"/></w:tabs>'
    yield _style("TOC1", "toc 1", f'{tab}<w:spacing w:after="80"/>')
    for level in (2, 3):
        inset = f'<w:ind w:left="{INDENT * (level - 1)}"/>'
        yield _style(
            f"TOC{level}", f"toc {level}", f'{tab}<w:spacing w:after="40"/>{inset}', _size(size * 0.92)
        )
    yield _style(
        "Header",
        "header",
        f'<w:tabs><w:tab w:val="right" w:pos="{across}"/></w:tabs>',
        f"{label}{quiet}{_size(8.5)}",
    )
    yield _style("Footer", "footer", centre, f"{label}{_size(9)}")


def _headings(theme: Theme, title: str, label: str, colour: str) -> Iterator[str]:
    own = theme.label_font != theme.body_font
    opening = "" if theme.design == "picture" else '<w:jc w:val="center"/>' if not own else ""
    keep, whole = "<w:keepNext/><w:keepLines/>", "<w:suppressAutoHyphens/>"
    looks = {
        1: (f'{keep}<w:pageBreakBefore/>{whole}<w:spacing w:before="240" w:after="480"/>{opening}', f"{title}{_size(theme.title_size * (0.55 if theme.design == 'picture' else 1))}"),
        2: (f'{keep}{whole}<w:spacing w:before="360" w:after="160"/>', f"{label}{'<w:b/>' if own else '<w:i/>'}{_size(theme.body_size * 1.25)}"),
        3: (f'{keep}{whole}<w:spacing w:before="280" w:after="120"/>', f"{label}{'<w:b/>' if own else '<w:smallCaps/>'}{colour}{_size(theme.body_size * 1.05)}"),
    }  # fmt: skip
    for level in range(1, 7):
        paragraph, characters = looks.get(
            level, (f'{keep}{whole}<w:spacing w:before="240" w:after="80"/>', "<w:i/>")
        )
        outline = f'<w:outlineLvl w:val="{level - 1}"/>'
        yield _style(
            f"Heading{level}",
            f"heading {level}",
            paragraph + outline,
            characters,
            after="FirstParagraph",
            quick=True,
        )


def _style(
    style_id: str,
    name: str,
    paragraph: str = "",
    characters: str = "",
    *,
    based: str = "Normal",
    after: str = "",
    default: bool = False,
    quick: bool = False,
) -> str:
    chosen = ' w:default="1"' if default else ""
    own = "" if style_id in _BUILT_IN or style_id.startswith(("Heading", "TOC")) else ' w:customStyle="1"'
    parts = [
        f'<w:style w:type="paragraph"{chosen}{own} w:styleId="{style_id}">',
        f'<w:name w:val="{name}"/>',
        f'<w:basedOn w:val="{based}"/>' if based else "",
        f'<w:next w:val="{after}"/>' if after else "",
        "<w:qFormat/>" if quick or default else "",
        f"<w:pPr>{paragraph}</w:pPr>" if paragraph else "",
        f"<w:rPr>{characters}</w:rPr>" if characters else "",
        "</w:style>",
    ]
    return "".join(parts)


def _character(style_id: str, name: str, properties: str, *, default: bool = False) -> str:
    chosen = ' w:default="1"' if default else ""
    chosen += ' w:customStyle="1"' if style_id == "VerbatimChar" else ""
    looks = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:style w:type="character"{chosen} w:styleId="{style_id}"><w:name w:val="{name}"/>{looks}</w:style>'


def _font(name: str, of_theme: str = "", *, hint: str = "") -> str:
    """A face by name, and where it is one of the theme's two by its place there, which counts (17.3.2.26).

    Scripts that the face has no letters for are set in what the theme names for them.
    """
    preferred = ' w:hint="eastAsia"' if hint == "eastAsia" else ""
    named = f'w:ascii="{name}" w:hAnsi="{name}"'
    if not of_theme:
        return f"<w:rFonts{preferred} {named}/>"
    return (
        f'<w:rFonts{preferred} {named} w:asciiTheme="{of_theme}HAnsi" w:eastAsiaTheme="{of_theme}EastAsia" '
        f'w:hAnsiTheme="{of_theme}HAnsi" w:cstheme="{of_theme}Bidi"/>'
    )


def _label(theme: Theme) -> str:
    by_name = {theme.title_font: "major", theme.body_font: "minor"}
    return _font(theme.label_font, by_name.get(theme.label_font, ""))


def _size(points: float) -> str:
    half = round(points * _HALF)
    return f'<w:sz w:val="{half}"/><w:szCs w:val="{half}"/>'


_TABLE = (
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:tblPr>'
    '<w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:left w:w="100" w:type="dxa"/>'
    '<w:right w:w="100" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
    '<w:style w:type="table" w:customStyle="1" w:styleId="BookTable"><w:name w:val="Book Table"/>'
    '<w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders><w:top w:val="single" w:sz="8" w:space="0" w:color="auto"/>'
    '<w:bottom w:val="single" w:sz="8" w:space="0" w:color="auto"/>'
    '<w:insideH w:val="single" w:sz="2" w:space="0" w:color="B9AEA2"/></w:tblBorders></w:tblPr>'
    '<w:tblStylePr w:type="firstRow"><w:tcPr><w:tcBorders>'
    '<w:bottom w:val="single" w:sz="4" w:space="0" w:color="auto"/></w:tcBorders></w:tcPr></w:tblStylePr></w:style>'
)
