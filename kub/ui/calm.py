"""A calm page outside the app: who is not logged in yet, or whom the provider did not confirm.

It needs nothing else of this server, so it can be shown to whoever may see nothing else.
"""

from collections.abc import Sequence
from html import escape
from pathlib import Path

from starlette.responses import HTMLResponse

from kub.look import DARK, LIGHT, Palette
from kub.web.brand import product
from kub.words import Words

_PAGE = (Path(__file__).parent / "calm.html").read_text("utf-8")


def page(
    words: Words, key: str, links: Sequence[tuple[str, str]], status: int, **values: object
) -> HTMLResponse:
    """key: of its title and text in the words. links: (label, address); the first is what most
    want.
    """
    listed = [
        f'<a{" class=first" if at == 0 else ""} href="{escape(to)}">{escape(label)}</a>'
        for at, (label, to) in enumerate(links)
    ]
    body = _PAGE.format(
        lang=words.lang,
        product=escape(product("Batang")),
        title=escape(words(f"{key}.title")),
        text=escape(words(f"{key}.text", **values)),
        links="".join(listed),
        light=_colors(LIGHT),
        dark=_colors(DARK),
    )
    return HTMLResponse(body, status, headers={"Cache-Control": "no-store"})


def _colors(p: Palette) -> str:
    return f"--background: {p.background}; --ink: {p.ink}; --accent: {p.accent};"
