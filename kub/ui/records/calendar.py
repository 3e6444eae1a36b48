"""The reporting calendar: who has not reported in a year, as a list to send."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from functools import partial

import pandas as pd
import streamlit as st
from babel.dates import get_month_names

from kub.answers.source import on_page, source_line
from kub.charts import reporting as chart
from kub.charts.reporting import Course
from kub.exports import reporting as files
from kub.exports.csv import writings
from kub.exports.data_files import MEDIA_TYPES
from kub.findings.numbers import Number
from kub.store.data import YearlyOnly
from kub.store.reporting import Calendar, districts, totals, years
from kub.ui import downloads
from kub.ui.errors import SharesYearly
from kub.ui.page import Page
from kub.ui.part import part
from kub.ui.records import theirs
from kub.web import blocks, cards, twin
from kub.words import Words

SHOWN = 300  # rows of the list on the screen; files have all
MESSAGE = "calendar-message"


def section(p: Page) -> None:
    """Which year and place, how many are missing, who they are, and how to write to them."""
    words, own = p.words, theirs.own(p.data.programmes)
    if len(own) < len(p.data.programmes):
        names = words.listing([p.data.programmes[code].name for code in own])
        few = words("calendar.few", names=names) if own else words("calendar.none_yours")
        part("calendar-few", words, blocks.Note([few]))
    if not own:
        return
    programme_id = p.programme.programme_id
    if programme_id not in own:
        programme_id = _usual(p, own)
    programme = p.data.programmes[programme_id]
    offered = years(p.data, programme_id, date.today())
    if programme.is_card:
        raise SharesYearly(YearlyOnly(programme))
    if not offered:
        part("calendar", words, blocks.Text(words("calendar.empty"), boxed=True))
        return
    calendar = _asked(p, own, programme_id, offered)
    villages = calendar.villages()
    counts = totals(villages)
    title = _title(calendar, counts, words)
    part("calendar", words, *_blocks(calendar, villages, title, words))
    if counts["missing"]:
        _list(calendar, title, words)
        _messages(calendar, villages, words)


def _usual(p: Page, own: list[str]) -> str:
    """The programme of a link that names none of theirs."""
    usual = p.data.default.programme_id
    return usual if usual in own else own[0]


def _asked(p: Page, own: list[str], programme_id: str, offered: list[int]) -> Calendar:
    words, names = p.words, p.data.districts[programme_id]
    newest = p.data.programmes[programme_id].years[-1]
    with st.container(key="calendar-asked", horizontal=True, vertical_alignment="bottom"):
        if len(own) > 1:
            programmes = p.data.programmes
            p.choose(
                "programme",
                own,
                default=_usual(p, own),
                format=lambda code: programmes[code].name,
                label=words("filters.programme"),
            )
        year = p.choose("calendar_year", [str(year) for year in offered], default=str(newest))
        district = p.choose("calendar_district", list(names), format=names.__getitem__)
    return Calendar.of(p.data, programme_id, int(year or newest), district)


def _title(calendar: Calendar, counts: Mapping[str, int], words: Words) -> str:
    """'14 dari 207 KUB belum melapor pada 2023', whatever narrows it named."""
    names = calendar.data.districts[str(calendar.filters.programme)]
    place = "".join(
        words("calendar.place", district=names[code]) for code in calendar.filters.districts
    )
    values = {**counts, "year": calendar.year, "place": place}
    if not counts["kub"]:
        return words("calendar.title.none", **values)
    if not counts["missing"]:
        return words("calendar.title.all", **values)
    if not counts["reported"]:
        return words("calendar.title.nobody", **values)
    return words("calendar.title.open" if _open(calendar) else "calendar.title.over", **values)


def _open(calendar: Calendar) -> bool:
    """Whether reports of the year may still come: it is the last of the records, or later."""
    return calendar.year >= calendar.data.programmes[str(calendar.filters.programme)].years[-1]


def _blocks(
    calendar: Calendar, villages: pd.DataFrame, title: str, words: Words
) -> list[blocks.Block]:
    """The finding with its numbers; below it how reports come in, and where they are missing."""
    subtitle = words("calendar.subtitle", as_of=calendar.as_of, year=calendar.year)
    hero = blocks.Card(
        key="calendar",
        name="calendar",
        title=title,
        subtitle=subtitle,
        takeaway="",
        source=on_page(files.source(calendar), words),
        numbers=cards.numbers(title, _numbers(totals(villages), words)),
        files=False,
    )
    course = _course(calendar, words)
    places = _places(villages, words)
    below = [block for block in (course, places) if block]
    if len(below) == 2:
        return [hero, blocks.Columns([1, 1], [[block] for block in below])]
    return [hero, *below]


def _numbers(counts: Mapping[str, int], words: Words) -> list[Number]:
    share = counts["reported"] / counts["kub"] if counts["kub"] else None
    notes = {
        "reported": words("calendar.of_kub", share=share, kub=counts["kub"]),
        "never": words("calendar.since_founding"),
        "villages": words("calendar.in_villages"),
    }
    return [
        Number(words(f"calendar.{name}"), words.number(counts[name]), notes.get(name, ""))
        for name in ("reported", "missing", "never", "villages")
    ]


def _course(calendar: Calendar, words: Words) -> blocks.Card | None:
    """The year beside the one before; None before the first report of the year."""
    now, before = (_shares(calendar, year) for year in (calendar.year, calendar.year - 1))
    if now is None:
        return None
    month = len(now.shares)
    name = get_month_names("wide", locale=words.lang)[month]
    values = {"month": name, "share": now.shares[-1], "before": calendar.year - 1}
    if before and len(before.shares) >= month:
        title = words("calendar.months.title", past=before.shares[month - 1], **values)
    else:
        title = words("calendar.months.title_alone", **values)
    figure = chart.months(now, before, words)
    line = source_line(files.source(calendar), words)
    drawn = blocks.Chart(figure, title, chart.HEIGHT, "kub-calendar", line)
    subtitle = words("calendar.months.subtitle")
    return blocks.Card("months", "months", title, subtitle, "", "", chart=drawn, files=False)


def _shares(calendar: Calendar, year: int) -> Course | None:
    """The course of a year up to the month of its as-of date; None where nobody reported in it."""
    months = calendar.months(year)
    kub, as_of = int(months["kub"].iloc[0]), replace(calendar, year=year).as_of
    if not kub or as_of is None or as_of.year != year or not months["reported"].iloc[-1]:
        return None
    shares = [reported / kub for reported in months["reported"].tolist()[: as_of.month]]
    return Course(year, shares, provisional=(as_of.month, as_of.day) < (12, 31))


def _places(villages: pd.DataFrame, words: Words) -> blocks.Rows | None:
    """The villages with any KUB that has not reported, most of them first."""
    listed = villages[villages["missing"] > 0].sort_values(
        "missing", ascending=False, kind="stable"
    )
    if listed.empty:
        return None
    names = ["district", "village", "kub", "missing"]
    table = twin.table(listed[names], words)
    return blocks.Rows("calendar_villages", words("calendar.villages_title"), table)


def _list(calendar: Calendar, title: str, words: Words) -> None:
    """Who has not reported, and the files of it."""
    frame, number = calendar.missing(SHOWN), int(calendar.villages()["missing"].sum())
    table = twin.table(frame.drop(columns=["village_code", "district_code"]), words, codes=True)
    if number > len(frame):
        table = replace(table, cut=words("card.cut", shown=len(frame), rows=number))
    notes = [words("calendar.withheld")] if frame["withheld"].any() else []
    part(
        "calendar-list",
        words,
        blocks.Rows("calendar_kub", words("calendar.list", n=number), table),
        *(blocks.Note([note]) for note in notes),
    )
    with st.container(key="calendar-files", horizontal=True, gap="small"):
        for writing in writings(words):
            make = partial(files.as_csv, calendar, words, writing)
            _download(calendar, "csv", f"csv_{writing}", make, words)
        _download(calendar, "xlsx", "xlsx", partial(files.as_xlsx, calendar, words, title), words)


def _download(
    calendar: Calendar, ending: str, kind: str, make: Callable[[], bytes], words: Words
) -> None:
    st.download_button(
        words(f"card.{kind}"),
        # Made at the click, which is then written down.
        data=partial(_noted, calendar, make),
        file_name=files.file_name(calendar, ending, words),
        mime=MEDIA_TYPES[ending],
        key=f"calendar-{kind}",
        help=words(f"card.{kind}_help"),
        on_click="ignore",
    )


def _noted(calendar: Calendar, make: Callable[[], bytes]) -> bytes:
    """The file; where it holds what readers may not see, the audit trail says so before."""
    narrowed = {
        "programme": calendar.filters.programme,
        "districts": list(calendar.filters.districts),
        "calendar_year": calendar.year,
    }
    downloads.note(calendar.data, narrowed, len(calendar.missing()), file="calendar")
    return make()


def _messages(calendar: Calendar, villages: pd.DataFrame, words: Words) -> None:
    """A text to copy for one district at a time."""
    listed = {district.code: district for district in districts(villages)}

    def named(code: str) -> str:
        return f"{listed[code].name} ({words.number(listed[code].missing)})"

    with st.container(key="calendar-messages"):
        part("calendar-message", words, blocks.Heading(words("calendar.message.title"), "message"))
        st.caption(words("calendar.message.about"))
        code = st.selectbox(
            words("calendar.message.district"),
            list(listed),
            format_func=named,
            key=MESSAGE,
            width=320,
        )
        st.code(files.message(calendar, listed[code], words), language=None, wrap_lines=True)
