"""The marks of native charts: bars, lines, dots, open diamonds,
whiskers, and the numbers beside them.
"""

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any, cast

from lxml import etree  # type: ignore[import-untyped]
from pptx.enum.chart import XL_LABEL_POSITION, XL_MARKER_STYLE
from pptx.enum.dml import MSO_LINE_DASH_STYLE, MSO_PATTERN_TYPE
from pptx.oxml.ns import qn
from pptx.util import Pt

from kub.charts.chart_data import ChartData, Key, Role, Series, known_values
from kub.exports.pptx.intervals import Interval
from kub.exports.pptx.native import UNNAMED, is_line, keys, main_lines, origin, paired
from kub.exports.pptx.numbers import Formats
from kub.exports.pptx.text import rgb
from kub.look import LIGHT

FAINT: tuple[Role, ...] = (
    "peer",
    "context",
    "secondary",
    "projection",
)  # drawn thinner and smaller
STYLES: dict[Role, Any] = {
    "published": XL_MARKER_STYLE.DIAMOND,
    "target": XL_MARKER_STYLE.DASH,
}
SMALL, MOST = 12, 20  # points; categories from which bars bear no numbers
# of a name at a line's end: a letter's part of the plot's width, a line's of its height
NAME, LINE = 0.0115, 0.075


def bars(series: Series, drawn: Any, panel: ChartData, formats: Formats) -> None:
    places, colors = keys(panel), _colors(series)
    drawn.format.fill.solid()
    drawn.format.fill.fore_color.rgb = rgb(colors[0])
    drawn.invert_if_negative = False
    if _own_colors(series):
        for key, shade in zip(series.keys, colors, strict=True):
            point = drawn.points[places.index(key)]
            point.format.fill.solid()
            point.format.fill.fore_color.rgb = rgb(shade)
    if series.provisional:  # the bar is hatched
        last = drawn.points[places.index(series.keys[-1])]
        fill = last.format.fill
        fill.patterned()
        fill.pattern = MSO_PATTERN_TYPE.WIDE_UPWARD_DIAGONAL
        fill.fore_color.rgb, fill.back_color.rgb = rgb(colors[0]), rgb(LIGHT.background)
        last.format.line.color.rgb = rgb(colors[0])
    if panel.stacked:
        drawn.format.line.color.rgb = rgb(LIGHT.background)
    labelled = series.written or panel.stacked or len(panel.series) == 1
    if len(series.points) <= MOST and labelled:
        labels = drawn.data_labels
        labels.show_value, labels.number_format_is_linked = True, False
        labels.number_format = formats.bar
        # a label above it would stand in that
        behind = not panel.stacked and not paired(panel)
        before = behind and any(map(_before(series), panel.series))
        place = XL_LABEL_POSITION.INSIDE_END if before else XL_LABEL_POSITION.OUTSIDE_END
        labels.position = XL_LABEL_POSITION.CENTER if panel.stacked else place
        # In a column a label has the height of the smallest share that bears one.
        labels.font.size = Pt(SMALL - 1 if panel.stacked and panel.kind == "column" else SMALL)
        labels.font.color.rgb = rgb(readable(colors[0]) if panel.stacked or before else LIGHT.ink)
        labels.font.bold = panel.stacked
        for point in series.points:
            if point.text:
                label = drawn.points[places.index(point.key)].data_label
                _write_label(label, point.text, labels.font)


def _own_colors(series: Series) -> bool:
    return any(point.role or point.code for point in series.points)


def _colors(series: Series) -> list[str]:
    return series.colors(LIGHT)


def _before(series: Series) -> Callable[[Series], bool]:
    """Whether a bar of the other series is the higher one, behind."""
    values = {point.key: point.value or 0.0 for point in series.points}

    def behind(other: Series) -> bool:
        pairs = ((point.value or 0.0, values.get(point.key)) for point in other.points)
        return any(own is not None and value > own > 0 for value, own in pairs)

    return behind


def _size(series: Series, is_joined: bool, both: bool) -> int:
    """Points across of a mark. both: published figures stand around those of the records."""
    if is_joined:
        return 5
    if series.role == "published":
        return 15 if both else 12
    if both:
        return 8
    return 9 if series.role in FAINT else 12


