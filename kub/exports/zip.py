"""The pack in each of its formats, and all of them in one ZIP with the blank workbook, the guide
and the benchmark card.

What cannot be made on this machine (charts on paper need a browser) is left out and named, with the
reason, in a text file of the ZIP; the rest still comes.
"""

import io
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from kub import places
from kub.answers.file_name import data_date
from kub.exports.html import html
from kub.exports.pack import FORMATS, Pack
from kub.exports.pdf import guide, pdf
from kub.exports.pictures import NoBrowser, Pictures, slide_size
from kub.exports.pptx import pptx
from kub.exports.workbook import workbook
from kub.progress import Progress, silent
from kub.records import template
from kub.words import Words
from kub.words.slug import slug

PARTS = (*FORMATS, "template", "guide", "card")


def _never() -> None:
    """The default of `cancelled`: nobody cancels."""


def write(form: str, pack: Pack, pictures: Pictures | None = None) -> bytes:
    """One file of the pack; form: of FORMATS.

    Raises NoBrowser for a PDF where nothing can draw its charts.
    """
    if form == "xlsx":
        return workbook(pack)
    if form == "html":
        return html(pack)
    if form == "pptx":
        return _slides(pack, pictures)
    # Slides are made without a browser too, a document without charts is none.
    if form == "pdf":
        if pictures is None:
            raise NoBrowser("no pictures")
        return pdf(pack, pictures)
    raise KeyError(form)


def bundle(
    pack: Pack,
    parts: Sequence[str] = PARTS,
    pictures: Pictures | None = None,
    region: str = "",
    progress: Progress = silent,
    cancelled: Callable[[], None] = _never,
) -> bytes:
    """The ZIP. parts: of PARTS. region: code of the regency whose blank workbook comes along.

    progress: called with a 0-1 share and a key of words before each part; cancelled: called
    there too, to raise.
    """
    words, out = pack.words, io.BytesIO()
    missing: list[str] = []
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:

        def add(name: str, content: bytes) -> None:
            # The day of the pack, not now: what the ZIP holds does not depend on the hour.
            day = pack.made_on
            entry = zipfile.ZipInfo(name, (day.year, day.month, day.day, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            # Without rights unzip on Linux and macOS makes files that nobody may read.
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content)

        for number, part in enumerate(parts):
            cancelled()
            progress(number / len(parts), f"pack.progress.{part}")
            if part == "card":
                if pack.make_card:
                    add(*pack.make_card())
                continue
            try:
                # Each part by itself: a missing browser must not cost the workbook.
                add(_name(part, pack, region), _made(part, pack, pictures, region))
            except (NoBrowser, template.UnknownRegency) as reason:
                missing.append(f"{words(f'pack.zip.what_{part}')}: {_because(reason, words)}")
        cancelled()
        if missing:
            text = "\r\n".join([words("pack.zip.missing_title"), "", *missing, ""])
            # With a byte order mark, for Windows' editor opens it without asking.
            add(f"{words('pack.zip.missing')}.txt", text.encode("utf-8-sig"))
    progress(1.0, "pack.progress.done")
    return out.getvalue()


def file_name(pack: Pack, ending: str) -> str:
    """'kub-salindia_kota-cilegon_kabupaten-batang_2023-06-30_contoh.pptx': what, for whom, scope,
    data date, sample.

    In the pack's language; only letters, digits, - and _, which every system takes.
    """
    words = pack.words
    dated = (part.answer for part in pack.parts if "as_of" in part.answer.frame.columns)
    # By the first answer that has a date; where none has, the version's day stands in.
    first = next(dated, None)
    day = data_date(first) if first else slug(pack.version.split(" ")[0], 20)
    parts = [
        f"kub-{words(f'pack.zip.file.{ending}')}",
        slug(pack.guest, 40),
        slug(pack.scope, 60),
        day,
    ]
    if pack.sample:
        parts.append(words("cell.sample_file"))
    return "_".join(part for part in parts if part) + f".{ending}"


def template_name(region: str, words: Words) -> str:
    """'kub-format-kosong_kota-cilegon.xlsx'; by its code where the regency has no name here."""
    return (
        f"kub-{words('pack.zip.template')}_{slug(places.regency_name(region) or region, 40)}.xlsx"
    )


def _name(part: str, pack: Pack, region: str) -> str:
    if part == "guide":
        return f"kub-{pack.words('pack.zip.guide')}.pdf"
    if part == "template":
        return template_name(region, pack.words)
    return file_name(pack, part)


def _made(part: str, pack: Pack, pictures: Pictures | None, region: str) -> bytes:
    if part == "guide":
        return guide(pack.words, region, template_name(region, pack.words))
    if part == "template":
        # The template writes a file; nothing of it stays behind.
        with TemporaryDirectory() as folder:
            blank = Path(folder) / "blank.xlsx"
            template.write(region, blank, pack.lang)
            return blank.read_bytes()
    return write(part, pack, pictures)


def _slides(pack: Pack, pictures: Pictures | None) -> bytes:
    """The slides with a picture of each map; where nothing can draw it, with its table."""
    if pictures is None:
        return pptx(pack)
    try:
        return pptx(pack, lambda answer: pictures.png(answer, *slide_size(answer), pack.lang))
    except NoBrowser:
        return pptx(pack)


def _because(reason: NoBrowser | template.UnknownRegency, words: Words) -> str:
    if isinstance(reason, NoBrowser):
        return reason.message(words)
    return words("pack.zip.no_region")
