"""What readers ask of the numbers, answered in sections: on the screen and the published site."""

from collections.abc import Iterator, Sequence

from kub.exports.pack import SECTIONS
from kub.web.blocks import Block, Heading
from kub.web.long_page import Contents, Explanation, Explanations, Place
from kub.words import Words

# Ids of headings. Prefixed, for cards of the same page have their names as ids (blocks.jinja).
SECTION, ITEM = "about-{}".format, "what-{}".format
FIRST = "kub"  # what a KUB is: asked before all numbers, and no number itself


def contents(words: Words, further: Sequence[Place]) -> Contents:
    """The way to every section and answer. further: what stands below them."""
    sections = [
        Place(
            words(f"method.about.{section}"),
            SECTION(section),
            [Place(item.heading, item.anchor) for item in _explained(section, words)],
        )
        for section in SECTIONS
    ]
    more = Place(words("method.further"), further[0].anchor, further)
    return Contents(words("contents.label"), [*sections, more])


def explained(words: Words) -> Iterator[Block]:
    """Every section under its heading."""
    for section in SECTIONS:
        yield Heading(words(f"method.about.{section}"), SECTION(section))
        yield Explanations(words("method.formula"), list(_explained(section, words)))


def _explained(section: str, words: Words) -> Iterator[Explanation]:
    if section == next(iter(SECTIONS)):
        yield Explanation(ITEM(FIRST), words("method.kub.heading"), words("method.kub.says"))
    for item in SECTIONS[section]:
        key = f"method.item.{item}"
        yield Explanation(
            ITEM(item),
            words(f"{key}.heading"),
            words(f"{key}.says"),
            words(f"{key}.name"),
            words(f"{key}.formula"),
        )
