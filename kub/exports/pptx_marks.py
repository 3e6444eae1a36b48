"""The marks of native charts: bars, lines, dots, open diamonds, whiskers, and the numbers beside them."""

from collections.abc import Sequence
from typing import Any

from lxml import etree  # type: ignore[import-untyped]
from pptx.enum.chart import XL_LABEL_POSITION, XL_MARKER_STYLE
from pptx.enum.dml import MSO_LINE_DASH_STYLE, MSO_PATTERN_TYPE
from pptx.oxml.ns import qn
from pptx.util import Pt

from kub.exports.pptx_series import Series, Sketch
from kub.exports.pptx_text import rgb
from kub.look import LIGHT

SMALL, MOST = 12, 20  # points; categories from which bars bear no numbers


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
        whole = number_format(sketch)
        # Closings stand below zero and are still a count of closings; nothing is said of nothing.
        labels.number_format = (
            f"[>=0.045]{whole};" if sketch.stacked else whole if sketch.share else f"{whole};{whole};"
        )
        labels.position = XL_LABEL_POSITION.CENTER if sketch.stacked else XL_LABEL_POSITION.OUTSIDE_END
        labels.font.size = Pt(SMALL)
        labels.font.color.rgb = rgb("#FFFFFF" if sketch.stacked else LIGHT.ink)
        labels.font.bold = sketch.stacked


def points(one: Series, drawn: Any, sketch: Sketch) -> None:
    """A line with its last point marked, or marks alone; published figures as open diamonds."""
    drawn.smooth = False
    main = one.color not in (LIGHT.context, LIGHT.muted)
    for at, color in enumerate(one.colors):
        _mark(drawn.points[at].marker, color, XL_MARKER_STYLE.CIRCLE, 12, hollow=False)
    if one.joined:
        drawn.format.line.color.rgb, drawn.format.line.width = rgb(one.color), Pt(2.5 if main else 1.75)
    else:
        drawn.format.line.fill.background()
    style = XL_MARKER_STYLE.DIAMOND if one.published else XL_MARKER_STYLE.CIRCLE
    hollow = one.published
    _mark(drawn.marker, one.color, style, 5 if one.joined else 12 if main else 9, hollow)
    last = len(one.points) - 1
    if sketch.kind == "line":
        keys = list(sketch.categories) or sorted({x for each in sketch.series for x, _ in each.points})
        last = keys.index(one.points[-1][0])
    if one.provisional:
        _mark(drawn.points[last].marker, one.color, style, 9, hollow=True)
        if one.joined:
            line = drawn.points[last].format.line
            line.color.rgb, line.width, line.dash_style = rgb(one.color), Pt(2.5), MSO_LINE_DASH_STYLE.ROUND_DOT
    if one.published and sketch.kind == "line":
        labels = drawn.data_labels
        labels.show_value, labels.position = True, XL_LABEL_POSITION.ABOVE
        labels.number_format_is_linked, labels.number_format = False, f'"◇ "{number_format(sketch)}'
        labels.font.size, labels.font.color.rgb = Pt(SMALL), rgb(LIGHT.published)
    elif one.joined and one.color != LIGHT.line:  # those are only a ground to compare with
        _ending(drawn, last, one, sketch)
    if one.high:
        _whiskers(drawn._element, one)


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
    number = etree.Element(qn("c:numFmt"), formatCode=number_format(sketch), sourceLinked="0")
    element.find(qn("c:idx")).addnext(number)


def _whiskers(element: Any, one: Series) -> None:
    """The interval of each point as error bars with lengths of their own."""
    whiskers = etree.Element(qn("c:errBars"))
    for name, value in (("errDir", "x"), ("errBarType", "both"), ("errValType", "cust"), ("noEndCap", "1")):
        etree.SubElement(whiskers, qn(f"c:{name}")).set("val", value)
    # "Sheet1!$B$3:$B$7", where the values are, tells where the lengths are: in the two columns beside them.
    values = element.find(f"{qn('c:yVal')}//{qn('c:f')}").text
    for name, lengths, column in (("plus", one.high, "D"), ("minus", one.low, "C")):
        found = etree.SubElement(etree.SubElement(whiskers, qn(f"c:{name}")), qn("c:numRef"))
        etree.SubElement(found, qn("c:f")).text = values.replace("$B$", f"${column}$")
        numbers = etree.SubElement(found, qn("c:numCache"))
        etree.SubElement(numbers, qn("c:formatCode")).text = "General"
        etree.SubElement(numbers, qn("c:ptCount")).set("val", str(len(lengths)))
        for at, length in enumerate(lengths):
            point = etree.SubElement(numbers, qn("c:pt"), idx=str(at))
            etree.SubElement(point, qn("c:v")).text = repr(float(length))
    line = etree.SubElement(etree.SubElement(whiskers, qn("c:spPr")), qn("a:ln"), w=str(Pt(2)))
    etree.SubElement(etree.SubElement(line, qn("a:solidFill")), qn("a:srgbClr")).set("val", one.color[1:])
    element.find(qn("c:xVal")).addprevious(whiskers)


def _mark(marker: Any, color: str, style: Any, size: int, hollow: bool) -> None:
    marker.style, marker.size = style, size
    marker.format.line.color.rgb, marker.format.line.width = rgb(color), Pt(1.75)
    marker.format.fill.solid()
    marker.format.fill.fore_color.rgb = rgb(LIGHT.background if hollow else color)


def number_format(sketch: Sketch) -> str:
    return sketch.percent if sketch.share else "#,##0.0" if broken(sketch) else "#,##0"


def broken(sketch: Sketch) -> bool:
    along: Sequence[float] = [p[0 if sketch.kind == "rows" else 1] for one in sketch.series for p in one.points]
    return any(not float(value).is_integer() for value in along)
