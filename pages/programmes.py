"""Program pendukung: microfinance units, village libraries, school visits, awards, and visits by
other regencies.
"""

from kub.ui import content, supporting
from kub.ui.content import Content
from kub.web import blocks


def show(p: Content) -> None:
    has = supporting.parts(p.data, p.filters)
    if not has:
        p.add(blocks.Text("", p.words("supporting.none"), boxed=True))
        return
    parts, part = p.control("part", has)
    p.controls(parts)
    supporting.PARTS[part](p)


content.run("programmes", show)
