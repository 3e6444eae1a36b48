"""The published site: the numbers of `ask` for readers, links that lead somewhere, no other host."""

import gzip
import hashlib
import io
import json
import math
import posixpath
import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from PIL import Image

from kub import words
from kub.answers.answer import answer
from kub.answers.catalog import CATALOG
from kub.answers.rows import rows_of
from kub.exports.site import files
from kub.exports.site.data import Listed
from kub.exports.site.page import MOST_ROWS
from kub.exports.site.pages import PAGES
from kub.store.data import Data
from kub.store.database import build_connection, current
from kub.ui import content, link
from kub.ui import site as screens
from kub.ui.view import View
from kub.words.columns import columns
from kub.words.rows import rows as plain_rows
from queries.filters import Filters
from tests.support.cards import of_records, opened, shared
from tests.support.command import run
from tests.support.shown_numbers import read
from tests.support.site import Files, Markup, csv_rows, pages, payload, rows, targets
from tests.support.strategies import programmes
from tests.twins.rows import Kub, Records, Report, Village

LANGUAGES = ("id", "en")
EVIL = "</script><img src=x onerror=alert(1)><!-- \N{LINE SEPARATOR} & \"'"
# Of the screens, what the site leaves out: single KUB, and what a reader would have to choose first.
LEFT_OUT = {
    *("village_kub", "profile_years", "village_profile", "revenue_missing"),
    *("microfinance_reports", "plan", "pace"),
}


@pytest.fixture(scope="module")
def data(sample_folder: Path) -> Data:
    return Data.open(current(sample_folder)).seen_by("reader")


@pytest.fixture(scope="module")
def site(data: Data) -> Files:
    return files(data, Filters())


def small(*kubs: tuple[str, int], village: str = "Satu") -> Data:
    """One programme, in memory: (id, members) of its KUB."""
    code, founded_on = "99.01.01.2001", date(2015, 3, 1)
    records = Records(
        "satu",
        (Village(code, village, "99.01.01", "Tulis"),),
        tuple(Kub(name, code, "makanan", founded_on, None, f"KUB {name}") for name, _ in kubs),
        tuple(Report(name, date(2016, 11, 30), members) for name, members in kubs),
    )
    return of_records(records)


# --- the same numbers as `ask` -----------------------------------------------------------------------


def asked(data: Data, item: Listed, programme_id: str) -> list[dict[str, Any]]:
    """The rows of `ask`, as test_the_command_says_the_same has them from the command itself."""
    filters = Filters(programme_id, until=int(item.until) if item.until else None)
    made = rows_of(data, item.question, filters)
    return plain_rows(made.frame, made.sample)


def listed(site: Files) -> list[Listed]:
    names = (re.fullmatch(r"data/(\w+?)(?:-until-(\d+))?\.json", name) for name in site)
    return [Listed(name[1], name[2] or "") for name in names if name and name[1] != "datapackage"]


def check_numbers(site: Files, data: Data, programme_id: str) -> int:
    """Compare every data file and every table with `ask`; the numbers compared."""
    answers = {item: asked(data, item, programme_id) for item in listed(site)}
    compared = 0
    for item, expected in answers.items():
        assert rows(site, item.path("json")) == expected, item
        for lang in LANGUAGES:
            found = csv_rows(site, item.path("csv", lang), comma=lang == "id")
            compared += check_csv(found, expected, lang == "id")
    for name, page in pages(site).items():
        lang = name.partition("/")[0]
        for key, cells in page.tables.items():
            question = CATALOG[key].question
            item = next(
                item
                for item in answers
                if f'"../{item.path("csv", lang)}"' in card(site[name], key)
            )
            assert item.question == question
            names = columns(data.ask(question, Filters(programme_id)))
            compared += check_table(key, names, cells[1:], answers[item], lang)
    return compared


def card(page: bytes, key: str) -> str:
    _, _, rest = page.decode().partition(f'<section class="kub-card" id="{key}"')
    return rest.partition("</section>")[0]


def check_csv(found: list[dict[str, str]], expected: list[dict[str, Any]], comma: bool) -> int:
    compared = 0
    assert len(found) == len(expected)
    for texts, row in zip(found, expected, strict=True):
        for name, value in row.items():
            if is_number(value):
                text = texts[name].replace(",", ".") if comma else texts[name]
                assert math.isclose(float(text), value, rel_tol=1e-12), name
                compared += 1
            elif value is None:
                assert texts[name] == "", name
    return compared


def check_table(
    chart: str, names: list[str], cells: list[list[str]], expected: list[dict[str, Any]], lang: str
) -> int:
    """Cells of a page's table, read as people read them."""
    compared = 0
    assert len(cells) == min(len(expected), MOST_ROWS)
    for line, row in zip(cells, expected, strict=False):
        for text, name in zip(line, names, strict=True):
            if is_number(row[name]):
                value, half = read(text, lang)
                assert abs(value - row[name]) <= half * (1 + 1e-9), (chart, name, text)
                compared += 1
            elif row[name] is None:
                assert text == words.MISSING, (chart, name)
    return compared


