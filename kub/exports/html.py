"""A pack as one file for a browser without any net: charts that answer to the pointer, their
tables, definitions.

Plotly, the typeface and the chart's own JavaScript (kub/web/chart.js, the same as on the screen)
lie inside. The policy in its head names the two scripts by their hash and forbids every request,
so that neither a record's text nor an added script could run or ask another host.
"""

import base64
import hashlib
import html as markup
import json
from pathlib import Path
from typing import Any

import plotly

from kub import look
from kub.answers.source import source_line
from kub.exports.pack import Pack, Part
from kub.words import Words
from kub.words.columns import columns, kind, sorts_as_value, written
from kub.words.rows import plain

HERE = Path(__file__).parent
SCREEN = HERE.parent / "web"
MOST_ROWS = 2_000  # of a table; a browser takes more, a reader does not


def html(pack: Pack) -> bytes:
    """The file. Colours follow the browser's mode, numbers the pack's language; it prints light."""
    library, script = _library(), _script(pack)
    # img-src data: and blob:, for Plotly draws its pictures there; nothing may be asked from a
    # host.
    policy = (
        "default-src 'none'; base-uri 'none'; form-action 'none'; img-src data: blob:; "
        "font-src data:; "
        f"style-src 'unsafe-inline'; script-src {_hash(library)} {_hash(script)}"
    )
    words = pack.words
    parts = "\n".join(_part(number, part, words) for number, part in enumerate(pack.parts, 1))
    text = f"""<!DOCTYPE html>
<html lang="{pack.lang}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{_safe(pack.title)}</title>
<style>{_style()}</style>
</head>
<body>
<header>
<h1>{_safe(pack.title)}</h1>
{_settings(pack)}
</header>
<noscript><p class="label">{_safe(words("pack.page.no_script"))}</p></noscript>
<nav aria-label="{_safe(words("pack.contents"))}">
<h2>{_safe(words("pack.contents"))}</h2>
{_contents(pack)}
</nav>
<main>
{parts}
{_definitions(pack)}
{_sources(pack)}
</main>
<footer>{_foot(pack)}</footer>
<script type="application/json" id="figures">{_figures(pack)}</script>
<script>{library}</script>
<script type="module">{script}</script>
</body>
</html>
"""
    return text.encode()


def _safe(text: object) -> str:
    """Text as HTML. Every text of records, words and visits goes through here."""
    return markup.escape(str(text))


