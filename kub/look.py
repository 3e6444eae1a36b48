"""The look, once: colours, type sizes, the Plotly template, and the marks charts share.

Colours are rooted in Batang: the Java Sea (accent), soga-brown and indigo of its batik, the
green of its rice. `brand.toml` in the data folder may say others for a copy (kub/brand).
`.streamlit/config.toml` repeats the few that Streamlit needs (tests/unit/test_look.py holds both
together). A figure may be drawn in either mode: every colour of `LIGHT` has its one twin in `DARK`
(`swap`), so a screen turns it over without asking the server again.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from textwrap import wrap
from typing import Any, Literal

from kub import brand
from kub.shipped import data_folder

Mode = Literal["light", "dark"]
Figure = dict[str, Any]

# drawn for the city of Jakarta by Tokotype; SIL OFL, served by the app itself
FAMILY = "Plus Jakarta Sans"
FONT = f"{FAMILY}, Segoe UI, Helvetica Neue, Arial, sans-serif"
SMALL, BODY, TITLE, DISPLAY = 13, 16, 22, 38  # px; the only four sizes
PRESENTING = 1.5  # template(scale=PRESENTING): nothing in a chart below 18 px

# The same on screen, slide, sheet and paper, in both modes. Found by search: CIEDE2000 >= 13.6
# between any two, in normal vision and under each deficiency by the simulations of Brettel, Vienot
# and Machado.
SECTORS: Mapping[str, str] = {
    "makanan": "#A35711",  # soga
    "kerajinan": "#AD7798",  # mengkudu
    "laundry": "#3A69CF",  # indigo
    "koperasi": "#649869",  # young rice
    "lainnya": "#6E6964",  # stone
}


@dataclass(frozen=True)
class Palette:
    """The colours of a mode, by what they are for. `steps` run from little to much."""

    background: str
    surface: str  # sidebar, table heading, skeleton
    ink: str  # text that must be read
    muted: str  # subtitles, axes, sources
    line: str  # borders, axis lines
    grid: str
    accent: str  # the one thing that matters
    tint: str  # accent, faint: fills under a line, bands
    context: str  # grey marks: the others, the past
    guest: str  # figures a visitor declares, beside the accent
    against: str  # the other side of a comparison, beside the accent
    published: str  # open diamonds
    warning: str
    negative: str  # closings, decline
    mask: str  # suppressed
    empty: str  # hatching where there is no KUB
    steps: tuple[str, str, str, str, str]


OWN_LIGHT = Palette(
    background="#FBFAF6",
    surface="#F2EFE7",
    ink="#17252E",
    muted="#55626B",
    line="#CBC5B6",
    grid="#E6E2D7",
    accent="#0B6274",
    tint="#DCEAE9",
    context="#8F8B80",
    guest="#7D3F12",
    against="#B8531B",
    published="#17252F",
    warning="#8A5A00",
    negative="#A63A2B",
    mask="#BDB8AB",
    empty="#D6D1C3",
    steps=("#CBE4E2", "#8FC3C6", "#529BA9", "#207186", "#0A475D"),
)
OWN_DARK = Palette(
    background="#131A22",
    surface="#1B242E",
    ink="#ECEAE3",
    muted="#A3AEB7",
    line="#3A4651",
    grid="#26313B",
    accent="#5CC3D3",
    tint="#1A3540",
    context="#717C86",
    guest="#F0A860",
    against="#F2A45B",
    published="#ECEAE4",
    warning="#E9B44C",
    negative="#F08A77",
    mask="#57616A",
    empty="#33404B",
    steps=("#21434F", "#2B6676", "#3F8F9E", "#6FB9C2", "#B9E5E4"),
)


def brand_in(folder: Path) -> brand.Brand:
    """The brand that a data folder says, checked against our own colours."""
    both = (OWN_LIGHT, OWN_DARK)
    light, dark = ((p.background, p.surface) for p in both)
    used = {*SECTORS.values(), *OWN_LIGHT.steps, *OWN_DARK.steps}
    used |= {color for p in both for color in asdict(p).values() if isinstance(color, str)}
    sides, dark_sides = ((p.accent, p.against) for p in both)
    own = brand.Own(light, dark, sides, dark_sides, OWN_LIGHT.negative, SECTORS, frozenset(used))
    return brand.read(folder, own)


# Once in a process: charts, styles and files of one copy are of one look.
BRAND = brand_in(data_folder())
LIGHT, DARK = replace(OWN_LIGHT, **BRAND.light), replace(OWN_DARK, **BRAND.dark)


def palette(mode: Mode) -> Palette:
    """The colours of a mode."""
    return DARK if mode == "dark" else LIGHT


def swap() -> dict[str, str]:
    """Light colour -> dark colour, each once; sectors stay as they are in both modes."""
    # Colours of LIGHT differ from each other, if only in the last digit: each has a single twin.
    light, dark = asdict(LIGHT), asdict(DARK)
    steps = dict(zip(light.pop("steps"), dark.pop("steps"), strict=True))
    return {light[role]: dark[role] for role in light} | steps


def template(mode: Mode, lang: str = "id", scale: float = 1.0) -> dict[str, Any]:
    """The Plotly template. The screen adds it in the browser; exports by `dressed`."""
    p = palette(mode)
    small, body = round(SMALL * scale), round(BODY * scale)
    axis = {
        "automargin": True,
        "fixedrange": True,
        "zeroline": False,
        "ticks": "",
        "title": {"text": "", "font": {"size": small}},
        "tickfont": {"size": small, "color": p.muted},
        "gridcolor": p.grid,
        "linecolor": p.line,
    }
    return {
        "layout": {
            "font": {"family": FONT, "size": small, "color": p.ink},
            "paper_bgcolor": p.background,
            "plot_bgcolor": p.background,
            "colorway": list(SECTORS.values()),
            "separators": ".," if lang == "en" else ",.",
            "autotypenumbers": "strict",
            "margin": {"l": 4, "r": 16, "t": 12, "b": 8},
            "showlegend": False,
            "dragmode": False,
            "hovermode": "closest",
            "hoverlabel": {
                "bgcolor": p.ink,
                "bordercolor": p.ink,
                "font": {"family": FONT, "size": small, "color": p.background},
                "align": "left",
            },
            "xaxis": axis | {"showgrid": False, "showline": True},
            # Not on x, where years stand.
            "yaxis": axis | {"showgrid": True, "showline": False, "separatethousands": True},
            "annotationdefaults": {"showarrow": False, "font": {"size": small, "color": p.ink}},
            "bargap": 0.32,
            "uniformtext": {"minsize": small, "mode": "show"},
        },
        "data": {
            "scatter": [{"line": {"width": 3 * scale, "shape": "linear"}, "cliponaxis": False}],
            "bar": [
                {
                    "cliponaxis": False,
                    "textfont": {"size": body if scale > 1 else small, "color": p.ink},
                }
            ],
        },
    }


def dressed(figure: Figure, mode: Mode, lang: str = "id", scale: float = 1.0) -> Figure:
    """The figure with its template, for everything that is not the
    screen (slides, pictures, paper).
    """
    return {
        "data": figure["data"],
        "layout": {"template": template(mode, lang, scale)} | figure["layout"],
    }


def safe(text: str) -> str:
    """A name from records for a Plotly text: Plotly reads
    pseudo-HTML, so a name must not carry any.
    """
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


# --- the marks charts share -----------------------------------------------------------------------


def line(
    x: Sequence[Any],
    y: Sequence[Any],
    color: str,
    *,
    provisional: bool = False,
    width: float = 3,
    **more: Any,
) -> list[dict[str, Any]]:
    """A line over time as one trace, or two when the last year is
    provisional: its step is dashed and its dot open.
    """
    # Two traces: Plotly cannot change the dash within a line.
    base = {"type": "scatter", "mode": "lines", "line": {"color": color, "width": width}} | more
    last = {"type": "scatter", "mode": "markers", "x": list(x[-1:]), "y": list(y[-1:])} | more
    dot = {"color": color, "size": 9, "line": {"color": color, "width": 2}}
    if not provisional or len(x) < 2:
        return [base | {"x": list(x), "y": list(y)}, last | {"marker": dot}]
    dash = {"color": color, "width": width, "dash": "dot"}
    return [
        base | {"x": list(x[:-1]), "y": list(y[:-1])},
        base | {"x": list(x[-2:]), "y": list(y[-2:]), "line": dash, "hoverinfo": "skip"},
        last | {"marker": dot | {"symbol": "circle-open"}},
    ]


def label(
    x: Any, y: Any, text: str, color: str, *, side: str = "right", bold: bool = False
) -> dict[str, Any]:
    """A direct label beside a point, instead of a legend.

    `side` is where it stands: right, left, top or bottom.
    """
    anchors = {
        "right": ("left", "middle"),
        "left": ("right", "middle"),
        "top": ("center", "bottom"),
    }
    shifts = {"right": (10, 0), "left": (-10, 0), "top": (0, 8), "bottom": (0, -8)}
    xanchor, yanchor = anchors.get(side, ("center", "top"))
    xshift, yshift = shifts[side]
    body = f"<b>{safe(text)}</b>" if bold else safe(text)
    return {
        "x": x,
        "y": y,
        "text": body,
        "font": {"color": color},
        "showarrow": False,
        "align": xanchor,
        "xanchor": xanchor,
        "yanchor": yanchor,
        "xshift": xshift,
        "yshift": yshift,
    }


def published(x: Sequence[Any], y: Sequence[Any], p: Palette, **more: Any) -> dict[str, Any]:
    """Published figures: open diamonds, never joined by a line. Give the sources as `hovertext`."""
    marker = {
        "symbol": "diamond-open",
        "size": 12,
        "color": p.published,
        "line": {"color": p.published, "width": 2},
    }
    return {
        "type": "scatter",
        "mode": "markers",
        "x": list(x),
        "y": list(y),
        "marker": marker,
    } | more


def bars(
    names: Sequence[str],
    values: Sequence[Any],
    texts: Sequence[str],
    colors: Sequence[str] | str,
    **more: Any,
) -> dict[str, Any]:
    """Horizontal bars, first name on top (with `bar_axes`), each value written at its end."""
    color = colors if isinstance(colors, str) else list(colors)
    return {
        "type": "bar",
        "orientation": "h",
        "y": [safe(name) for name in names],
        "x": list(values),
        "text": [f"\N{NO-BREAK SPACE}{safe(text)}" for text in texts],
        "textposition": "outside",
        "marker": {"color": color},
    } | more


def bar_axes(values: Sequence[float], texts: Sequence[str], scale: float = 1.0) -> dict[str, Any]:
    """Layout for `bars`: no value axis, since values stand at the ends;
    the right margin holds the longest of them.
    """
    # 0.62 of the size is about the width of a letter.
    room = round((SMALL * 0.62 * max(map(len, texts), default=0) + 16) * scale)
    return {
        "margin": {"r": room},
        "xaxis": {"visible": False, "range": [0, max([*values, 1e-9])]},
        "yaxis": {
            "autorange": "reversed",
            "showgrid": False,
            "ticklabelstandoff": 8,
            "type": "category",
        },
    }


def whiskers(
    value: Sequence[float], low: Sequence[float], high: Sequence[float], color: str
) -> dict[str, Any]:
    """A 95 % interval as error bars (`error_x` or `error_y`)."""
    return {
        "type": "data",
        "symmetric": False,
        "color": color,
        "thickness": 2,
        "width": 0,
        "array": [h - v for v, h in zip(value, high, strict=True)],
        "arrayminus": [v - w for v, w in zip(value, low, strict=True)],
    }


def area(state: Literal["none", "not_reported", "suppressed"], p: Palette) -> dict[str, Any]:
    """Fill of a map area without a value: three states that look different even in grey."""
    # Most land of a regency is "none": it is the quietest.
    shape, ink, ground, size, solidity = {
        "none": ("/", p.empty, p.background, 9, 0.1),
        "not_reported": (".", p.context, p.background, 7, 0.18),
        "suppressed": ("x", p.muted, p.mask, 6, 0.18),
    }[state]
    pattern = {"shape": shape, "fgcolor": ink, "bgcolor": ground, "size": size}
    pattern["solidity"] = solidity
    return {"fillcolor": ground, "fillpattern": pattern, "line": {"color": p.line, "width": 0.7}}


def empty(text: str, mode: Mode = "light") -> Figure:
    """A figure without data: one calm sentence that says which filter to loosen."""
    lines = "<br>".join(safe(part) for part in wrap(text, 40))  # 40 signs fit a phone
    note = {"x": 0.5, "y": 0.5, "xref": "paper", "yref": "paper", "text": lines, "showarrow": False}
    note |= {"font": {"size": BODY, "color": palette(mode).muted}}
    return {
        "data": [],
        "layout": {"xaxis": {"visible": False}, "yaxis": {"visible": False}, "annotations": [note]},
    }
