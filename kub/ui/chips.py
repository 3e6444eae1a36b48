"""The active filters in words, and what clears each."""

from collections.abc import Callable, Iterator

from kub.answers.scope import village_names
from kub.ui.link import NOTHING
from kub.ui.view import View
from kub.web.blocks import Changes, Without

# More chips than this of one kind are counted in one.
MOST_CHIPS = 4


def active(view: View) -> Iterator[tuple[str, Changes]]:
    """(label, what clears it) of each active filter."""
    words, chosen = view.words, view.filters
    names = village_names(view.data, view.programme.programme_id)
    districts = view.data.districts[view.programme.programme_id]
    yield from _several(
        view, "districts", lambda code: words("filters.district", name=districts[code])
    )
    yield from _several(view, "villages", names.__getitem__)
    yield from _several(view, "sectors", lambda code: words(f"sector.{code}"))
    for name in ("since", "until"):
        if (year := getattr(chosen, name)) is not None:
            yield words(f"scope.{name}", year=year), {name: None}
    if chosen.denominator != NOTHING.denominator:
        yield words(f"denominator.{chosen.denominator}"), {"denominator": None}


def _several(view: View, name: str, label: Callable[[str], str]) -> Iterator[tuple[str, Changes]]:
    codes: tuple[str, ...] = getattr(view.filters, name)
    if len(codes) > MOST_CHIPS:
        yield view.words(f"filters.{name}_count", count=len(codes)), {name: None}
        return
    for code in codes:
        yield label(code), {name: Without([code])}