def points(series: Series, drawn: Any, panel: ChartData, formats: Formats) -> None:
    """A line with its last point marked, or marks alone; published figures as open diamonds."""
    drawn.smooth = False
    shade, joined = _colors(series)[0], is_line(panel, series)
    if isinstance(series, Interval):
        drawn.format.line.color.rgb, drawn.format.line.width = rgb(shade), Pt(2)
        drawn.marker.style = XL_MARKER_STYLE.NONE
        return
    if _own_colors(series):
        for at, own in enumerate(_colors(series)):
            _mark(drawn.points[at].marker, own, XL_MARKER_STYLE.CIRCLE, 11, hollow=False)
    if joined:
        drawn.format.line.color.rgb = rgb(shade)
        drawn.format.line.width = Pt(1.75 if series.role in FAINT else 2.5)
    else:
        drawn.format.line.fill.background()
    hollow = series.role == "published"
    style = STYLES.get(series.role, XL_MARKER_STYLE.CIRCLE)
    # one around the other
    both = panel.kind == "dots" and any(other.role == "published" for other in panel.series)
    _mark(drawn.marker, shade, style, _size(series, joined, both), hollow)
    on_axis = panel.kind == "line"
    last = keys(panel).index(series.keys[-1]) if on_axis else len(series.points) - 1
    if series.provisional:
        _mark(drawn.points[last].marker, shade, style, 9, hollow=True)
        if joined:
            line = drawn.points[last].format.line
            line.color.rgb, line.width, line.dash_style = (
                rgb(shade),
                Pt(2.5),
                MSO_LINE_DASH_STYLE.ROUND_DOT,
            )
    if series.role == "published" and on_axis:
        _diamond_labels(drawn, series, panel, formats)
    elif joined and series.role not in UNNAMED:
        _ending(drawn, last, series, panel, formats)


def _diamond_labels(drawn: Any, series: Series, panel: ChartData, formats: Formats) -> None:
    """The published values above their diamonds; below them where two would touch."""
    labels = drawn.data_labels
    labels.show_value, labels.position = True, XL_LABEL_POSITION.ABOVE
    labels.number_format_is_linked, labels.number_format = False, _with_sign(formats.value)
    labels.font.size, labels.font.color.rgb = Pt(SMALL), rgb(LIGHT.published)
    for at in _crowded(series, panel):
        label = drawn.points[at].data_label
        label.position = XL_LABEL_POSITION.BELOW
        for name in ("showVal", "showSerName", "showCatName", "showLegendKey"):
            label._dLbl.find(qn(f"c:{name}")).set("val", str(int(name == "showVal")))
        _number(label._dLbl, labels.number_format)
        label.font.size, label.font.color.rgb = Pt(SMALL), rgb(LIGHT.published)


def _ending(drawn: Any, last: int, series: Series, panel: ChartData, formats: Formats) -> None:
    """Name and value at a line's end: a label that follows the number when it is edited."""
    label = drawn.points[last].data_label
    # Right of a line that goes on as a projection, and among targets, it could not be read.
    goes_on = any(other.role == "target" for other in panel.series)
    label.position = XL_LABEL_POSITION.BELOW if goes_on else XL_LABEL_POSITION.RIGHT
    label.font.size, label.font.bold = Pt(SMALL), True
    label.font.color.rgb = rgb(series.color(LIGHT))
    element = label._dLbl
    lone = len(main_lines(panel)) == 1
    for name, shown in (
        ("showVal", lone or panel.kind == "line"),
        ("showSerName", not lone),
        ("showCatName", False),
        ("showLegendKey", False),
    ):
        element.find(qn(f"c:{name}")).set("val", str(int(shown)))
    _number(element, formats.value)
    for body in element.iter(qn("a:bodyPr")):
        body.set("wrap", "none")
    if panel.kind == "xy" and (down := _lowered(series, panel)):
        manual = etree.SubElement(etree.Element(qn("c:layout")), qn("c:manualLayout"))
        for name, value in (("x", 0), ("y", down)):
            etree.SubElement(manual, qn(f"c:{name}")).set("val", f"{value:.4f}")
        element.find(qn("c:idx")).addnext(manual.getparent())


