"""The course of a year's reports beside the year before."""

from kub import words
from kub.charts.reporting import Course, months

ID, EN = words.of("id"), words.of("en")


def test_both_years_are_labelled_at_their_ends_and_an_unfinished_one_is_open() -> None:
    now = Course(2023, [0, 0, 0.1, 0.2, 0.4, 0.9], provisional=True)
    before = Course(2022, [0.0] * 10 + [0.9, 0.93])
    layout = months(now, before, ID)["layout"]
    texts = [mark["text"] for mark in layout["annotations"]]
    assert texts == ["2022: 93\N{NO-BREAK SPACE}%", "<b>2023: 90\N{NO-BREAK SPACE}%</b>"]
    assert [mark["x"] for mark in layout["annotations"]] == [12, 6]
    assert layout["annotations"][1]["xanchor"] == "right"  # clear of the other on a phone
    traces = months(now, before, ID)["data"]
    assert traces[-1]["marker"]["symbol"] == "circle-open" and len(traces[0]["x"]) == 12


def test_labels_of_ends_that_are_alike_stand_apart() -> None:
    now, before = Course(2023, [0.5] * 12), Course(2022, [0.52] * 12)
    first, second = months(now, before, EN)["layout"]["annotations"]
    assert (first["yshift"], second["yshift"]) == (9, -9)


def test_a_first_year_stands_alone() -> None:
    figure = months(Course(2015, [0.0, 0.5], provisional=True), None, EN)
    assert len(figure["layout"]["annotations"]) == 1
    assert figure["layout"]["xaxis"]["ticktext"][0] == "Jan"
