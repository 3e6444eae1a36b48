"""Charts that PowerPoint and LibreOffice can edit, made of a chart's
data (kub/charts/chart_data.py) in our look.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from math import ceil, floor
from typing import Any, cast

from lxml import etree  # type: ignore[import-untyped]
from pptx.chart.chart import Chart
from pptx.chart.data import CategoryChartData, XyChartData
from pptx.chart.xlsx import CategoryWorkbookWriter, XyWorkbookWriter
from pptx.enum.chart import (
    XL_AXIS_CROSSES,
    XL_CHART_TYPE,
    XL_LEGEND_POSITION,
    XL_TICK_LABEL_POSITION,
    XL_TICK_MARK,
)
from pptx.oxml.ns import qn
from pptx.util import Inches, Pt
from xlsxwriter import Workbook

from kub.charts.chart_data import ChartData, Kind, Point
from kub.exports.pptx import marks, numbers
from kub.exports.pptx.intervals import PARTED, Interval, with_intervals
from kub.exports.pptx.native import keys, main_lines, origin, paired
from kub.exports.pptx.text import THEME_FONT, describe, rgb
from kub.look import LIGHT
from kub.words import Words

TYPES: dict[Kind, Any] = {
    "line": XL_CHART_TYPE.LINE_MARKERS,
    "bar": XL_CHART_TYPE.BAR_CLUSTERED,
    "column": XL_CHART_TYPE.COLUMN_CLUSTERED,
    "dots": XL_CHART_TYPE.XY_SCATTER,
    "xy": XL_CHART_TYPE.XY_SCATTER_LINES,
}
STACKED: dict[Kind, Any] = {
    "bar": XL_CHART_TYPE.BAR_STACKED,
    "column": XL_CHART_TYPE.COLUMN_STACKED,
}
Box = tuple[float, float, float, float]
# Records hold text that looks like formulas and addresses; in a chart's own workbook too it stays
# text.
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


class _Plain:
    @contextmanager
    def _open_worksheet(self, xlsx_file: Any) -> Iterator[Any]:
        with Workbook(xlsx_file, _OPTIONS) as book:
            yield book, book.add_worksheet()


class _PlainCategories(_Plain, CategoryWorkbookWriter):
    pass


class _PlainXy(_Plain, XyWorkbookWriter):
    pass


class _CategoryData(CategoryChartData):
    @property
    def _workbook_writer(self) -> _PlainCategories:
        return _PlainCategories(self)


class _XyData(XyChartData):
    @property
    def _workbook_writer(self) -> _PlainXy:
        return _PlainXy(self)


def draw(
    shapes: Any, panel: ChartData, words: Words, at: Box, alt: str, inner: Box | None = None
) -> None:
    """Put one native chart on a slide.

    panel: as kub.exports.pptx.native gives it. at: x, y, width, height in inches. alt: what it says
    in words. inner: where its plot is, in parts of the chart.
    """
    panel = with_intervals(panel, words("method.item.interval.name"))
    formats = numbers.formats(panel, words)
    kind = (STACKED if panel.stacked else TYPES)[panel.kind]
    data = _data(panel, formats.cells)
    frame = shapes.add_chart(kind, *(Inches(inch) for inch in at), data)
    describe(frame, panel.title or alt[:60], alt)
    chart = frame.chart
    chart.font.name, chart.font.size, chart.font.color.rgb = (
        THEME_FONT,
        Pt(marks.SMALL),
        rgb(LIGHT.muted),
    )
    chart.has_title = bool(panel.title)
    if panel.title:
        chart.chart_title.include_in_layout = False
        text = chart.chart_title.text_frame
        text.text = panel.title
        font = text.paragraphs[0].runs[0].font
        font.size, font.bold, font.color.rgb = Pt(14), True, rgb(LIGHT.ink)
    wide = at[2] > 8
    _axes(chart, panel, formats, wide)
    plot, bars = chart.plots[0], panel.kind in ("bar", "column")
    for series, drawn in zip(panel.series, plot.series, strict=True):
        (marks.bars if bars else marks.points)(series, drawn, panel, formats)
    if bars:
        # a lone bar is no wall
        plot.gap_width = 45 if len(panel.categories) > 2 else 200
        plot.overlap = 0 if paired(panel) else 100
    _legend(chart, panel)
    for blanks in chart._chartSpace.iter(qn("c:dispBlanksAs")):
        # A line runs on where only a published figure has a date; intervals are apart.
        blanks.set("val", "gap" if panel.kind == "dots" else "span")
    room = 0.86 if len(main_lines(panel)) < 2 else 0.76
    # beside a line's end stands its label
    if inner or (panel.kind in ("line", "xy") and not chart.has_legend):
        top = 0.16 if panel.title else 0.06
        _inner(chart, inner or (0.06, top, room, 0.86 - top - (0.08 if panel.caption else 0)))


def _inner(chart: Chart, place: Box) -> None:
    area = chart._chartSpace.chart.plotArea
    for old in area.findall(qn("c:layout")):
        area.remove(old)
    manual = etree.SubElement(etree.Element(qn("c:layout")), qn("c:manualLayout"))
    named = [("layoutTarget", "inner"), ("xMode", "edge"), ("yMode", "edge")]
    for name, value in [
        *named,
        *((name, f"{part:.4f}") for name, part in zip("xywh", place, strict=True)),
    ]:
        etree.SubElement(manual, qn(f"c:{name}")).set("val", value)
    area.insert(0, manual.getparent())


def _data(panel: ChartData, number_format: str) -> Any:
    """The numbers as the chart's own workbook holds them."""
    if panel.kind in ("dots", "xy"):
        xy = _XyData(number_format=number_format)
        for series in panel.series:
            drawn = xy.add_series(series.name)
            for point in series.points:
                drawn.add_data_point(*_place(panel, point))
        return xy
    along = keys(panel)
    category = _CategoryData(number_format=number_format)
    category.categories = panel.labels or along
    for series in panel.series:
        values = {point.key: point.value for point in series.points}
        category.add_series(series.name, [values.get(key) for key in along])
    return category