def _hash(script: str) -> str:
    """The source of a script for the policy: it runs only with exactly this content."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"


def _inside(script: str) -> str:
    """JSON for use inside <script>: no sign of its end, or of a comment that would swallow it."""
    return script.replace("<", "\\u003c")


def _library() -> str:
    """Plotly of the installed package, as on the screen."""
    # \r goes: a browser reads CRLF as LF before it computes the hash.
    library = (
        (Path(plotly.__file__).parent / "package_data" / "plotly.min.js")
        .read_text("utf-8")
        .replace("\r", "")
    )
    if "</script" in library.lower():
        raise ValueError("plotly.min.js ends its own script element")
    return library


def _script(pack: Pack) -> str:
    """The screen's chart module, with the look before it, and after it what draws all charts of
    this file.
    """
    # Both modes, at the size of the screen: a page is not read from the back of a hall.
    templates = {mode: {"1.0": look.template(mode, pack.lang)} for mode in ("light", "dark")}
    shared = {
        "swap": look.swap(),
        "templates": templates,
        "family": look.FAMILY,
        "plotly": "",
        "fontFile": "",
    }
    look_script = f"const LOOK = {_inside(json.dumps(shared))};\n"
    code = (SCREEN / "chart.js", SCREEN / "chart_fit.js", HERE / "html.js")
    return look_script + "".join(path.read_text("utf-8") for path in code)


def _figures(pack: Pack) -> str:
    drawn = {}
    for number, part in enumerate(pack.parts, 1):
        answer = part.answer
        if answer.figure is not None:
            drawn[f"chart-{number}"] = {
                "key": f"chart-{number}",
                "figure": json.dumps(_values(answer.figure), allow_nan=False),
                "alt": answer.takeaway or part.title,
                "height": answer.sizes.on_paper(answer.frame),
                "lang": pack.lang,
                "scale": "1.0",
                # A click leads nowhere in a file: there is no page behind it.
                "select": False,
            }
    # allow_nan=False above: NaN is no JSON, and the whole page would stay without charts.
    return _inside(json.dumps(drawn, ensure_ascii=False))


def _values(value: Any) -> Any:
    """A figure of plain JSON values."""
    if isinstance(value, dict):
        return {name: _values(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [_values(item) for item in value]
    # numpy arrays and pandas columns, as charts hold them.
    if hasattr(value, "tolist"):
        return _values(value.tolist())
    return plain(value)


def _style() -> str:
    light, dark = (
        "".join(
            f"--{name}: {getattr(palette, name)};"
            for name in ("background", "surface", "ink", "muted", "line", "accent", "warning")
        )
        for palette in (look.LIGHT, look.DARK)
    )
    # Inside the file: a link to a font would ask another host, and fail without any net.
    font = base64.b64encode((SCREEN / "static" / "plus-jakarta-sans.woff2").read_bytes()).decode()
    face = f'@font-face {{ font-family: "{look.FAMILY}"; font-weight: 200 800;'
    face += f' src: url("data:font/woff2;base64,{font}") format("woff2"); }}'
    # .paper is set while it prints: ink on white, whatever the browser's mode.
    modes = (
        f":root {{ {light} }}\n@media screen and (prefers-color-scheme: dark) "
        f"{{ :root:not(.paper) {{ {dark} }} }}"
    )
    family = f":root {{ --family: {look.FONT}; }}"
    return f"{face}\n{modes}\n{family}\n{(HERE / 'html.css').read_text('utf-8')}"


def _settings(pack: Pack) -> str:
    sample = pack.words("source.sample")
    rows = ""
    for name, value in pack.settings():
        mark = " class=label" if value == sample else ""
        rows += f"<dt>{_safe(name)}</dt><dd{mark}>{_safe(value)}</dd>"
    return f"<dl class=settings>{rows}</dl>"


def _contents(pack: Pack) -> str:
    words = pack.words
    # Every answer, definitions and sources: paper has page numbers, a file has links.
    more = (("definitions", words("method.definitions")), ("sources", words("method.sources")))
    links = [(f"answer-{number}", part.title) for number, part in enumerate(pack.parts, 1)] + list(
        more
    )
    return (
        "<ol>"
        + "".join(f'<li><a href="#{at}">{_safe(title)}</a></li>' for at, title in links)
        + "</ol>"
    )


def _part(number: int, part: Part, words: Words) -> str:
    answer = part.answer
    takeaway = answer.takeaway_under(part.title)
    # A table of one row is read upright: as cells with a heading each.
    lone = answer.figure is None and len(answer.frame) == 1
    drawn = ""
    if answer.figure is not None:
        # Its height is there before the script runs, so that a jump from the contents lands right.
        drawn = (
            f'<div class="figure" id="chart-{number}" style="min-height: '
            f'{answer.sizes.on_paper(answer.frame)}px">'
            '<div class="kub-chart" role="img"><div class="kub-plot"></div></div></div>'
        )
    if takeaway:
        takeaway = f"<p>{_safe(takeaway)}</p>"
    table = _numbers(part, words) if lone else _table(part, words)
    return f"""<section id="answer-{number}" aria-labelledby="title-{number}">
