"""Visits as files: whole or not at all, nobody's change lost,
hand-written ones told what is wrong with them.
"""

import os
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kub import visits, words
from kub.answers.catalog import CATALOG, TELLABLE
from kub.answers.step import Step
from kub.store.versions import NotStored
from kub.visits import FOLDER, LONGEST_VISIT, TEXTS, Changed, Unreadable, Visit
from kub.visits.step import MOST_MINUTES
from kub.words import LANGUAGES
from queries.filters import DENOMINATORS, MEASURES, SECTORS, Filters
from tests.support.visits import VISIT


def files(folder: Path) -> list[str]:
    return sorted(
        path.name for path in (folder / FOLDER).iterdir() if not path.name.startswith(".")
    )


def written(folder: Path, text: str | bytes, name: str = "2026-12-01") -> Path:
    (folder / FOLDER).mkdir(exist_ok=True)
    path = folder / FOLDER / f"{name}.toml"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def test_a_new_visit_is_one_file_that_people_can_read(tmp_path: Path) -> None:
    stored = visits.store(tmp_path, replace(VISIT, agenda="09.00 Pembukaan\n10.00 Paparan"))
    assert stored.visit_id == "2026-12-01-pemerintah-kota-cilegon" and files(tmp_path) == [
        f"{stored.visit_id}.toml"
    ]
    text = (tmp_path / FOLDER / f"{stored.visit_id}.toml").read_text("utf-8")
    assert (
        "date = 2026-12-01\n" in text
        and "09.00 Pembukaan\n10.00 Paparan" in text
        and 'chart = "growth_flow"' in text
    )
    assert visits.visit(tmp_path, stored.visit_id) == stored


@pytest.mark.parametrize("institution", ["Pemerintah Kota Cilegon", "pemerintah kota, CILEGON!"])
def test_two_of_one_name_are_two_files_and_a_deleted_one_keeps_its_name(
    tmp_path: Path, institution: str
) -> None:
    first = visits.store(tmp_path, VISIT)
    visits.remove(tmp_path, first)
    assert (
        visits.store(tmp_path, replace(VISIT, institution=institution)).visit_id
        == f"{first.visit_id}-2"
    )
    assert visits.store(tmp_path, VISIT).visit_id == f"{first.visit_id}-3"


@pytest.mark.parametrize(
    "institution", ["", "東京都", "../../etc/passwd", "CON", "a" * 300, "\x00\n"]
)
def test_odd_names_make_plain_files(tmp_path: Path, institution: str) -> None:
    one = visits.store(tmp_path, replace(VISIT, institution=institution))
    assert one.visit_id.startswith("2026-12-01") and len(one.visit_id) < 60
    assert visits.visit(tmp_path, one.visit_id) == one and files(tmp_path) == [
        f"{one.visit_id}.toml"
    ]


@pytest.mark.parametrize(
    "name", ["", ".", "..", "../x", "..\\x", "/etc/passwd", "a/b", "A", "a.toml", "a" * 200, "á"]
)
def test_a_name_from_a_link_reaches_no_other_file(tmp_path: Path, name: str) -> None:
    (tmp_path / "x.toml").write_text("", "utf-8")
    (tmp_path / FOLDER).mkdir()
    assert visits.visit(tmp_path, name) is None
    assert visits.restore(tmp_path, name) is None


TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
CODES = st.lists(st.text("0123456789.", min_size=1, max_size=13), max_size=3).map(tuple)
FILTERS = st.builds(
    Filters,
    programme=st.none() | st.text(min_size=1, max_size=8),
    districts=CODES,
    villages=CODES,
    sectors=st.lists(st.sampled_from(SECTORS), unique=True).map(tuple),
    since=st.none() | st.integers(1990, 2040),
    until=st.none() | st.integers(1990, 2040),
    denominator=st.sampled_from(DENOMINATORS),
    measure=st.sampled_from(MEASURES),
    peers=CODES,
)
VIEWS = st.dictionaries(TEXT, TEXT | st.booleans() | st.integers(-(2**60), 2**60), max_size=3)
CHART = st.sampled_from(sorted(set(TELLABLE)))
STEPS = CHART.flatmap(
    lambda chart: st.builds(
        Step,
        st.just(CATALOG[chart].question),
        st.just(chart),
        FILTERS,
        VIEWS,
        TEXT,
        TEXT,
        minutes=st.integers(1, MOST_MINUTES),
    )
)


