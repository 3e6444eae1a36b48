"""A page drawn by page.js as a test sees it: which one the run of the script names, and the blocks
that the browser fetches for it.
"""

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs

from streamlit.proto.WidgetStates_pb2 import WidgetState
from streamlit.testing.v1 import AppTest

from kub.ui import content, draw, view
from kub.ui.draw import Caption, Drawn

Block = dict[str, Any]
PAGE_KEY = "page-body"


def component(app: AppTest) -> dict[str, Any] | None:
    """What the run says to page.js; None where another script was run."""
    said = [json.loads(element.proto.json or "{}") for element in app.get("bidi_component")]
    return next((each for each in said if "page" in each and "query" in each), None)


def page(app: AppTest) -> dict[str, Any]:
    """What the browser fetches; {} where Streamlit draws the page."""
    state = component(app)
    if state is None or "stamp" not in state:
        return {}
    asked = parse_qs(state["query"], keep_blank_values=True)
    text = content.payload(view.of(asked, view.analysts()), state["page"]).body
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
    found = walk(page(app).get("blocks", []))
    return [block for block in found if not kinds or block["kind"] in kinds]


def drawn(app: AppTest) -> dict[str, Drawn]:
    """The charts by key, in the order of the page, whoever draws them."""
    lang = page(app).get("lang", "")
    charts = {block["key"]: _drawn(block) for block in blocks(app, "card") if "chart" in block}
    assert not charts or lang
    return charts | draw.drawn(app)


def _drawn(block: Block) -> Drawn:
    chart = block["chart"]
    return Drawn(
        block["key"],
        chart["figure"],
        chart.get("alt", ""),
        chart["height"],
        "select" in chart,
        Caption(block["title"], block["subtitle"], chart["line"]),
        chart["file"],
    )


def titles(app: AppTest) -> list[str]:
    """What stands in large letters below the page's name."""
    own = [block["title"] for block in blocks(app, "card", "panel", "text") if block.get("title")]
    return own + [heading.value for heading in app.main.subheader]


def said(app: AppTest) -> str:
    """Every text of the page, one a line, without what charts say inside."""
    return "\n".join(_texts(page(app).get("blocks", [])))


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
    """The large numbers, one a line: 'KUB aktif: 207; +1 sejak akhir 2022; ✓ tercapai: target 205'."""
    numbers = [item for block in blocks(app, "numbers") for item in block["items"]]
    return "\n".join(
        f"{n['label']}: {n['value']}; {n.get('note', '')}; {n.get('goal', '')}" for n in numbers
    )


def head(app: AppTest) -> Block:
    """Name, scope, chips and notices; {} where Streamlit draws them."""
    return next(iter(blocks(app, "head")), {})


def notices(app: AppTest) -> list[Block]:
    found: list[Block] = head(app).get("notices", [])
    return found


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


def press(app: AppTest, label: str) -> AppTest:
    """Follow what changes the view under that label, in title, notices or panels."""
    found = [each["changes"] for each in _actions(page(app)["blocks"]) if each["label"] == label]
    assert len(found) == 1, label
    return go(app, found[0])


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
    return [each["label"] for each in _actions(page(app)["blocks"])]


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
    state = component(app) or {}
    return dict(state.get("host", {}).get("visits", [])) if block["tellable"] else {}


def keep(app: AppTest, key: str, code: str) -> AppTest:
    """Add a card to a visit, as a click in its menu does."""
    state = component(app)
    assert state and code in offered(app, key)
    [element] = [
        each for each in app.get("bidi_component") if "stamp" in json.loads(each.proto.json or "{}")
    ]
    value = {"key": key, "visit": code, "page": state["page"], "query": state["query"]}
    states = app._tree.get_widget_states()
    told = json.dumps([{"event": "keep", "value": value}])
    name = f"$$STREAMLIT_INTERNAL_KEY_{element.proto.id}__events"
    states.widgets.append(WidgetState(id=name, json_trigger_value=told))
    app._run(states)
    assert not app.exception
    return app


def kept(app: AppTest) -> Block:
    """What is said under the card that was just added; {} without any."""
    found: Block = (component(app) or {}).get("kept") or {}
    return found
