"""The comparison above every page: its control, its chip, and what it cannot show."""

from urllib.parse import urlencode

from kub.answers.sides import sides
from kub.ui import filter_route, headers
from kub.ui.site import DIRECT
from kub.ui.view import View
from kub.web import blocks
from kub.words import Words
from queries.against import NAMES, PREFIX

# What the combobox says (kub/web/combobox.js), of the filter bar's words.
SAYS = ("options", "none", "more", "searching", "lost", "added", "removed", "remove", "search")
KINDS = {
    "districts": "district",
    "villages": "village",
    "sectors": "sector",
    "programme": "programme",
    "until": "year",
}
LEFT_OUT: blocks.Changes = dict.fromkeys(NAMES)


def control(view: View, name: str) -> blocks.Compare | None:
    """The control; None on a page that compares in a way of its own, or not at all."""
    if name not in DIRECT or name == "explore":
        return None
    words, programme_id = view.words, view.programme.programme_id
    options = f"{filter_route.address(view.data)}?" + urlencode(
        {"programme": programme_id, "lang": view.lang}
    )
    return blocks.Compare(
        label=words("against.label"),
        placeholder=words("against.placeholder"),
        options=options,
        places=f"{headers.base()}/api/{{kind}}",
        programme=programme_id,
        own=_own(view),
        names=NAMES,
        kinds={kind: _kind(key, words) for kind, key in KINDS.items()},
        words={key: words.texts[f"filters.{key}"].replace(":n}", "}") for key in SAYS},
        chosen=_chosen(view),
        name=other_name(view),
    )


def _kind(key: str, words: Words) -> str:
    return "{name}" if key == "programme" else words.texts[f"against.{key}"]


def _own(view: View) -> list[str]:
    """The options that would compare this side with itself."""
    chosen, listed = view.filters, [f"programme:{view.programme.programme_id}"]
    for kind in ("districts", "villages", "sectors"):
        codes = getattr(chosen, kind)
        if len(codes) == 1:
            listed.append(f"{kind}:{codes[0]}")
    last = chosen.until or (view.programme.years[-1] if view.programme.years else None)
    return [*listed, f"until:{last}"] if last else listed


def _chosen(view: View) -> str:
    """The option that the link says; of several parts the first stands for all."""
    for name, values in view.parsed.controls.items():
        if name in NAMES:
            return f"{name.removeprefix(PREFIX)}:{values[0]}"
    return ""


def other_name(view: View) -> str:
    """What the other side is called; '' without any."""
    if not view.against:
        return ""
    own = view.data.resolved(view.filters)
    return sides(view.data, own, view.against.filters(own), view.words).other


def chip(view: View) -> blocks.Action:
    """'dibandingkan dengan Kecamatan Bandar', which ends the comparison."""
    label = view.words("against.chip", name=other_name(view))
    return blocks.Action(label, LEFT_OUT, view.words("filters.drop", filter=label), "against")


def notices(view: View) -> list[blocks.Notice]:
    """That the other programme shares yearly figures only."""
    programme = view.data.programmes.get(view.against.programme or "")
    if programme is None or not programme.is_card:
        return []
    regency = view.words.regency(programme.regency)
    return [blocks.Notice(view.words("against.yearly_page", regency=regency), tone="info")]