@settings(max_examples=60)
@given(
    st.lists(STEPS, max_size=4).map(tuple),
    st.tuples(*[TEXT] * 4),
    st.sampled_from(LANGUAGES),
    st.integers(0, LONGEST_VISIT),
)
def test_what_is_stored_is_what_is_read(
    steps: tuple[Step, ...], texts: tuple[str, ...], lang: str, minutes: int
) -> None:
    said: dict[str, Any] = dict(zip(("institution", *TEXTS), texts, strict=True))
    with TemporaryDirectory() as folder:
        one = visits.store(
            Path(folder), replace(VISIT, steps=steps, lang=lang, minutes=minutes, **said)
        )
        assert visits.visit(Path(folder), one.visit_id) == one
    assert one.agenda == said["agenda"].replace("\r\n", "\n") and len(one.steps) == len(steps)
    assert [step.filters for step in one.steps] == [step.filters for step in steps]


def test_the_second_of_two_is_told_and_nothing_is_lost(tmp_path: Path) -> None:
    seen = visits.store(tmp_path, VISIT)
    first = visits.store(tmp_path, replace(seen, notes="pertama"))
    with pytest.raises(Changed) as told:
        visits.store(tmp_path, replace(seen, notes="kedua"))
    assert told.value.now == first == visits.visit(tmp_path, seen.visit_id)
    with pytest.raises(Changed):
        visits.remove(tmp_path, seen)
    assert visits.store(tmp_path, replace(seen, notes="kedua", stamp=first.stamp)).notes == "kedua"


def test_a_visit_that_is_gone_or_mangled_meanwhile(tmp_path: Path) -> None:
    seen = visits.store(tmp_path, VISIT)
    visits.remove(tmp_path, seen)
    with pytest.raises(Changed) as told:
        visits.store(tmp_path, seen)
    assert told.value.now is None
    again = visits.store(tmp_path, replace(seen, stamp=""))
    assert again.visit_id == seen.visit_id
    written(tmp_path, "date = ", seen.visit_id)
    with pytest.raises(Unreadable):
        visits.store(tmp_path, again)


def test_deleting_is_undone(tmp_path: Path) -> None:
    one = visits.store(tmp_path, VISIT)
    visits.remove(tmp_path, one)
    assert visits.visits(tmp_path) == [] and visits.visit(tmp_path, one.visit_id) is None
    assert visits.restore(tmp_path, one.visit_id) == one
    assert visits.visits(tmp_path) == [one]
    assert visits.restore(tmp_path, one.visit_id) is None  # it stands there again


def test_the_newest_comes_first_and_those_that_cannot_be_read_before_all(tmp_path: Path) -> None:
    assert visits.visits(tmp_path) == []
    old, new = (
        visits.store(tmp_path, replace(VISIT, on=date(year, 1, 1))) for year in (2025, 2027)
    )
    path = written(tmp_path, "x", "2026-01-01")
    reason, *rest = visits.visits(tmp_path)
    assert isinstance(reason, Unreadable) and reason.path == path and rest == [new, old]


def test_a_failed_write_leaves_what_was_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = visits.store(tmp_path, VISIT)

    def full(*_: Any) -> None:
        raise OSError("no space left on device")

    monkeypatch.setattr(visits, "sync", full)
    with pytest.raises(NotStored, match="no space left"):
        visits.store(tmp_path, replace(one, notes="x"))
    assert visits.visit(tmp_path, one.visit_id) == one and visits.visits(tmp_path) == [one]


HEAD = 'date = 2026-12-01\nlang = "id"\n'
STEP = HEAD + '[[steps]]\nquestion = "growth"\n'


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        ("toml", "date = "),
        ("toml", b"institution = '\xff'"),
        ("date", 'lang = "id"'),
        ("date", 'date = "2026-12-01"\nlang = "id"'),
        ("date", "date = 2026-12-01T10:00:00"),
        ("lang", "date = 2026-12-01"),
        ("lang", 'date = 2026-12-01\nlang = "nl"'),
        ("text", HEAD + "agenda = 7"),
        ("text", HEAD + "version = []"),
        ("minutes", HEAD + "minutes = 601"),
        ("minutes", HEAD + "minutes = true"),
        ("step", HEAD + '[[steps]]\nquestion = "growth"\nminutes = 0'),
        ("step", HEAD + "steps = 3"),
        ("step", HEAD + 'steps = ["growth"]'),
        ("step", HEAD + '[[steps]]\nquestion = "nothing"'),
        ("step", HEAD + "[[steps]]\nquestion = ['growth']"),
        ("step", HEAD + '[[steps]]\nquestion = "pace"\nchart = "plan"'),
        ("step", STEP + "title = 3"),
        ("step", STEP + "view = {both = 1.5}"),
        ("step", STEP + 'view = "both"'),
        ("step", STEP + 'filters = {districts = "33.25.13"}'),
        ("step", STEP + 'filters = {since = "2017"}'),
        ("step", STEP + "filters = {since = true}"),
        ("toml", f"date = {'9' * 5000}"),
        ("toml", f"date = {'[' * 5000}"),
        ("step", STEP + 'chart = "sectors"'),
        ("step", STEP + "filters = {since = 99999999999}"),
        ("step", STEP + 'filters = {measure = "money"}'),
        ("step", STEP + 'filters = {denominator = "all"}'),
        ("step", STEP + "filters = {colour = 1}"),
    ],
)
def test_every_way_to_write_it_wrong_is_said(tmp_path: Path, rule: str, text: str | bytes) -> None:
    path = written(tmp_path, text)
    with pytest.raises(Unreadable) as told:
        visits.visit(tmp_path, "2026-12-01")
    assert (told.value.rule, told.value.path) == (rule, path)