def is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def test_every_number_is_that_of_ask(site: Files, data: Data) -> None:
    assert check_numbers(site, data, "BPI-BATANG") > 10_000


@given(records=programmes("satu"))
@settings(max_examples=1)
def test_so_it_is_of_any_programme(records: Records) -> None:
    made = of_records(records)
    check_numbers(files(made, Filters("satu")), made, "satu")


@pytest.mark.thorough
@given(records=programmes("satu"))
@settings(max_examples=8)
def test_so_it_is_of_many_programmes(records: Records) -> None:
    made = of_records(records)
    check_numbers(files(made, Filters("satu")), made, "satu")


@pytest.mark.thorough
def test_so_it_is_where_yearly_figures_alone_are_shared(data: Data) -> None:
    made = opened(build_connection([shared(data, "BPI-BATANG")]))
    site = files(made, Filters())
    assert check_numbers(site, made, "BPI-BATANG") > 500
    assert {name for name in site if re.fullmatch(r"id/\w+\.html", name)} == {
        f"id/{name}.html"
        for name in ("index", "growth", "sectors", "economy", "benchmark", "method")
    }


@pytest.mark.parametrize("question", ["headline", "revenue_sectors"])
def test_the_command_says_the_same(site: Files, sample_data: Path, question: str) -> None:
    [item, *_] = sorted(item for item in listed(site) if item.question == question)
    narrowed = ("--until", item.until) if item.until else ()
    told = run("ask", question, "--format", "json", *narrowed)
    assert json.loads(told.stdout) == rows(site, item.path("json"))


def test_the_large_numbers_are_those_of_headline(site: Files) -> None:
    [row] = rows(site, "data/headline.json")
    for lang in LANGUAGES:
        shown = re.findall(
            r'<(?:dd|span) class="kub-number[^"]*">([^<]*)</', site[f"{lang}/index.html"].decode()
        )
        write = words.of(lang)
        for wanted in (write.number(row["kub"]), write.number(row["members"])):
            assert wanted in shown


def test_what_readers_may_not_see_is_in_no_file() -> None:
    made = files(small(("K1", 3)), Filters())
    assert rows(made, "data/headline.json")[0]["members"] is None
    assert rows(made, "data/headline.json")[0]["kub"] == 1
    for lang in LANGUAGES:
        assert not re.search(r"\b3 (anggota|members)\b", made[f"{lang}/index.html"].decode())


# --- what a page says ----------------------------------------------------------------------------------


def test_every_page_has_date_version_label_language_and_preview(site: Files, data: Data) -> None:
    found = pages(site)
    assert {name for name in found if "/" in name} == {
        f"{lang}/{name}.html" for lang in LANGUAGES for name in ("index", *list(PAGES)[1:])
    }
    for name, page in found.items():
        lang = name.partition("/")[0] if "/" in name else "id"
        say = words.of(lang)
        assert ("html", {"lang": lang}) in page.elements
        metas = {
            str(named.get("name") or named.get("property")): str(named.get("content"))
            for tag, named in page.elements
            if tag == "meta"
        }
        for preview in (metas["description"], metas["og:description"]):
            assert data.version.label in preview and say("source.sample") in preview
            assert say.date(data.programme(Filters()).as_of) in preview
        assert metas["og:title"].endswith("KUB Batang")
        # Relative: a site does not know below which address it will stand.
        picture = posixpath.normpath(posixpath.join(posixpath.dirname(name), metas["og:image"]))
        assert metas["og:image:alt"] == metas["og:description"]
        with Image.open(io.BytesIO(site[picture])) as shown:
            size = (int(metas["og:image:width"]), int(metas["og:image:height"]))
            assert shown.format == "PNG" and shown.size == size == (1200, 630)
            assert len(shown.convert("RGB").getcolors(200_000) or []) > 50  # it is not empty
        if "/" in name:
            assert say("frame.sample") in page.text and data.version.label in page.text
            assert say("site.unfiltered") in page.text


def test_every_card_is_read_without_any_script(site: Files, data: Data) -> None:
    for lang in LANGUAGES:
        for name in PAGES:
            path = f"{lang}/{'index' if name == 'overview' else name}.html"
            page = Markup(site[path])
            told = {block["key"]: block for block in payload(site[path])["cards"]}
            for key, block in told.items():
                for part in ("title", "subtitle", "takeaway", "source"):
                    assert " ".join(block.get(part, "").split()) in " ".join(page.text.split()), key
                assert key in page.tables or block.get("empty"), key
            assert not {named.get("role") for _, named in page.elements} & {"radio", "combobox"}


