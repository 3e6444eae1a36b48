"""The address as the browser writes it: the same as the server's, whatever changes."""

import json
import random
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, Page, Route

from kub.ui import assets, link
from kub.ui.assets import asset, folder
from queries.filters import SECTORS
from tests.support import small

SITE = "http://127.0.0.1:9/"
CHANGED = "([before, changes]) => import('/address.js').then(a => a.changed(changes, before))"


@pytest.fixture(scope="module")
def blank(browser: Browser) -> Iterator[Page]:
    """A page with nothing but the modules, on an address that nobody answers."""

    def serve(route: Route) -> None:
        name = route.request.url.removeprefix(SITE).partition("?")[0]
        if name.endswith(".js"):
            body = asset(f"{folder()}/{name}").body
            route.fulfill(body=body, content_type=assets.JAVASCRIPT)
        else:
            route.fulfill(body="<title>.</title>", content_type="text/html")

    page = browser.new_page()
    page.route("**/*", serve)
    page.goto(SITE)
    yield page
    page.close()


def encoded(query: link.Query) -> str:
    return urlencode(query, doseq=True)


def test_the_browser_writes_a_change_as_the_server_does(blank: Page) -> None:
    dice = random.Random(5)
    with small.opened() as data:
        villages = sorted(data.villages[small.A])
        districts = sorted(data.districts[small.A])
        years = [None, *data.programmes[small.A].years]

        def some(values: Any) -> list[str]:
            return dice.sample(list(values), dice.randint(0, len(values)))

        def values() -> dict[str, Any]:
            return {
                "districts": some(districts),
                "villages": some(villages),
                "sectors": some(SECTORS),
                "since": dice.choice(years),
                "until": dice.choice(years),
                "denominator": dice.choice(["regency", "target"]),
                "measure": dice.choice(["kub", "members"]),
            }

        for _ in range(60):
            before = link.within(_filters(values()), data)
            lang = dice.choice(["id", "en"])
            query = link.query(before, lang, scale="indexed", awal="x y")
            asked = values()
            changes = {name: asked[name] for name in some(asked)}
            after = link.within(_filters(changes, before), data)
            other = dice.choice(["id", "en"])
            wanted = encoded(link.query(after, other, scale="indexed"))
            sent = json.loads(json.dumps(changes)) | {"lang": other, "awal": None}
            assert blank.evaluate(CHANGED, [f"?{encoded(query)}", sent]) == wanted


def _filters(values: dict[str, Any], before: link.Filters = link.NOTHING) -> link.Filters:
    parts = {n: tuple(v) if isinstance(v, list) else v for n, v in values.items()}
    return replace(before, **parts)


def test_another_programme_drops_places(blank: Page) -> None:
    query = f"?districts={small.KANDEMAN}&villages={small.TOWN}&sectors=makanan&x=1"
    assert blank.evaluate(CHANGED, [query, {"programme": "b"}]) == "programme=b&sectors=makanan&x=1"


def test_views_are_counted_and_streamlit_is_told_of_the_newest_alone(blank: Page) -> None:
    heard = blank.evaluate(
        """async () => {
          const { go } = await import("/address.js");
          const heard = [];
          let drawn;
          window.addEventListener("kub-view", ({ detail }) => {
            heard.push([detail.number, detail.page, detail.query]);
            if (detail.number === 1) detail.drawn = new Promise((resolve) => (drawn = resolve));
          });
          window.addEventListener("popstate", () => heard.push(location.search));
          go({ sectors: (now) => [...now, "makanan"] });
          go({ sectors: (now) => [...now, "laundry"] }, { page: "growth" });
          go({ sectors: (now) => now });
          drawn();
          await new Promise((resolve) => setTimeout(resolve));
          return heard;
        }"""
    )
    assert heard == [
        [1, "overview", "sectors=makanan"],
        [2, "growth", "sectors=makanan&sectors=laundry"],
        "?sectors=makanan&sectors=laundry",
    ]
