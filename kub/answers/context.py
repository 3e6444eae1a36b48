"""Context that charts need beside the rows of their question: fetched here, once, and named in the
catalog.

Each provider takes the open version and the filters that the answer heeds, with a programme named.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from threading import Lock
from weakref import WeakKeyDictionary

import pandas as pd

from kub.answers.scope import village_names
from kub.charts import diamonds
from kub.findings.events import Event, events_of
from kub.findings.provinces import Seat
from kub.places import boundaries, is_kelurahan
from kub.places.areas import Areas, Place, drawn, places
from kub.store.data import Data
from kub.store.frame_cache import FrameCache
from kub.store.versions import data_folder
from queries.filters import Filters
from queries.yearly import answers

# Where the course of an indicator stands that has targets: question and column.
COURSES = {
    "kub": ("growth", "active"),
    "anggota": ("growth", "members"),
    "desa": ("coverage_years", "covered"),
    "perpustakaan": ("library_years", "libraries"),
    "perempuan": ("growth", "women_share"),
}
Provider = Callable[[Data, Filters], object]


def published(data: Data, filters: Filters) -> pd.DataFrame | None:
    """Rows of `reconcile`; None under filters of place or sector, of
    which published figures do not speak.
    """
    # Published figures are of the whole programme: beside a district they would mislead.
    if diamonds.fits(filters):
        return data.ask("reconcile", filters)
    return None


def events(data: Data, filters: Filters) -> tuple[Event, ...]:
    """What was published of the programme's course; nothing under filters of place or sector."""
    if not diamonds.fits(filters):
        return ()
    rows = data.con.cursor().execute(
        "SELECT regency_code, operator FROM programme WHERE programme_id = $programme",
        {"programme": data.resolved(filters).programme},
    )
    row = rows.fetchone()
    return events_of(*row) if row else ()


def microfinance_units(data: Data, filters: Filters) -> pd.DataFrame:
    """Rows of `microfinance`, with the published figures of each unit."""
    return data.ask("microfinance", filters)


def libraries(data: Data, filters: Filters) -> pd.DataFrame:
    """Rows of `libraries`."""
    return data.ask("libraries", filters)


def as_of(data: Data, filters: Filters) -> date | None:
    """The newest date of the programme's records."""
    return data.programme(filters).as_of


def kelurahan(data: Data, filters: Filters) -> bool:
    """Whether all villages that the filters speak of are kelurahan,
    so that a sentence calls them so.
    """
    if data.programme(filters).is_card:
        query = "SELECT villages, kelurahan FROM card WHERE programme_id = $programme"
        own = {"programme": filters.programme}
        [(count, kelurahan_count)] = data.con.cursor().execute(query, own).fetchall()
        return bool(0 < count == kelurahan_count)
    # From the narrowest filter outwards: what a sentence speaks of decides what it is called.
    listed = data.villages[str(filters.programme)]
    inside = [
        code
        for code, village in (listed.items() if filters.districts else ())
        if village.district_code in filters.districts
    ]
    return all(is_kelurahan(code) for code in filters.villages or inside or listed)


def year_before(data: Data, filters: Filters) -> pd.DataFrame | None:
    """The row of `headline` a year earlier; None where the records do not reach so far back."""
    # The as-of year and not the filter's: without a filter the newest year counts.
    year = data.ask("headline", filters)["as_of"].iloc[0].year - 1
    if year in data.programme(filters).years:
        return data.ask("headline", replace(filters, until=year))
    return None


def located(data: Data, programme_id: str) -> tuple[Place, ...]:
    """The villages of a programme with their points. Made once for a version: hundreds of rows."""
    with _NEW:
        known = _LOCATED.setdefault(data.frame_cache, {})
    if programme_id not in known:
        known[programme_id] = places(data.ask("village_profile", Filters(programme=programme_id)))
    return known[programme_id]


_LOCATED: WeakKeyDictionary[FrameCache, dict[str, tuple[Place, ...]]] = WeakKeyDictionary()
_NEW = Lock()


def areas(data: Data, filters: Filters) -> Areas:
    """What the map draws on: the user's own borders where they
    fit, else schematic areas or tiles.
    """
    villages = located(data, str(filters.programme))
    own = boundaries.read(data_folder(), villages)
    # Of few villages the borders are drawn in more detail.
    if filters.districts or filters.villages:
        focus = tuple(data.ask("villages", filters)["village_code"])
    else:
        focus = ()
    return (own and boundaries.areas(own, focus)) or drawn(villages)


def newest(data: Data, filters: Filters) -> pd.DataFrame:
    """Rows of `villages` at the newest date, whatever year is chosen."""
    return data.ask("villages", replace(filters, since=None, until=None))


def achieved(data: Data, filters: Filters) -> pd.DataFrame:
    """year, as_of, provisional and value of each indicator that has targets, for every year of the
    programme; of revenue only in years that have a target.
    """
    whole = Filters(programme=filters.programme)
    rows = data.ask("targets", whole)
    known = rows[rows["as_of"].notna() & (rows["indicator"] == "omzet")]
    parts = [known.assign(value=known["actual"])]
    for indicator, (question, column) in COURSES.items():
        listed = rows["indicator"] == indicator
        # A card tells these in years that have a target, as revenue is.
        if data.programme(whole).is_card and not answers(question, whole):
            stated = rows[listed & rows["as_of"].notna()]
            parts.append(stated.assign(value=stated["actual"]))
        elif listed.any():
            course = data.ask(question, whole)
            parts.append(course.assign(indicator=indicator, value=course[column]))
    return pd.concat(
        [part[["indicator", "year", "as_of", "provisional", "value"]] for part in parts],
        ignore_index=True,
    )


def names(data: Data, filters: Filters) -> Mapping[str, str]:
    """Village code -> name, with the district where a name stands twice."""
    return village_names(data, str(filters.programme))


def provisional(data: Data, filters: Filters) -> bool:
    """Whether the last year of the records is unfinished."""
    years = data.ask("growth", filters)["provisional"]
    return bool(len(years) and years.iloc[-1])


def revenue_year(data: Data, filters: Filters) -> Mapping[str, object]:
    """year, as_of and provisional of the year that rows about a single year are of."""
    programme = data.programme(filters)
    years, newest = programme.years, programme.as_of
    last = years[-1] if years else filters.until
    year = last if filters.until is None or last is None else min(last, filters.until)
    ended = newest is None or year is None or newest >= date(year, 12, 31)
    as_of = date(year, 12, 31) if ended and year is not None else newest
    return {"year": year, "as_of": as_of, "provisional": not ended}


def seats(data: Data, _filters: Filters) -> Mapping[str, Seat]:
    """By programme: its province by the official list, and the middle of its villages' points."""
    rows = data.con.cursor().execute(
        """SELECT programme_id, province, avg(lon), avg(lat)
        FROM programme LEFT JOIN official_regency USING (regency_code)
        LEFT JOIN (FROM village WHERE lon IS NOT NULL AND lat IS NOT NULL) USING (programme_id)
        GROUP BY programme_id, province"""
    )
    return {
        programme: Seat(province, None if lon is None else (lon, lat))
        for programme, province, lon, lat in rows.fetchall()
    }


def home(data: Data, filters: Filters) -> str:
    """The province of the programme's regency, by the official list;
    '' where the regency is invented.
    """
    rows = data.con.cursor().execute(
        (
            "SELECT province FROM programme JOIN official_regency USING (regency_code) WHERE "
            "programme_id = $programme"
        ),
        {"programme": data.resolved(filters).programme},
    )
    row = rows.fetchone()
    return row[0] if row else ""
