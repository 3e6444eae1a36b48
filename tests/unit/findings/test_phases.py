"""Years in which closings reach foundings, in the takeaway of growth."""

from kub import words
from kub.findings import growth as findings
from kub.findings.phases import runs
from tests.support import courses

ID, EN = words.of("id"), words.of("en")


def test_years_that_follow_each_other_are_told_together() -> None:
    assert runs([]) == []
    assert runs([2012]) == [(2012, 2012)]
    assert runs([2012, 2014, 2015, 2016, 2019]) == [(2012, 2012), (2014, 2016), (2019, 2019)]


def test_the_takeaway_says_when_closings_reached_foundings() -> None:
    frame = courses.growth(
        2018, [9, 9, 8, 9, 8], founded=[9, 2, 1, 2, 0], closed=[0, 2, 2, 1, 1], provisional=True
    )
    said = "Pada 2019–2020 jumlah KUB yang tutup menyamai atau melampaui yang berdiri."
    assert said in findings.growth(frame, ID).takeaway
    assert said in findings.growth(frame, ID, measure="members", both=True).takeaway
    assert "tutup" not in findings.growth(frame, ID, measure="members").takeaway
    assert "In 2019–2020 as many KUB closed as were founded, or more." in (
        findings.growth(frame, EN).takeaway
    )


def test_many_such_times_are_counted() -> None:
    closed = [0, 1, 0, 1, 0, 1, 0, 1, 0]
    frame = courses.growth(2010, [9] * 9, founded=[1] * 9, closed=closed)
    said = "In 4 of 9 years as many KUB closed as were founded, or more."
    assert said in findings.growth(frame, EN).takeaway


def test_without_closings_nothing_is_said_of_them() -> None:
    frame = courses.growth(2018, [9, 9], founded=[9, 0], closed=[0, 0])
    assert "closed" not in findings.growth(frame, EN).takeaway
