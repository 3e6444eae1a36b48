"""What page.js draws as a test sees it: the blocks that the browser fetches for a page, and those that
a run of the script gives to it.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs

from streamlit.proto.WidgetStates_pb2 import WidgetState
from streamlit.testing.v1 import AppTest

from kub.look import Figure
from kub.ui import content, view

Block = dict[str, Any]


@dataclass(frozen=True)
class Caption:
    """The words around a chart that go into its picture; source carries the sample label."""

    title: str = ""
    subtitle: str = ""
    source: str = ""


@dataclass(frozen=True)
class Drawn:
    """One chart. figure: as the browser gets it (JSON, without template)."""

    key: str
    figure: Figure
    alt: str
    height: int
    selectable: bool
    caption: Caption
    filename: str


def _components(app: AppTest) -> list[Block]:
    """What the run says to each component."""
    return [json.loads(element.proto.json or "{}") for element in app.get("bidi_component")]


def parts(app: AppTest) -> list[Block]:
    """What the run gives to part.js."""
    return [json.loads(said["part"]) for said in _components(app) if "part" in said]


def every(app: AppTest) -> list[Any]:
    """The blocks of the page, whoever gives them."""
    head = json.loads((component(app) or {}).get("head", "[]"))
    given = [block for part in parts(app) for block in part["blocks"]]
    return [*page(app).get("blocks", []), *head, *given]


def component(app: AppTest) -> dict[str, Any] | None:
    """What the run says to page.js; None where another script was run."""
    return next((each for each in _components(app) if "page" in each and "query" in each), None)


def page(app: AppTest) -> dict[str, Any]:
    """What the browser fetches; {} where Streamlit draws the page."""
    state = component(app)
    if state is None or "stamp" not in state:
        return {}
    asked = parse_qs(state["query"], keep_blank_values=True)
    text = content.payload(view.asked_by(asked, None), state["page"]).body
    found: dict[str, Any] = json.loads(text)
    assert (found["page"], found["query"]) == (state["page"], state["query"])
    assert found["stamp"] == state["stamp"]
    return found


def walk(blocks: list[Any]) -> Iterator[Block]:
    """All blocks in the order of the page, those in columns and panels too."""
    for block in blocks:
        if isinstance(block, list):
            yield from walk(block)
        else:
            yield block
            if block["kind"] in ("columns", "panel"):
                yield from walk(block.get("items", []))


def blocks(app: AppTest, *kinds: str) -> list[Block]:
    """Those of the kinds; all without any."""
    return [block for block in walk(every(app)) if not kinds or block["kind"] in kinds]


def drawn(app: AppTest) -> dict[str, Drawn]:
    """The charts by key, in the order of the page, whoever draws them."""
    charts = {block["key"]: _drawn(block) for block in blocks(app, "card") if "chart" in block}
    return charts | walls(app)


def walls(app: AppTest) -> dict[str, Drawn]:
    """Those that fill a wall (kub/ui/draw.py)."""
    return {
        said["key"]: Drawn(
            said["key"], json.loads(said["figure"]), said["alt"], 0, False, Caption(), ""
        )
        for said in [*_components(app), *(slide["chart"] or {} for slide in _slides(app))]
        if "fill" in said
    }


def _slides(app: AppTest) -> list[Block]:
    """The one that stands on the stage; none elsewhere."""
    return [said["slide"] for said in _components(app) if "slide" in said]


def slide_html(app: AppTest) -> str:
    """What stands on the stage, from top to bottom."""
    return "".join(slide["head"] + slide["figure"] + slide["end"] for slide in _slides(app))


def _drawn(block: Block) -> Drawn:
    chart = block["chart"]
    return Drawn(
        block["key"],
        chart["figure"],
        chart.get("alt", ""),
        chart["height"],
        bool(chart.get("selects")),
        Caption(block["title"], block["subtitle"], chart["line"]),
        chart["file"],
    )


def titles(app: AppTest) -> list[str]:
    """What stands in large letters below the page's name."""
    kinds = ("card", "panel", "text", "heading")
    own = [block.get("title") or block.get("text", "") for block in blocks(app, *kinds)]
    return [*filter(None, own), *(heading.value for heading in app.main.subheader)]


def said(app: AppTest) -> str:
    """Every text of the page, one a line, without what charts say inside."""
    return "\n".join(_texts(every(app)))


def said_by(block: Block) -> str:
    """The texts of one block."""
    return "\n".join(_texts(block))


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item)
    elif isinstance(value, dict):
        for name, item in value.items():
            if name not in ("figure", "kind", "key", "changes", "order"):
                yield from _texts(item)


def strip(app: AppTest) -> str:
    """The large numbers, that of the opening finding first, one a line: 'KUB aktif: 207; +1 sejak akhir 2022; ✓ tercapai: target 205'."""
    numbers = [
        item
        for block in blocks(app, "hero", "numbers")
        for item in block.get("items", [block.get("number")])
    ]
    return "\n".join(
        f"{n['label']}: {n['value']}; {n.get('note', '')}; {n.get('goal', '')}" for n in numbers
    )