<h2 id="title-{number}">{_safe(part.title)}</h2>
<p class="subtitle">{_safe(answer.subtitle)}</p>
{drawn}
{takeaway}
{table}
<p class="source">{_safe(source_line(answer.source, words))}</p>
</section>"""


def _numbers(part: Part, words: Words) -> str:
    """HTML of an answer in one row: its large numbers as the screen has them, with the whole row
    folded away; without such numbers the cells of the row.
    """
    cells = written(part.answer.frame, words).iloc[0].items()
    row = "".join(
        f"<div><dt>{_safe(head)}</dt><dd>{_safe(value)}</dd></div>" for head, value in cells
    )
    if not part.numbers:
        return f"<dl class=numbers>{row}</dl>"
    strip = "".join(
        f"<div><dt>{_safe(label)}</dt><dd>{_safe(value)}</dd><dd class=note>"
        f"{_safe(note)}</dd></div>"
        for label, value, note, _ in part.numbers
    )
    return f"""<dl class="numbers strip">{strip}</dl>
<details><summary>{_safe(words("pack.page.row"))}</summary><dl class=numbers>{row}</dl></details>"""


def _table(part: Part, words: Words) -> str:
    """HTML of the rows, folded away where a chart shows them."""
    frame = part.answer.frame
    if frame.empty:
        return f"<p>{_safe(words('pack.page.no_rows'))}</p>"
    texts = written(frame.head(MOST_ROWS), words)
    # By kind of column, not by the text: "–" stands right too where the column is of numbers.
    right = [
        " class=number" if sorts_as_value(kind(c, frame[c]), frame[c]) else ""
        for c in columns(frame)
    ]
    heads = "".join(
        f"<th scope=col{at}>{_safe(name)}</th>"
        for name, at in zip(texts.columns, right, strict=True)
    )
    rows = "\n".join(
        "<tr>"
        + "".join(f"<td{at}>{_safe(cell)}</td>" for cell, at in zip(row, right, strict=True))
        + "</tr>"
        for row in texts.itertuples(index=False, name=None)
    )
    cut = ""
    if len(frame) > MOST_ROWS:
        cut = f"<p>{_safe(words('pack.page.cut', shown=MOST_ROWS, rows=len(frame)))}</p>"
    # With a chart above it the table is the second look, and folded away.
    state = " open" if part.answer.figure is None else ""
    summary = words("pack.page.rows", n=len(frame))
    if len(frame) == 1:
        summary = words("pack.page.row")
    return f"""<details{state}><summary>{_safe(summary)}</summary>
<div class="scroll" tabindex="0"><table><caption>{_safe(part.title)}</caption>
<thead><tr>{heads}</tr></thead><tbody>
{rows}
</tbody></table></div>{cut}</details>"""


def _definitions(pack: Pack) -> str:
    words = pack.words
    items = "".join(
        f"<dt>{_safe(name)}</dt><dd>{_safe(says)}<br><code>{_safe(formula)}</code></dd>"
        for name, says, formula in pack.definitions()
    )
    return f"""<section id="definitions"><h2>{_safe(words("method.definitions"))}</h2>
<p class="subtitle">{_safe(words("method.definitions_more"))}</p>
<dl class="definitions">{items}</dl></section>"""


def _sources(pack: Pack) -> str:
    words = pack.words
    sources = "".join(f"<li>{_safe(source)}</li>" for source in pack.sources())
    files = "".join(
        f"<tr><td>{_safe(name)}</td><td><code>{_safe(digest)}</code></td></tr>"
        for name, digest in pack.files
    )
    return f"""<section id="sources"><h2>{_safe(words("method.sources"))}</h2><ul>{sources}</ul>
<h3>{_safe(words("method.files"))}</h3><div class="scroll" tabindex="0"><table>
<thead><tr><th scope=col>{_safe(words("method.file"))}</th><th scope=col>SHA-256</th></tr></thead>
<tbody>{files}</tbody></table></div></section>"""


def _foot(pack: Pack) -> str:
    return _safe(" · ".join(value for _, value in pack.settings()))
