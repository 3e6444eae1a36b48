"""Charts that PowerPoint and LibreOffice can edit, drawn of sketches
(kub/exports/pptx/series.py) in our look.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from math import ceil, floor
from typing import Any

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

from kub.exports.pptx import marks, numbers
from kub.exports.pptx.axes import as_date
from kub.exports.pptx.intervals import with_intervals
from kub.exports.pptx.sketch import Sketch
from kub.exports.pptx.text import THEME_FONT, describe, rgb
from kub.look import LIGHT

TYPES = {
    "line": XL_CHART_TYPE.LINE_MARKERS,
    "bar": XL_CHART_TYPE.BAR_CLUSTERED,
    "column": XL_CHART_TYPE.COLUMN_CLUSTERED,
    "rows": XL_CHART_TYPE.XY_SCATTER,
    "xy": XL_CHART_TYPE.XY_SCATTER_LINES,
}
STACKED = {"bar": XL_CHART_TYPE.BAR_STACKED, "column": XL_CHART_TYPE.COLUMN_STACKED}
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


def draw(shapes: Any, sketch: Sketch, at: Box, alt: str, inner: Box | None = None) -> None:
    """Put one native chart on a slide.

    at: x, y, width, height in inches. alt: what it says in words. inner: where its plot is, in
    parts of the chart.
    """
    sketch = with_intervals(sketch)
    kind = (STACKED if sketch.stacked else TYPES).get(sketch.kind, TYPES[sketch.kind])
    frame = shapes.add_chart(kind, *(Inches(each) for each in at), data(sketch))
    describe(frame, sketch.title or alt[:60], alt)
    chart = frame.chart
    chart.font.name, chart.font.size, chart.font.color.rgb = (
        THEME_FONT,
        Pt(marks.SMALL),
        rgb(LIGHT.muted),
    )
    chart.has_title = bool(sketch.title)
    if sketch.title:
        chart.chart_title.include_in_layout = False
        text = chart.chart_title.text_frame
        text.text = sketch.title
        font = text.paragraphs[0].runs[0].font
        font.size, font.bold, font.color.rgb = Pt(14), True, rgb(LIGHT.ink)
    wide = at[2] > 8
    _axes(chart, sketch, wide)
    plot = chart.plots[0]
    for one, drawn in zip(sketch.series, plot.series, strict=True):
        (marks.bars if sketch.kind in ("bar", "column") else marks.points)(one, drawn, sketch)
    if sketch.kind in ("bar", "column"):
        # a lone bar is no wall
        plot.gap_width, plot.overlap = 45 if len(sketch.categories) > 2 else 200, 100
    _legend(chart, sketch)
    for blanks in chart._chartSpace.iter(qn("c:dispBlanksAs")):
        # A line runs on where only a published figure has a date; intervals are apart.
        blanks.set("val", "gap" if sketch.kind == "rows" else "span")
    room = (
        0.86 if sum(one.joined and one.color != LIGHT.line for one in sketch.series) < 2 else 0.76
    )
    # beside a line's end stands its label
    if inner or (sketch.kind in ("line", "xy") and not chart.has_legend):
        top = 0.16 if sketch.title else 0.06
        _inner(chart, inner or (0.06, top, room, 0.86 - top - (0.08 if sketch.caption else 0)))


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


def data(sketch: Sketch) -> Any:
    """The numbers as the chart's own workbook holds them: what the
    figure has, under the same names.
    """
    if sketch.share:
        number = "0.0%"
    elif numbers.broken(sketch):
        number = "#,##0.##"
    else:
        number = "#,##0"
    if sketch.kind in ("rows", "xy"):
        xy = _XyData(number_format=number)
        for one in sketch.series:
            series = xy.add_series(one.name)
            for across, up in one.points:
                # Rows are counted from the foot, so that the first stands on top.
                flipped = sketch.kind == "rows" and up is not None
                series.add_data_point(across, len(sketch.categories) - 1 - up if flipped else up)
        return xy
    keys = list(sketch.categories) or sorted({x for one in sketch.series for x, _ in one.points})
    category = _CategoryData(number_format=number)
    category.categories = [
        sketch.categories[key] if sketch.categories else as_date(str(key)) for key in keys
    ]
    for one in sketch.series:
        values = dict(one.points)
        category.add_series(one.name, [values.get(key) for key in keys])
    return category


def _axes(chart: Chart, sketch: Sketch, wide: bool) -> None:
    across, up = chart.category_axis, chart.value_axis
    for axis in (across, up):
        axis.has_major_gridlines = axis.has_minor_gridlines = False
        axis.format.line.color.rgb = rgb(LIGHT.line)
    up.tick_labels.number_format_is_linked = False
    up.tick_labels.number_format = numbers.axis_format(sketch)
    if sketch.kind in ("bar", "column"):
        up.visible = sketch.kind == "column" and len(sketch.categories) > marks.MOST
        across.tick_label_position = XL_TICK_LABEL_POSITION.LOW  # below what falls under zero
        across.tick_labels.font.color.rgb = rgb(LIGHT.ink)
        across.reverse_order = sketch.kind == "bar"
        across.major_tick_mark = XL_TICK_MARK.NONE
        if sketch.stacked and sketch.share:
            up.minimum_scale, up.maximum_scale = 0, 1
    else:
        up.has_major_gridlines = True
        up.major_gridlines.format.line.color.rgb = rgb(LIGHT.grid)
        up.format.line.fill.background()
    if sketch.kind == "rows":
        across.tick_labels.number_format_is_linked = False
        across.tick_labels.number_format = numbers.axis_format(sketch)
        up.minimum_scale, up.maximum_scale, up.major_unit = -0.5, len(sketch.categories) - 0.5, 1
        up.tick_label_position, up.crosses = XL_TICK_LABEL_POSITION.NONE, XL_AXIS_CROSSES.MINIMUM
        if sketch.axis:
            across.minimum_scale, across.maximum_scale = sketch.axis
            if sketch.step:
                across.minimum_scale = floor(sketch.axis[0] / sketch.step) * sketch.step
                across.major_unit = sketch.step
            across.visible = sketch.axis[0] >= 0  # else a scale of each row's own
    elif sketch.axis:
        up.minimum_scale, up.maximum_scale = sketch.axis
        if sketch.step:  # ticks where the screen has them
            up.major_unit = sketch.step
    if sketch.kind == "xy":
        along = [point[0] for one in sketch.series for point in one.points]
        across.minimum_scale, across.maximum_scale = min(0, floor(min(along))), ceil(max(along))
    # the first and the last are enough
    if sketch.kind == "line" and sketch.categories and not wide:
        skip = etree.Element(qn("c:tickLblSkip"))
        skip.set("val", str(max(1, len(sketch.categories) - 1)))
        across._element.find(qn("c:noMultiLvlLbl")).addprevious(skip)
        across.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    if sketch.kind == "line" and not sketch.categories:
        _yearly(across, 1 if wide else 2)
    if sketch.caption:
        across.has_title = True
        across.axis_title.text_frame.text = sketch.caption.replace("\n", " ")
        font = across.axis_title.text_frame.paragraphs[0].runs[0].font
        font.size, font.bold, font.color.rgb = Pt(marks.SMALL), False, rgb(LIGHT.muted)


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


def _legend(chart: Chart, sketch: Sketch) -> None:
    """Only where several series bear no name of their own at their end."""
    bars = sketch.kind in ("bar", "column", "rows")
    named = [one for one in sketch.series if not one.interval]
    chart.has_legend = len(named) > 1 and (
        bars or any(not s.joined and not s.published for s in sketch.series)
    )
    if chart.has_legend:
        chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.TOP, False
        chart.legend.font.size, chart.legend.font.color.rgb = Pt(marks.SMALL), rgb(LIGHT.ink)
        position = chart.legend._element.find(qn("c:legendPos"))
        for number in reversed([at for at, one in enumerate(sketch.series) if one.interval]):
            entry = etree.Element(qn("c:legendEntry"))
            etree.SubElement(entry, qn("c:idx")).set("val", str(number))
            etree.SubElement(entry, qn("c:delete")).set("val", "1")
            position.addnext(entry)