def hero(app: AppTest) -> str:
    """The finding that opens the page, as it is read."""
    [block] = blocks(app, "hero")
    return " ".join((block["number"]["value"], block["text"]))


def head(app: AppTest) -> Block:
    """Name, scope, chips and notices."""
    return next(iter(blocks(app, "head")), {})


def notices(app: AppTest) -> list[Block]:
    found: list[Block] = head(app).get("notices", [])
    return found + [notice for block in blocks(app, "notices") for notice in block["items"]]


def table(app: AppTest, key: str) -> list[list[str]]:
    """The rows that a card or a list shows at once."""
    [block] = [block for block in blocks(app, "card", "rows") if block["key"] == key]
    rows: list[list[str]] = block["table"]["rows"]
    return rows


def choice(app: AppTest, name: str) -> Block:
    """A control. Raises StopIteration where the page has none of that name."""
    items = (item for block in blocks(app, "controls") for item in block["items"])
    return next(item for item in items if item["name"] == name)


def controls(app: AppTest) -> list[str]:
    return [item["name"] for block in blocks(app, "controls") for item in block["items"]]


def labels(app: AppTest, name: str) -> list[str]:
    return [label for _, label in choice(app, name)["options"]]


def choose(app: AppTest, name: str, value: str) -> AppTest:
    """What a click on a control does: the value in the address, its default left out of it."""
    item = choice(app, name)
    assert value in dict(item["options"])
    return go(app, {name: None if value == item.get("default", "") else value})


def press(app: AppTest, label: str, name: str = "") -> AppTest:
    """Follow what changes the view under that label, in title, notices or panels. name: of the link,
    where several are called so.
    """
    acts = [each["changes"] for each in _actions(every(app)) if each["label"] == label]
    found = [changes for changes in acts if not name or name in changes]
    assert len(found) == 1, label
    return go(app, {name: _changed(app, name, change) for name, change in found[0].items()})


def _changed(app: AppTest, name: str, change: Any) -> Any:
    """What a name of the link becomes, as address.js has it."""
    if not isinstance(change, dict):
        return change
    now = app.query_params[name]
    values = [now] if isinstance(now, str) else now
    return [value for value in values if value not in change["without"]]


def _actions(value: Any) -> Iterator[Block]:
    if isinstance(value, dict):
        if "changes" in value:
            yield value
        value = [item for name, item in value.items() if name != "figure"]
    if isinstance(value, list):
        for item in value:
            yield from _actions(item)


def actions(app: AppTest) -> list[str]:
    """The labels of all of them."""
    return [each["label"] for each in _actions(every(app))]


def go(app: AppTest, changes: dict[str, Any]) -> AppTest:
    """Another address, and the run that follows."""
    for name, value in changes.items():
        if value:
            app.query_params[name] = value
        elif name in app.query_params:
            del app.query_params[name]
    app.run()
    assert not app.exception
    return app


def offered(app: AppTest, key: str) -> dict[str, str]:
    """The visits to which a card can be added: code -> name; {} where it cannot."""
    [block] = [block for block in blocks(app, "card") if block["key"] == key]
    state = _part_of(app, key) or component(app) or {}
    return dict(state.get("host", {}).get("visits", [])) if block["tellable"] else {}


def _part_of(app: AppTest, key: str) -> Block | None:
    """The part that shows a card; None where the page itself does."""
    return next(
        (part for part in parts(app) if any(block.get("key") == key for block in part["blocks"])),
        None,
    )


def keep(app: AppTest, key: str, code: str) -> AppTest:
    """Add a card to a visit, as a click in its menu does."""
    state = component(app)
    assert state and code in offered(app, key)
    if _part_of(app, key):
        return tell(app, f"part-{key}", "keep", code)
    value = {"key": key, "visit": code, "page": state["page"], "query": state["query"]}
    return tell(app, "page-body", "keep", value)


def take(app: AppTest, key: str, ending: str, writing: str = "") -> Block:
    """What a part answers that was asked for the table or a file of its card."""
    tell(app, f"part-{key}", "ask", {"number": 7, "ending": ending, "writing": writing})
    reply: Block = (_part_of(app, key) or {})["reply"]
    assert reply["number"] == 7
    return reply


def tell(app: AppTest, key: str, event: str, value: Any) -> AppTest:
    """What a component of that key says, and the run that follows."""
    [element] = [each for each in app.get("bidi_component") if each.proto.id.endswith(f"-{key}")]
    states = app._tree.get_widget_states()
    name = f"$$STREAMLIT_INTERNAL_KEY_{element.proto.id}__events"
    told = json.dumps([{"event": event, "value": value}])
    states.widgets.append(WidgetState(id=name, json_trigger_value=told))
    app._run(states)
    assert not app.exception
    return app


def kept(app: AppTest, key: str = "") -> Block:
    """What is said under the card that was just added; {} without any. key: of a card in a part."""
    state = _part_of(app, key) if key else component(app)
    found: Block = (state or {}).get("kept") or {}
    return found