def test_nothing_of_the_screens_is_missing_but_what_must_be_chosen_first(
    site: Files, data: Data
) -> None:
    """And what stands on both says the same: the pages of the site are no second opinion."""
    shown = {
        block["name"]: block["title"]
        for path in site
        if path.startswith("id/") and path.endswith(".html")
        for block in payload(site[path])["cards"]
    }
    view = View(data, link.parse({}, data), "light", {})
    for name in set(screens.DIRECT) & set(PAGES):
        screen = content.written(view, name)
        for key in screen.answers:
            if key not in LEFT_OUT:
                assert key in shown, (name, key)
    on_pages = {
        chart for chart, spec in CATALOG.items() if spec.page in PAGES and not spec.computed
    }
    # A country is shown where many programmes are loaded.
    elsewhere = {"headline", "supporting", "provinces", "rates_map"}
    assert on_pages - shown.keys() - elsewhere == LEFT_OUT - {"plan"}
    for path in ("id/growth.html", "id/sectors.html", "id/villages.html"):
        for block in payload(site[path])["cards"]:
            spoken = answer(data, block["name"], Filters(), words.of("id"))
            if block["name"] != "growth":  # of which the screen has two ways to tell it
                assert block["title"] == spoken.title


def test_text_of_records_is_neither_markup_nor_script() -> None:
    made = files(small(("K1", 30), ("K2", 40), village=EVIL), Filters())
    for name, page in pages(made).items():
        tags = [tag for tag, _ in page.elements]
        assert "img" not in tags, name
        assert tags.count("script") == (2 if "/" in name else 0), name
    assert EVIL in Markup(made["id/villages.html"]).text
    assert payload(made["id/villages.html"])["lang"] == "id"


@pytest.mark.thorough
def test_a_programme_without_any_kub_has_a_page_that_says_so() -> None:
    made = files(small(), Filters())
    assert words.of("en")("frame.empty") in Markup(made["en/index.html"]).text
    assert "en/growth.html" not in made and "en/method.html" in made


# --- where it leads, and whom it asks ------------------------------------------------------------------


def test_every_link_leads_somewhere(site: Files) -> None:
    found = pages(site)
    for name, page in found.items():
        ids = [named["id"] for _, named in page.elements if "id" in named]
        assert len(ids) == len(set(ids)), name
        for path, anchor in targets(name, page):
            assert path in site, (name, path)
            if anchor:
                assert anchor in found[path].ids, (name, path, anchor)


def test_no_file_names_another_host(site: Files) -> None:
    """What a browser would ask for: addresses of elements, styles and the scripts of our own."""
    for name, body in site.items():
        if name.endswith(".css"):
            assert {at[:5] for at in re.findall(r'url\("?([^)"]*)', body.decode())} <= {
                "data:",
                "font-",
            }
            assert b"@import" not in body
        elif name.endswith(".js") and "plotly" not in name:
            assert not re.search(rb"(?<!w3\.)\bhttps?://(?!www\.w3\.org)", body), name
        elif name.endswith(".html"):
            assert b"http://" not in body and b"https://" not in body, name


def test_scripts_run_from_files_alone(site: Files) -> None:
    for name, page in pages(site).items():
        [policy] = [
            str(named["content"])
            for _, named in page.elements
            if named.get("http-equiv") == "Content-Security-Policy"
        ]
        assert "script-src 'self';" in policy and "default-src 'none'" in policy
        for tag, named in page.elements:
            assert not [key for key in named if key.startswith("on")], name
            if tag == "script":
                assert "src" in named or named["type"] == "application/json"


# --- the files ------------------------------------------------------------------------------------------


@pytest.mark.thorough
def test_the_same_version_is_the_same_bytes() -> None:
    data = small(("K1", 30), ("K2", 40))
    assert files(data, Filters()) == files(data, Filters())


def test_names_of_assets_hold_their_hash(site: Files) -> None:
    for name, body in site.items():
        hashed = re.fullmatch(r"assets/\w+\.?\w*-([0-9a-f]{12})\.(js|css|woff2|svg)", name)
        if hashed:
            assert hashed[1] == hashlib.sha256(body).hexdigest()[:12]
    assert sum(name.startswith("assets/") and name.endswith(".js") for name in site) == 2


def test_twins_are_the_same_packed(site: Files) -> None:
    twins = [name for name in site if name.endswith(".gz")]
    assert all(gzip.decompress(site[name]) == site[name.removesuffix(".gz")] for name in twins)
    assert {"id/index.html.gz", "sw.js.gz", "data/villages.json.gz"} <= set(twins)


def test_the_worker_keeps_what_there_is(site: Files) -> None:
    text = site["sw.js"].decode()
    kept: Mapping[str, Any] = json.JSONDecoder().raw_decode(text, text.index("{"))[0]
    hashes = kept["shared"] | kept["pages"]["id"] | kept["pages"]["en"]
    for name, digest in hashes.items():
        assert hashlib.sha256(site[name]).hexdigest() == digest
    assert {name for name in site if name.endswith(".html")} <= hashes.keys()
    assert next(iter(kept["pages"]["en"])) == "en/index.html"


def test_the_package_describes_the_files_that_are_there(site: Files) -> None:
    package = json.loads(site["data/datapackage.json"])
    for resource in package["resources"]:
        assert f"data/{resource['path']}" in site
    assert {resource["name"] for resource in package["resources"]} == {
        item.question for item in listed(site) if not item.until
    }
