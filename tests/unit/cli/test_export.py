"""python -m kub export, and the ZIP it can write: files, exit status,
what is said when something is missing.
"""

import errno
import io
import os
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from shutil import copytree

import pytest
from click.testing import Result

from kub import words
from kub.answers.step import Step, tell
from kub.exports import zip as module
from kub.exports.pack import FORMATS, Pack, Part, pack
from kub.exports.pictures import NoBrowser
from kub.exports.zip import PARTS, bundle, file_name, write
from kub.store.data import Data
from kub.store.database import current
from kub.visits import Visit, store
from queries.filters import Filters
from tests.support.command import run

ID = words.of("id")
KINDS = {"pptx": b"PK", "xlsx": b"PK", "html": b"<!DOCTYPE html>"}


def told(result: Result) -> str:
    return " ".join(result.stderr.replace("│", " ").split())


@pytest.fixture(autouse=True)
def no_browser(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """What draws is tested in test_pictures; here nobody waits for it."""
    monkeypatch.setenv("BROWSER_PATH", str(tmp_path / "nowhere"))


@pytest.fixture(scope="module")
def small(sample_folder: Path) -> Pack:
    """Two answers, one of them a map."""
    data = Data.open(current(sample_folder))
    whole = pack(data, Filters(), ID, date(2026, 11, 24), steps=())
    answers = [tell(data, Step(name), ID) for name in ("headline", "villages")]
    return replace(
        whole, sample=True, parts=tuple(Part(one, one.title, one.takeaway) for one in answers)
    )


@pytest.mark.parametrize("form", KINDS)
def test_a_file_is_written_whole_under_its_name(
    form: str, sample_data: Path, tmp_path: Path
) -> None:
    out = tmp_path / f"paket.{form}"
    result = run("export", out, "--format", form, "--lang", "en", "--until", "2020")
    assert (result.exit_code, result.stdout.strip().replace("\n", "")) == (0, str(out))
    assert out.read_bytes().startswith(KINDS[form])
    assert [path.name for path in tmp_path.iterdir()] == [out.name]


def test_filters_and_language_reach_the_file(sample_data: Path, tmp_path: Path) -> None:
    out = tmp_path / "tulis.html"
    assert run("export", out, "--districts", "33.25.13", "--lang", "en").exit_code == 0
    page = out.read_text("utf-8")
    assert '<html lang="en">' in page
    assert "Kandeman" in page[page.index("<header") : page.index("</header>")]


def test_without_a_browser_the_pdf_says_what_to_do_and_what_works(
    sample_data: Path, tmp_path: Path
) -> None:
    result = run("export", tmp_path / "paket.pdf")
    assert result.exit_code == 1
    for expected in ("PDF belum dapat dibuat", "Pasang salah satunya", "PPTX", "XLSX", "HTML"):
        assert expected in told(result)
    assert not (tmp_path / "paket.pdf").exists()


def test_the_zip_comes_without_a_browser_too(sample_data: Path, tmp_path: Path) -> None:
    out = tmp_path / "paket.zip"
    assert run("export", out).exit_code == 0
    with zipfile.ZipFile(out) as archive:
        names = archive.namelist()
    assert [name.rsplit(".")[-1] for name in names] == [
        "pptx",
        "xlsx",
        "html",
        "xlsx",
        "pdf",
        "zip",
        "txt",
    ]
    # The card of the programme it is about.
    assert [name for name in names if name.startswith("kub-kartu-pembanding_kabupaten-batang_20")]
    assert "kub-format-kosong_kabupaten-batang.xlsx" in names


def test_an_existing_file_is_kept_unless_forced(sample_data: Path, tmp_path: Path) -> None:
    out = tmp_path / "paket.xlsx"
    out.write_bytes(b"a year of work")
    result = run("export", out)
    assert (result.exit_code, out.read_bytes()) == (2, b"a year of work")
    assert "--force" in told(result)
    assert run("export", out, "--force").exit_code == 0
    assert out.read_bytes().startswith(b"PK")


def test_wrong_usage_ends_with_two(sample_data: Path, tmp_path: Path) -> None:
    for arguments in (
        (tmp_path / "paket.doc",),
        (tmp_path / "paket.pptx", "--format", "xlsx"),
        (tmp_path / "nowhere" / "paket.xlsx",),
        (tmp_path, "--format", "xlsx"),
        (tmp_path / "paket.xlsx", "--districts", "99.99.99"),
        (tmp_path / f"{'p' * 300}.xlsx",),
        (tmp_path / "paket.xlsx", "--since", "2022", "--until", "2018"),
        (tmp_path / "paket.xlsx", "--visit", "../../etc/passwd"),
        (tmp_path / "paket.xlsx", "--visit", "x", "--until", "2020"),
        (tmp_path / "paket.xlsx", "--format", "docx"),
    ):
        assert run("export", *arguments).exit_code == 2, arguments
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such folder rights")
def test_a_disk_that_refuses_is_said(
    sample_data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    result = run("export", tmp_path / "paket.xlsx")
    assert (result.exit_code, list(tmp_path.iterdir())) == (2, [])
    assert "disk penuh" in told(result) or "disk is full" in told(result)


@pytest.fixture
def prepared(
    sample_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Visit]:
    """A visit kept in an own data folder."""
    folder = tmp_path / "data"
    copytree(sample_folder, folder)
    monkeypatch.setenv("KUB_DATA", str(folder))

    def keep(**more: object) -> Visit:
        steps = (
            Step("growth", filters=Filters(until=2020), title="Lima tahun pertama"),
            Step("sectors"),
        )
        one = Visit(
            "", date(2026, 12, 1), "Kota Cilegon", "36.72", "en", current(folder).name, steps
        )
        return store(folder, replace(one, **more))

    return keep


def test_a_visit_tells_its_own_story_in_its_own_language(
    prepared: Callable[..., Visit], tmp_path: Path
) -> None:
    out = tmp_path / "visit.html"
    assert run("export", out, "--visit", prepared().visit_id).exit_code == 0
    page = out.read_text("utf-8")
    assert '<html lang="en">' in page
    assert "Lima tahun pertama" in page
    assert page.count("<section") == 4


def test_the_zip_of_a_visit_has_the_blank_workbook_of_the_guest(
    prepared: Callable[..., Visit], tmp_path: Path
) -> None:
    out = tmp_path / "visit.zip"
    assert run("export", out, "--visit", prepared().visit_id).exit_code == 0
    names = zipfile.ZipFile(out).namelist()
    assert "kub-blank-format_kota-cilegon.xlsx" in names
    assert [name for name in names if name.startswith("kub-slides_kota-cilegon_batang-regency_20")]


def test_a_visit_that_cannot_be_told_says_why(
    prepared: Callable[..., Visit], tmp_path: Path
) -> None:
    out = tmp_path / "visit.xlsx"
    for more, expected in (
        ({"steps": ()}, "belum memiliki langkah"),
        ({"version": "kub-20200101T000000Z-abcdef"}, "tidak ada atau rusak"),
        ({"version": "../../../etc/passwd"}, "tidak ada atau rusak"),
        ({"version": "k" * 300}, "tidak ada atau rusak"),
        ({"steps": (Step("sectors"), Step("rates", view={"per": "moon"}))}, "Langkah 2"),
        ({"steps": (Step("growth", filters=Filters(districts=("99.99.99",))),)}, "Langkah 1"),
    ):
        result = run("export", out, "--visit", prepared(**more).visit_id)
        assert (result.exit_code, expected in told(result)) == (1, True), more
    (tmp_path / "data" / "visits" / "broken.toml").write_text("date = ")
    assert run("export", out, "--visit", "broken").exit_code == 1
    assert not out.exists()


def test_what_is_missing_is_named_with_its_reason(small: Pack) -> None:
    with zipfile.ZipFile(io.BytesIO(bundle(small))) as archive:
        said = archive.read("BELUM-LENGKAP.txt").decode("utf-8-sig")
        assert {entry.date_time for entry in archive.infolist()} == {(2026, 11, 24, 0, 0, 0)}
    assert "Dokumen (PDF): Grafik untuk PDF" in said
    assert f"{ID('pack.zip.what_template')}: {ID('pack.zip.no_region')}" in said


def test_the_same_pack_is_the_same_zip(small: Pack) -> None:
    assert bundle(small, ("xlsx", "html")) == bundle(small, ("xlsx", "html"))


def test_progress_is_told_between_the_parts_and_a_cancelled_pack_ends(
    small: Pack, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_made", lambda part, *_: part.encode())
    seen: list[tuple[float, str]] = []
    bundle(small, progress=lambda share, label: seen.append((share, label)))
    assert [label for _, label in seen] == [f"pack.progress.{part}" for part in (*PARTS, "done")]
    assert (seen[0][0], seen[-1][0]) == (0, 1)
    assert all(ID.has(label) for _, label in seen)

    def stop() -> None:
        if len(seen) > len(PARTS) + 3:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        bundle(small, progress=lambda share, label: seen.append((share, label)), cancelled=stop)
    assert len(seen) == len(PARTS) + 4


def test_a_pdf_needs_pictures_and_other_formats_are_none(small: Pack) -> None:
    assert FORMATS == ("pptx", "pdf", "xlsx", "html")
    with pytest.raises(NoBrowser):
        write("pdf", small)
    with pytest.raises(KeyError):
        write("docx", small)


def test_file_names_say_what_for_whom_where_when_and_that_it_is_a_sample(small: Pack) -> None:
    assert file_name(small, "pdf") == "kub-dokumen_kabupaten-batang_2023-06-30_contoh.pdf"
    guest = replace(small, guest='Kab. "Banyu:mas" <CON>/é\\ ' + "x" * 300, lang="en")
    assert file_name(guest, "pptx").startswith("kub-slides_kab-banyu-mas-con-e-x")
    assert (
        set(file_name(guest, "zip")) <= set("abcdefghijklmnopqrstuvwxyz0123456789-_.")
        and len(file_name(guest, "zip")) < 150
    )
    bare = replace(small, parts=(), sample=False, version="2026-11-24 a1b2c3")
    assert file_name(bare, "zip") == "kub-paket_kabupaten-batang_2026-11-24.zip"
    assert len({file_name(small, form) for form in (*FORMATS, "zip")}) == 5


def test_the_blank_workbook_is_of_the_own_regency_unless_a_guest_is_known(
    sample_folder: Path,
) -> None:
    data = Data.open(current(sample_folder))
    assert data.regency_code(Filters()) == "33.25"
    assert data.regency_code(Filters(programme="CONTOH-A")) == "99.01"


def test_the_pack_takes_the_readers_view_unless_an_analyst_asks(
    sample_folder: Path, tmp_path: Path
) -> None:
    """CONTOH-D has small cells: its activities are withheld from readers,
    and an analyst's pack says that it is one.
    """
    asked = ("--programme", "CONTOH-D", "--villages", small_village(sample_folder))
    for role in ("reader", "analyst"):
        assert run("export", tmp_path / f"{role}.html", "--role", role, *asked).exit_code == 0
    texts = {role: (tmp_path / f"{role}.html").read_text("utf-8") for role in ("reader", "analyst")}
    label = f"· {words.of('id')('withheld.scope')}"
    assert label in texts["analyst"] and label not in texts["reader"]


def small_village(folder: Path) -> str:
    """A village whose members are withheld from readers."""
    frame = Data.open(current(folder)).ask("villages", Filters(programme="CONTOH-D"))
    return str(frame.loc[frame["members"].isna() & (frame["kub"] > 0), "village_code"].iloc[0])