def test_a_file_of_another_name_or_that_does_not_open_is_said(tmp_path: Path) -> None:
    written(tmp_path, HEAD, "Kunjungan Kota")
    (tmp_path / FOLDER / "2026-01-01.toml").mkdir()
    found = {one.rule for one in visits.visits(tmp_path) if isinstance(one, Unreadable)}
    assert found == {"name", "file"}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_words_know_every_rule_and_every_chart(lang: str) -> None:
    say: Callable[[str], bool] = words.of(lang).has
    assert all(
        say(f"visit.unreadable.{rule}")
        for rule in ("file", "name", "toml", "date", "lang", "text", "minutes", "step")
    )
    assert [name for name in TELLABLE if not say(f"visit.chart.{name}")] == []
    assert all(
        say(f"visit.broken.{field}")
        for field in ("programme", "peers", "districts", "villages", "sectors")
    )


def test_a_hand_written_visit_needs_little(tmp_path: Path) -> None:
    written(tmp_path, STEP)
    one = visits.visit(tmp_path, "2026-12-01")
    assert one and one.steps == (Step("growth", "growth"),) and one.institution == ""


def kilobytes(path: Path) -> None:
    path.write_text("date = 2026-12-01\nlang = 'id'\n" + "# long\n" * 450_000)


def gigabyte(path: Path) -> None:
    path.touch()
    os.truncate(path, 10**9)


@pytest.mark.skipif(sys.platform == "win32", reason="pipes and links")
@pytest.mark.parametrize(
    ("rule", "make"),
    [
        ("size", kilobytes),
        ("size", gigabyte),
        ("file", lambda path: path.symlink_to("/dev/zero")),
        ("file", os.mkfifo),
        ("file", Path.mkdir),
        ("file", lambda path: path.symlink_to(path)),
        ("file", lambda path: path.symlink_to("/nowhere/at/all")),
        ("toml", lambda path: path.write_bytes(bytes(range(256)))),
        ("toml", lambda path: path.write_bytes(b"x = " + b"[" * 100_000)),
        ("toml", lambda path: path.write_bytes(b"x = " + b"{a=" * 30_000)),
    ],
)
def test_whatever_stands_in_the_place_of_a_visit_is_said(
    tmp_path: Path, rule: str, make: Callable[[Path], object]
) -> None:
    good = visits.store(tmp_path, VISIT)
    path = tmp_path / FOLDER / "2026-12-02-x.toml"
    make(path)
    [reason, found] = visits.visits(tmp_path)
    assert isinstance(reason, Unreadable) and (reason.rule, reason.path, found) == (
        rule,
        path,
        good,
    )
    with pytest.raises(Unreadable):
        visits.visit(tmp_path, path.stem)
    with pytest.raises(Unreadable):
        visits.store(tmp_path, replace(good, visit_id=path.stem))


def test_of_very_many_files_the_newest_are_read_and_the_rest_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(visits, "MOST_FILES", 3)
    for day in range(1, 6):
        visits.store(tmp_path, replace(VISIT, on=date(2026, 12, day)))
    reason, *listed = visits.visits(tmp_path)
    assert isinstance(reason, Unreadable) and (reason.rule, reason.value) == ("many", "2")
    assert [each.on.day for each in listed if isinstance(each, Visit)] == [5, 4, 3]


def test_a_visit_too_long_to_be_read_again_is_not_stored(tmp_path: Path) -> None:
    stored = visits.store(tmp_path, VISIT)
    with pytest.raises(NotStored):
        visits.store(tmp_path, replace(stored, notes="x" * visits.MOST_BYTES))
    assert visits.visit(tmp_path, stored.visit_id) == stored
