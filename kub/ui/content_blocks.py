"""What stands above every page, as blocks that page.js draws, and the words it needs."""

from collections.abc import Sequence

from kub.answers.scope import scope
from kub.exports.csv import writings
from kub.ui import against
from kub.ui.chips import active
from kub.ui.link import MANY, Unknown
from kub.ui.view import View
from kub.web import blocks
from kub.words import Words

# The words that every card has at its foot, under [card]; placeholders stay for the browser.
LABELS = (
    "table",
    "table_alt",
    "sort",
    "more",
    "download",
    "csv_id",
    "csv_id_help",
    "csv_intl",
    "csv_intl_help",
    "xlsx",
    "xlsx_help",
    "png",
    "png_help",
    "origin",
    "lost",
    "pick_role",
    "pick_filter",
    "pick_profile",
    "pick_programme",
    "pick_detail",
    "picked",
    "opened",
    "unpicked",
    "unpicked_all",
)


def labels(words: Words) -> dict[str, object]:
    """The words that draw_blocks.js has use for, and the writings of CSV."""
    listed = {f"list_{name}": words.texts[f"filters.{name}"] for name in ("options", "none")}
    texts: dict[str, object] = {name: words.texts[f"card.{name}"] for name in LABELS}
    texts |= {name: text.replace(":n}", "}") for name, text in listed.items()}
    return texts | {"writings": writings(words)}


def head(
    view: View,
    name: str,
    beside: str = "",
    more: Sequence[blocks.Notice] = (),
    *,
    scoped: bool = True,
) -> blocks.Head:
    """What stands above every page. beside: beside the scope; more: notices of the page itself;
    scoped: whether the page is under the filters.
    """
    words = view.words
    if not scoped:
        return blocks.Head(
            words(f"page.{name}"), words(f"question.{name}"), "", "", (), notices(view)
        )
    chips = [
        blocks.Action(label, changes, words("filters.drop", filter=label))
        for label, changes in active(view)
    ]
    control = against.control(view, name)
    if view.against and control:
        chips.append(against.chip(view))
        more = [*against.notices(view), *more]
    return blocks.Head(
        words(f"page.{name}"),
        words(f"question.{name}"),
        scope(view.data, view.filters, words),
        beside,
        chips,
        [*notices(view), *more],
        control,
    )


def notices(view: View) -> list[blocks.Notice]:
    """What the link says that we do not know, and a version other than the one named."""
    words, listed = view.words, []
    if view.data.version.notice:
        listed.append(blocks.Notice(words(view.data.version.notice)))
    if view.parsed.role == "analyst" and view.data.withholds:
        refused = view.data.role == "reader"
        text = words("withheld.refused" if refused else "withheld.on")
        listed.append(blocks.Notice(text, tone="info" if refused else "warning"))
    if view.parsed.unknown:
        listed.append(left_aside(view.parsed.unknown, words, _mended(view)))
    return listed


def _mended(view: View) -> blocks.Changes:
    """What takes the unknown values out of the link."""
    unknown, known = view.parsed.unknown, view.query
    changes: dict[str, str | Sequence[str] | blocks.Without | None] = {}
    for name in dict.fromkeys(value.name for value in unknown):
        changes[name] = known.get(name)
        if name in MANY:
            changes[name] = blocks.Without([value.value for value in unknown if value.name == name])
    return changes


def left_aside(unknown: Sequence[Unknown], words: Words, changes: blocks.Changes) -> blocks.Notice:
    """The values of the link that were left aside, and what takes them out of it.

    They come from outside: the block shows them as text.
    """
    mend = blocks.Action(words("frame.mend"), changes, words("frame.mend_help"))
    return blocks.Notice(words("frame.unknown"), [value.message(words) for value in unknown], mend)
