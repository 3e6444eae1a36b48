"""Cells and columns read as a plain value, or as the rule that they break."""

from kub.records import cells, columns
from kub.records.dates import DateRange
from kub.records.problems import Breach
from tests.support.workbooks import TODAY


def read_cell(kind, value):
    """The value, the last day of a date, or the rule that is broken."""
    cell = cells.read(kind, value, TODAY)
    if isinstance(cell, Breach):
        return cell.rule
    return cell.last if isinstance(cell, DateRange) else cell


def read_column(kind, values):
    """The values, or the rule that each breaks; and the rules told for the column as a whole."""
    read = columns.read(kind, values, TODAY)
    result = read.values.to_pylist()
    for positions, _, breach in (*read.broken, *read.together):
        for position in positions:
            result[position] = breach.rule
    return result, [breach.rule for _, _, breach in read.together]
