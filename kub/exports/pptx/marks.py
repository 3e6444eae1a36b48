"""The marks of native charts: bars, lines, dots, open diamonds,
whiskers, and the numbers beside them.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from lxml import etree  # type: ignore[import-untyped]
from pptx.enum.chart import XL_LABEL_POSITION, XL_MARKER_STYLE
from pptx.enum.dml import MSO_LINE_DASH_STYLE, MSO_PATTERN_TYPE
from pptx.oxml.ns import qn
from pptx.util import Pt

from kub.exports.pptx import numbers
from kub.exports.pptx.axes import as_date
from kub.exports.pptx.sketch import Series, Sketch
from kub.exports.pptx.text import rgb
from kub.look import LIGHT

SMALL, MOST = 12, 20  # points; categories from which bars bear no numbers
# of a name at a line's end: a letter's part of the plot's width, a line's of its height
NAME, LINE = 0.0115, 0.075


def bars(one: Series, drawn: Any, sketch: Sketch) -> None:
    drawn.format.fill.solid()
    drawn.format.fill.fore_color.rgb = rgb(one.color)
    drawn.invert_if_negative = False
    for at, color in enumerate(one.colors):
        drawn.points[at].format.fill.solid()
        drawn.points[at].format.fill.fore_color.rgb = rgb(color)
    if one.provisional:  # the bar is hatched
        fill = drawn.points[len(one.points) - 1].format.fill
        fill.patterned()
        fill.pattern = MSO_PATTERN_TYPE.WIDE_UPWARD_DIAGONAL
        fill.fore_color.rgb, fill.back_color.rgb = rgb(one.color), rgb(LIGHT.background)
        drawn.points[len(one.points) - 1].format.line.color.rgb = rgb(one.color)
    if sketch.stacked:
        drawn.format.line.color.rgb = rgb(LIGHT.background)
    if len(one.points) <= MOST and (one.written or sketch.stacked or len(sketch.series) == 1):
        labels = drawn.data_labels
        labels.show_value, labels.number_format_is_linked = True, False
        labels.number_format = numbers.bar_format(sketch)
        # a label above it would stand in that
        before = not sketch.stacked and any(map(_before(one), sketch.series))
        place = XL_LABEL_POSITION.INSIDE_END if before else XL_LABEL_POSITION.OUTSIDE_END
        labels.position = XL_LABEL_POSITION.CENTER if sketch.stacked else place
        # In a column a label has the height of the smallest share that bears one.
        labels.font.size = Pt(SMALL - 1 if sketch.stacked and sketch.kind == "column" else SMALL)
        labels.font.color.rgb = rgb(readable(one.color) if sketch.stacked or before else LIGHT.ink)
        labels.font.bold = sketch.stacked
        for at, text in one.texts.items():
            _say(drawn.points[at].data_label, text, labels.font)


def _before(one: Series) -> Callable[[Series], bool]:
    """Whether a bar of the other series is the higher one, behind."""
    values = dict(one.points)
    return lambda other: any(value > values.get(key, value) > 0 for key, value in other.points)


def _size(one: Series, main: bool, both: bool) -> int:
    """Points across of a mark. both: published figures stand around those of the records."""
    if one.joined:
        return 5
    if one.published:
        return 15 if both else 12
    if both:
        return 8
    return 12 if main else 9


def points(one: Series, drawn: Any, sketch: Sketch) -> None:
    """A line with its last point marked, or marks alone; published figures as open diamonds."""
    drawn.smooth = False
    if one.interval:
        drawn.format.line.color.rgb, drawn.format.line.width = rgb(one.color), Pt(2)
        drawn.marker.style = XL_MARKER_STYLE.NONE
        return
    main = one.color not in (LIGHT.context, LIGHT.muted)
    for at, color in enumerate(one.colors):
        _mark(drawn.points[at].marker, color, XL_MARKER_STYLE.CIRCLE, 11, hollow=False)
    if one.joined:
        drawn.format.line.color.rgb, drawn.format.line.width = (
            rgb(one.color),
            Pt(2.5 if main else 1.75),
        )
    else:
        drawn.format.line.fill.background()
    style = XL_MARKER_STYLE.DIAMOND if one.published else XL_MARKER_STYLE.CIRCLE
    hollow = one.published
    # one around the other
    both = sketch.kind == "rows" and any(each.published for each in sketch.series)
    _mark(drawn.marker, one.color, style, _size(one, main, both), hollow)
    last = len(one.points) - 1
    if sketch.kind == "line":
        keys = list(sketch.categories) or sorted(
            {x for each in sketch.series for x, _ in each.points}
        )
        last = keys.index(one.points[-1][0])
    if one.provisional:
        _mark(drawn.points[last].marker, one.color, style, 9, hollow=True)
        if one.joined:
            line = drawn.points[last].format.line
            line.color.rgb, line.width, line.dash_style = (
                rgb(one.color),
                Pt(2.5),
                MSO_LINE_DASH_STYLE.ROUND_DOT,
            )
    if one.published and sketch.kind == "line":
        labels = drawn.data_labels
        labels.show_value, labels.position = True, XL_LABEL_POSITION.ABOVE
        labels.number_format_is_linked, labels.number_format = (
            False,
            _with_sign(numbers.value_format(sketch)),
        )
        labels.font.size, labels.font.color.rgb = Pt(SMALL), rgb(LIGHT.published)
        for at in _crowded(one, keys, sketch):
            label = drawn.points[at].data_label
            label.position = XL_LABEL_POSITION.BELOW
            for name in ("showVal", "showSerName", "showCatName", "showLegendKey"):
                label._dLbl.find(qn(f"c:{name}")).set("val", str(int(name == "showVal")))
            _number(label._dLbl, labels.number_format)
            label.font.size, label.font.color.rgb = Pt(SMALL), rgb(LIGHT.published)
    elif one.joined and one.color != LIGHT.line:  # those are only a ground to compare with
        _ending(drawn, last, one, sketch)


def _ending(drawn: Any, last: int, one: Series, sketch: Sketch) -> None:
    """Name and value at a line's end: a label that follows the number when it is edited."""
    label = drawn.points[last].data_label
    label.position = XL_LABEL_POSITION.RIGHT
    label.font.size, label.font.bold, label.font.color.rgb = Pt(SMALL), True, rgb(one.color)
    element = label._dLbl
    lone = sum(each.joined and each.color != LIGHT.line for each in sketch.series) == 1
    for name, shown in (
        ("showVal", lone or sketch.kind == "line"),
        ("showSerName", not lone),
        ("showCatName", False),
        ("showLegendKey", False),
    ):
        element.find(qn(f"c:{name}")).set("val", str(int(shown)))
    _number(element, numbers.value_format(sketch))
    for body in element.iter(qn("a:bodyPr")):
        body.set("wrap", "none")
    if sketch.kind == "xy" and (down := _lowered(one, sketch)):
        manual = etree.SubElement(etree.Element(qn("c:layout")), qn("c:manualLayout"))
        for name, value in (("x", 0), ("y", down)):
            etree.SubElement(manual, qn(f"c:{name}")).set("val", f"{value:.4f}")
        element.find(qn("c:idx")).addnext(manual.getparent())


