"""The source of an answer as data, and the source lines for screen, stage and paper."""

from dataclasses import dataclass
from datetime import date

from kub.answers.catalog import CATALOG
from kub.store.data import Data
from kub.words import Words
from queries import COMPARED, REFERENCE, SUMMED
from queries.filters import Filters


@dataclass(frozen=True)
class Source:
    """programme: name of the one that the rows are of; '' of a comparison or of an official list.

    compared: how many programmes are compared, 0 where they are not. as_of: newest date of the
    records. version: label of the data version. sample: whether any record is invented. guests:
    whether self-declared figures stand beside those of the programmes. cards: regencies of compared
    programmes that share yearly figures only. against: name of the other programme, where the rows
    of two are compared.
    """

    version: str
    programme: str = ""
    compared: int = 0
    as_of: date | None = None
    sample: bool = False
    guests: bool = False
    cards: tuple[str, ...] = ()
    against: str = ""


def source_of(data: Data, chart: str, filters: Filters, guests: bool = False) -> Source:
    """What the rows of a chart rest on.

    filters: those that the answer heeds, with a programme named.
    """
    question, version = CATALOG[chart].question, data.version.label
    # Official lists rest on no programme, so there is no name and no date of records to state.
    if question in REFERENCE:
        return Source(version)
    if question in COMPARED | SUMMED:
        programmes = data.compared(filters)
        # One invented programme among them makes the whole comparison an invented one.
        sample = any(programme.is_sample for programme in programmes)
        cards = tuple(programme.regency for programme in programmes if programme.is_card)
        return Source(version, compared=len(programmes), sample=sample, guests=guests, cards=cards)
    programme = data.programme(filters)
    return Source(version, programme.name, as_of=programme.as_of, sample=programme.is_sample)


def origin(source: Source, words: Words) -> str:
    """'Sumber: catatan program …, data per …': without version and label."""
    if source.compared:
        guests = words("source.guests") if source.guests else ""
        names = words.listing([words.regency(regency) for regency in source.cards])
        cards = words("yearly.source", names=names) if names else ""
        return words("source.programmes", n=source.compared) + guests + cards
    if source.against:
        names = words.listing([source.programme, source.against])
        return words("against.source", programmes=names, as_of=source.as_of)
    if source.programme:
        return words("source.line", programme=source.programme, as_of=source.as_of)
    return words("source.reference")


def source_line(source: Source, words: Words) -> str:
    """In full, as files have it: with the version, and the label where any record is invented."""
    line = on_stage(source, words)
    if source.sample:
        return f"{line} · {words('source.sample')}"
    return line


def on_stage(source: Source, words: Words) -> str:
    """With the version; the label of invented records stands before it by itself."""
    return f"{origin(source, words)} · {words('source.version', version=source.version)}"


def on_page(source: Source, words: Words) -> str:
    """Under a chart of a page, whose foot says the version and the label in full."""
    line = origin(source, words)
    if source.sample:
        return f"{line} · {words('source.sample_short')}"
    return line