def _place(panel: ChartData, point: Point) -> tuple[Any, Any]:
    """Where a point stands. Rows are counted from the foot, so that the first stands on top."""
    if panel.kind == "xy":
        return point.key, point.value
    if point.key == PARTED:
        return point.value, None
    return point.value, len(panel.categories) - 1 - keys(panel).index(point.key)


def _axes(chart: Chart, panel: ChartData, formats: numbers.Formats, wide: bool) -> None:
    across, up, step = chart.category_axis, chart.value_axis, numbers.step(panel.axis)
    for axis in (across, up):
        axis.has_major_gridlines = axis.has_minor_gridlines = False
        axis.format.line.color.rgb = rgb(LIGHT.line)
    up.tick_labels.number_format_is_linked = False
    up.tick_labels.number_format = formats.axis
    if panel.kind in ("bar", "column"):
        up.visible = panel.kind == "column" and len(panel.categories) > marks.MOST
        across.tick_label_position = XL_TICK_LABEL_POSITION.LOW  # below what falls under zero
        across.tick_labels.font.color.rgb = rgb(LIGHT.ink)
        across.reverse_order = panel.kind == "bar"
        across.major_tick_mark = XL_TICK_MARK.NONE
        if panel.stacked and panel.unit == "p":
            up.minimum_scale, up.maximum_scale = 0, 1
    else:
        up.has_major_gridlines = True
        up.major_gridlines.format.line.color.rgb = rgb(LIGHT.grid)
        up.format.line.fill.background()
    if panel.kind == "dots":
        across.tick_labels.number_format_is_linked = False
        across.tick_labels.number_format = formats.axis
        up.minimum_scale, up.maximum_scale, up.major_unit = -0.5, len(panel.categories) - 0.5, 1
        up.tick_label_position, up.crosses = XL_TICK_LABEL_POSITION.NONE, XL_AXIS_CROSSES.MINIMUM
        if panel.axis:
            across.minimum_scale, across.maximum_scale = panel.axis.low, panel.axis.high
            if step:
                across.minimum_scale = floor(panel.axis.low / step) * step
                across.major_unit = step
            across.visible = panel.axis.low >= 0  # else a scale of each row's own
    elif panel.axis and panel.kind in ("line", "xy", "column"):
        up.minimum_scale, up.maximum_scale = panel.axis.low, panel.axis.high
        if step:  # ticks where the screen has them
            up.major_unit = step
    if panel.kind == "xy":
        _numbered(across, [cast(float, key) for series in panel.series for key in series.keys])
    # the first and the last are enough
    if panel.kind == "line" and panel.categories and not wide:
        skip = etree.Element(qn("c:tickLblSkip"))
        skip.set("val", str(max(1, len(panel.categories) - 1)))
        across._element.find(qn("c:noMultiLvlLbl")).addprevious(skip)
        across.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    if panel.kind == "line" and not panel.categories:
        _yearly(across, 1 if wide else 2)
    if panel.caption:
        across.has_title = True
        across.axis_title.text_frame.text = panel.caption.replace("\n", " ")
        font = across.axis_title.text_frame.paragraphs[0].runs[0].font
        font.size, font.bold, font.color.rgb = Pt(marks.SMALL), False, rgb(LIGHT.muted)


def _numbered(axis: Any, along: Sequence[float]) -> None:
    """An axis of numbers, as far as they go."""
    axis.minimum_scale, axis.maximum_scale = floor(origin(along)), ceil(max(along))
    if origin(along) > 0:  # years, which bear no points between thousands
        axis.tick_labels.number_format_is_linked = False
        axis.tick_labels.number_format, axis.major_unit = "0", ceil(len(set(along)) / 12)


def _yearly(axis: Any, years: int) -> None:
    """A tick every so many years, of days that are each year's last."""
    axis.tick_labels.number_format_is_linked, axis.tick_labels.number_format = False, "yyyy"
    element = axis._element
    for name, value in (
        ("baseTimeUnit", "days"),
        ("majorUnit", str(years)),
        ("majorTimeUnit", "years"),
    ):
        for old in element.findall(qn(f"c:{name}")):
            element.remove(old)
        etree.SubElement(element, qn(f"c:{name}")).set("val", value)


def _legend(chart: Chart, panel: ChartData) -> None:
    """Only where several series bear no name of their own at their end."""
    named = [series for series in panel.series if not isinstance(series, Interval)]
    chart.has_legend = len(named) > 1 and panel.kind in ("bar", "column", "dots")
    if chart.has_legend:
        chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.TOP, False
        chart.legend.font.size, chart.legend.font.color.rgb = Pt(marks.SMALL), rgb(LIGHT.ink)
        position = chart.legend._element.find(qn("c:legendPos"))
        unnamed = [at for at, series in enumerate(panel.series) if isinstance(series, Interval)]
        for number in reversed(unnamed):
            entry = etree.Element(qn("c:legendEntry"))
            etree.SubElement(entry, qn("c:idx")).set("val", str(number))
            etree.SubElement(entry, qn("c:delete")).set("val", "1")
            position.addnext(entry)