def _lowered(one: Series, sketch: Sketch) -> float:
    """How far the name at a line's end goes down, in parts of the chart,
    so that no line or higher name crosses it.
    """
    lines = [each for each in sketch.series if each.joined and each.color != LIGHT.line]
    across = max(x for each in lines for x, _ in each.points)
    high = (sketch.axis or (0, max(y for each in lines for _, y in each.points)))[1]
    steps: dict[str, float] = {}
    for each in sorted(lines, key=lambda line: -line.points[-1][1]):
        x, y = each.points[-1]
        end, down = x + across * NAME * len(each.name), 0.0
        lines_there = [
            v / high
            for other in lines
            if other is not each
            for u, v in other.points
            if x < u <= end
        ]
        names_there = [
            v / high - steps[other.name]
            for other in lines
            for u, v in other.points[-1:]
            if other.name in steps and u < end and x < u + across * NAME * len(other.name)
        ]
        while down < 0.3 and (
            any(abs(y / high - down - at) < LINE / 2 for at in lines_there)
            or any(abs(y / high - down - at) < LINE for at in names_there)
        ):
            down += 0.01
        steps[each.name] = down
    return 0.72 * steps[one.name]


def _number(label: Any, form: str) -> None:
    label.find(qn("c:idx")).addnext(
        etree.Element(qn("c:numFmt"), formatCode=form, sourceLinked="0")
    )


def _with_sign(form: str) -> str:
    """A published number has its diamond, in every part of a format that knows several."""
    return ";".join(re.sub(r"^(\[[^]]*\])?", r'\1"◇ "', part) for part in form.split(";"))


def _crowded(one: Series, keys: Sequence[Any], sketch: Sketch) -> Iterator[int]:
    """Points whose labels would touch the one before: near in time and in height.

    Their places among `keys`.
    """
    highest = max(value for each in sketch.series for _, value in each.points) or 1
    days = {
        key: as_date(str(key)).toordinal() if not sketch.categories else at
        for at, key in enumerate(keys)
    }
    span, last = max(days.values()) - min(days.values()) or 1, None
    for key, value in one.points:
        near = (
            last
            and days[key] - days[last[0]] < 0.08 * span
            and abs(value - last[1]) < 0.12 * highest
        )
        if near:
            yield keys.index(key)
        last = None if near else (key, value)


def _say(label: Any, text: str, font: Any) -> None:
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
