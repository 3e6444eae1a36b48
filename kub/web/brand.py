"""The brand of a copy (kub/brand) in a browser: its name, its sign and the styles that differ from
style.css, frame.css and site.css.
"""

from base64 import b64encode
from functools import cache
from pathlib import Path
from urllib.parse import quote

from kub import look

SIGN = Path(__file__).parents[1] / "ui" / "icon.svg"
# Of the colours of style.css those that a brand may change.
ROLES = ("accent", "tint", "guest", "against")
# The hem of parang of style.css, by what a copy's colours are for.
_HEM = (
    "<svg xmlns='http://www.w3.org/2000/svg' width='48' height='6'>"
    "<path fill='{accent}' d='M0 0h48v6H0z'/><path fill='{against}' d='M4 6 10 0h8l-6 6z'/>"
    "<path fill='{step}' d='M20 6 26 0h4l-6 6z'/>"
    "<path fill='{surface}' d='M14 6 20 0h3l-6 6zM32 6 38 0h2l-6 6z'/></svg>"
)
OWN_GOLD = "#E3A34B"  # the highest bar of our sign


def product(place: str) -> str:
    """What this copy is called, which says where it is unless the office has a name for it."""
    return look.BRAND.name or f"KUB {place}"


@cache
def sign() -> tuple[str, bytes]:
    """(media type, content) of the sign beside the name: the office's logo, else ours in its
    colours.
    """
    if logo := look.BRAND.logo:
        return logo.media_type, logo.content
    text = SIGN.read_text("utf-8").replace(look.OWN_LIGHT.accent, look.LIGHT.accent)
    if "against" in look.BRAND.dark:
        text = text.replace(OWN_GOLD, look.DARK.against)
    return "image/svg+xml", text.encode()


def sign_address() -> str:
    """The sign as a data: address."""
    media_type, content = sign()
    return f"data:{media_type};base64,{b64encode(content).decode()}"


@cache
def styles() -> bytes:
    """The rules that stand behind our own; nothing where a copy looks like ours."""
    if not (look.BRAND.light or look.BRAND.logo):
        return b""
    light, dark = look.LIGHT, look.DARK
    colours = "".join(
        f"  --kub-{role}: light-dark({getattr(light, role)}, {getattr(dark, role)});\n"
        for role in ROLES
    )
    parts = {"accent": light.accent, "against": light.against, "surface": light.surface}
    drawn = _HEM.format(**parts, step=light.steps[2])
    hem = "data:image/svg+xml," + quote(drawn, safe="/:=' ")
    # Where the accent reads as red, a gain in it would look like a loss.
    gains = ":is(.kub-hero, .kub-strip, .kub-large) .kub-note.up { color: var(--kub-ink); }\n"
    if "negative" not in look.BRAND.light:
        gains = ""
    return (
        f"{gains}:root {{\n{colours}}}\n"
        f':is(.stApp, .kub-file)::before {{ background: url("{hem}") repeat-x; }}\n'
        f'.kub-brand::before {{ background: url("{sign_address()}") center / contain '
        "no-repeat; }\n"
    ).encode()
