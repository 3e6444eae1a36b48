"""Frames of awards as their question gives them."""

from datetime import date

import pandas as pd

COLUMNS = ["awarded_on", "published_as", "award", "awarding_body", "source", "remark", "recorded"]
Row = tuple[object, ...]


def awards(*rows: Row) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=COLUMNS)
    return frame.assign(awarded_on=pd.to_datetime(frame["awarded_on"]))


FIRST = (date(2017, 4, 7), None, "Top", "tidak disebut dalam sumber", "a.id", "report_date", True)
YEAR = (date(2018, 12, 31), "2018", "3G", "Cambridge", "b.id", None, True)
MONTH = (date(2019, 9, 30), "2019-09", "ISDA", "CFCD", "c.id", "platinum_conflict", True)
BEFORE = (None, "before 2018", "Literacy", "Coca-Cola", "d.id", "year_unknown", False)
UNKNOWN = (None, None, "PROPER", "KLHK", None, "year_unknown", False)
FRAME = awards(FIRST, YEAR, MONTH, UNKNOWN, BEFORE)
