"""The readers' pages of a programme as files that any web server, or a disk, gives to anyone.

`files` makes them all, in both languages, from one version of the data: the same version and code
are the same bytes. Whatever a page needs lies beside it, under addresses relative to it, so that
the site can stand below any path, and nothing asks another host.
"""

import gzip
import hashlib
import json
from collections.abc import Iterator, Mapping
from itertools import chain
from pathlib import Path

from kub.exports.site import markup, social
from kub.exports.site.assets import FOLDER, assets, hashed
from kub.exports.site.data import files as rows_of
from kub.exports.site.data import listed
from kub.exports.site.page import Page
from kub.exports.site.pages import PAGES, written
from kub.progress import Progress, part_of, silent
from kub.store.data import Data
from kub.words import LANGUAGES, of
from queries.filters import Filters

HERE = Path(__file__).parent
WORKER = "sw.js"
ZIPPED = (".html", ".css", ".js", ".json", ".csv", ".svg")
WORTH = 0.9  # of its size: a twin that saves less than a tenth is none


def files(data: Data, filters: Filters, progress: Progress = silent) -> dict[str, bytes]:
    """Path -> content of every file of the site.

    data: as readers see it. filters: the programme alone.
    """
    whole = data.resolved(filters)
    parts = [part_of(progress, number, 3) for number in range(3)]  # a third for files
    by_language = [
        list(_pages(data, whole, lang, part))
        for lang, part in zip(LANGUAGES, parts[:-1], strict=True)
    ]
    every = list(chain(*by_language))
    wanted = sorted({listed(made, data, whole) for page in every for made in page.answers.values()})
    parts[-1](0, "publish.progress.data")
    rows = rows_of(data, whole, wanted)
    parts[-1](0.5, "publish.progress.pages")
    site = dict(assets().files)
    for pages in by_language:
        names = [page.name for page in pages]
        picture = social.picture(pages[0])
        shown = hashed("social.png", picture)
        site[shown] = picture
        site |= {markup.path(page): markup.html(page, names, wanted, shown) for page in pages}
        # Of the page that leads to the first language.
        site.setdefault(markup.FIRST, markup.first(pages[0], shown))
    site |= rows
    site[WORKER] = _worker(site)
    site["_headers"] = _headers().encode()
    return site | dict(_twins(site))


def _pages(data: Data, whole: Filters, lang: str, progress: Progress) -> Iterator[Page]:
    """The pages that have anything on them."""
    for number, name in enumerate(PAGES):
        progress(number / len(PAGES), "publish.progress.answers")
        page = written(Page(name, data, whole, of(lang)))
        if page.parts:
            yield page


def _worker(site: Mapping[str, bytes]) -> bytes:
    """The service worker with what it keeps: what every page needs, and by language its pages, the
    page that a language begins with first.

    Not the data files: four times as many requests, of every reader, for what few open.
    """
    hashes = {name: hashlib.sha256(body).hexdigest() for name, body in site.items()}
    scripts = (".js", ".css", ".woff2", ".svg")
    kept = [name for name in hashes if name.startswith(f"{FOLDER}/") and name.endswith(scripts)]
    listing = {
        "shared": {name: hashes[name] for name in (markup.FIRST, *sorted(kept))},
        "pages": {
            lang: {name: hashes[name] for name in site if name.startswith(f"{lang}/")}
            for lang in LANGUAGES
        },
    }
    version = hashlib.sha256(json.dumps(listing).encode()).hexdigest()[:12]
    code = json.dumps({"version": version, **listing}, indent=1)
    return f"const SITE = {code};\n{(HERE / WORKER).read_text('utf-8')}".encode()


def _headers() -> str:
    """What hosts that read `_headers` send along; for others docs/publish.md has the lines."""
    # A folder each, for of two rules that match a path both would be sent.
    changing = (*(f"/{lang}/*" for lang in LANGUAGES), "/data/*", f"/{markup.FIRST}", f"/{WORKER}")
    return (
        f"/*\n  Content-Security-Policy: {markup.POLICY}\n"
        "  X-Content-Type-Options: nosniff\n  Referrer-Policy: no-referrer\n"
        f"/{FOLDER}/*\n  Cache-Control: public, max-age=31536000, immutable\n"
        + "".join(f"{path}\n  Cache-Control: no-cache\n" for path in changing)
    )


def _twins(site: Mapping[str, bytes]) -> Iterator[tuple[str, bytes]]:
    """The same files packed, for servers that send them as they lie there (nginx gzip_static)."""
    for name, body in site.items():
        if name.endswith(ZIPPED):
            # mtime=0: else no two publications were the same.
            zipped = gzip.compress(body, 9, mtime=0)
            if len(zipped) < WORTH * len(body):
                yield f"{name}.gz", zipped