def _lowered(series: Series, panel: ChartData) -> float:
    """How far the name at a line's end goes down, in parts of the chart,
    so that no line or higher name crosses it.
    """
    lines = {
        line.name: [(float(cast(float, key)), value or 0.0) for key, value in _pairs(line)]
        for line in main_lines(panel)
    }
    along = [x for line in lines.values() for x, _ in line]
    across = max(along) - origin(along)
    high = panel.axis.high if panel.axis else max(y for line in lines.values() for _, y in line)
    steps: dict[str, float] = {}
    for name, line in sorted(lines.items(), key=lambda item: -item[1][-1][1]):
        x, y = line[-1]
        end, down = x + across * NAME * len(name), 0.0
        lines_there = [
            v / high
            for other, points in lines.items()
            if other != name
            for u, v in points
            if x < u <= end
        ]
        names_there = [
            v / high - steps[other]
            for other, points in lines.items()
            for u, v in points[-1:]
            if other in steps and u < end and x < u + across * NAME * len(other)
        ]
        while down < 0.3 and (
            any(abs(y / high - down - at) < LINE / 2 for at in lines_there)
            or any(abs(y / high - down - at) < LINE for at in names_there)
        ):
            down += 0.01
        steps[name] = down
    return 0.72 * steps[series.name]


def _pairs(line: Series) -> Iterator[tuple[Key, float | None]]:
    return ((point.key, point.value) for point in line.points)


def _number(label: Any, form: str) -> None:
    label.find(qn("c:idx")).addnext(
        etree.Element(qn("c:numFmt"), formatCode=form, sourceLinked="0")
    )


def _with_sign(form: str) -> str:
    """A published number has its diamond, in every part of a format that knows several."""
    return ";".join(re.sub(r"^(\[[^]]*\])?", r'\1"◇ "', part) for part in form.split(";"))


def _crowded(series: Series, panel: ChartData) -> Iterator[int]:
    """Points whose labels would touch the one before: near in time and in height.

    Their places along the axis.
    """
    along = keys(panel)
    highest = max(known_values(panel.series)) or 1
    days = [key.toordinal() if isinstance(key, date) else at for at, key in enumerate(along)]
    span = max(days) - min(days) or 1
    before: tuple[int, float] | None = None
    for point in series.points:
        at, value = along.index(point.key), point.value or 0.0
        near = (
            before is not None
            and days[at] - before[0] < 0.08 * span
            and abs(value - before[1]) < 0.12 * highest
        )
        if near:
            yield at
        before = None if near else (days[at], value)


def _write_label(label: Any, text: str, font: Any) -> None:
    """Words of its own in a label: they stand for a number that the chart does not hold."""
    frame = label.text_frame
    frame.text = text
    for paragraph in frame.paragraphs:
        for run in paragraph.runs:
            run.font.size, run.font.bold, run.font.color.rgb = font.size, font.bold, font.color.rgb
    label.position = XL_LABEL_POSITION.CENTER


def readable(color: str) -> str:
    """White or ink, whichever stands out more on a colour."""
    return max("#FFFFFF", LIGHT.ink, key=lambda ink: abs(_light(ink) - _light(color)))


def _mark(marker: Any, color: str, style: Any, size: int, hollow: bool) -> None:
    marker.style, marker.size = style, size
    marker.format.line.color.rgb, marker.format.line.width = rgb(color), Pt(1.75)
    # as on screen; LibreOffice fills it with the colour of its line
    if hollow and style == XL_MARKER_STYLE.DIAMOND:
        marker.format.fill.background()
        return
    marker.format.fill.solid()
    marker.format.fill.fore_color.rgb = rgb(LIGHT.background if hollow else color)


def _light(color: str) -> float:
    """How light a colour looks, 0-1."""
    red, green, blue = (int(color[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return 0.3 * red + 0.59 * green + 0.11 * blue
