"""A stored visit on the first screen and on the speaker's device."""

import json
from typing import Any

from streamlit.testing.v1 import AppTest

from kub.visits import Visit
from tests.support.pages import open_page, page_html


def present(visit: Visit, **params: Any) -> AppTest:
    """The visit presented, from its first step unless params choose another."""
    return open_page(
        "present", visit=visit.visit_id, **{name: str(value) for name, value in params.items()}
    )


def controls(app: AppTest) -> dict[str, Any]:
    """What the browser is sent for moving through the steps."""
    sent = [json.loads(element.proto.json or "{}") for element in app.get("bidi_component")]
    [data] = [element for element in sent if "total" in element]
    return dict(data)


def screen_text(app: AppTest) -> str:
    """All that stands there, without Markdown's escapes."""
    parts = (app.markdown, app.subheader, app.caption, app.warning)
    return page_html(app) + "\n".join(
        element.value for elements in parts for element in elements
    ).replace("\\", "")
