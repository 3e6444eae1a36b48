"""What a reader of the published site asks for: requests and bytes, of the version in use.

`python -m tests.bench.bench_publish` prints the table of docs/publish.md.
"""

import json
import time
from collections.abc import Iterable, Mapping

from kub.exports.site import files
from kub.store.data import Data
from kub.store.database import current
from queries.filters import Filters

NEEDED = (".css", ".js", ".woff2", ".svg")


def sizes(site: Mapping[str, bytes], names: Iterable[str]) -> tuple[int, int, int]:
    """(requests, bytes, bytes packed) of whoever asks for these files."""
    listed = list(names)
    packed = (site.get(f"{name}.gz", site[name]) for name in listed)
    return len(listed), sum(len(site[name]) for name in listed), sum(map(len, packed))


def main() -> None:
    data = Data.open(current()).seen_by("reader")
    started = time.process_time()
    site = files(data, Filters())
    seconds = time.process_time() - started
    text = site["sw.js"].decode()
    kept = json.JSONDecoder().raw_decode(text, text.index("{"))[0]
    shared = [name for name in site if name.startswith("assets/") and name.endswith(NEEDED)]
    pages = list(kept["pages"]["id"])
    rows = {
        "first visit, one page": ["index.html", pages[0], *shared],
        "of that, Plotly": [name for name in shared if "plotly" in name],
        "the other pages of the language, kept by the worker": ["sw.js", *pages[1:]],
        "largest page": [max(pages, key=lambda name: len(site[name]))],
        "all data files": [
            name for name in site if name.startswith("data/") and not name.endswith(".gz")
        ],
        "the folder without packed twins": [name for name in site if not name.endswith(".gz")],
    }
    print("| what | requests | kB | kB packed |\n|---|---|---|---|")
    for what, names in rows.items():
        number, plain, packed = sizes(site, names)
        print(f"| {what} | {number} | {plain / 1000:,.0f} | {packed / 1000:,.0f} |")
    twins = sum(len(body) for name, body in site.items() if name.endswith(".gz"))
    print(f"\npacked twins: {twins / 1000:,.0f} kB more; written in {seconds:.1f} s of CPU")


if __name__ == "__main__":
    main()
