"""Every question and every chart can be answered under any scope, the empty ones first of all."""

from itertools import product

import pytest

import queries
from kub import words
from kub.answers.answer import answer
from kub.answers.catalog import CATALOG, TELLABLE
from kub.store.data import Data
from kub.store.database import current
from queries.filters import Filters
from tests.support.thinned import thinned

pytestmark = pytest.mark.usefixtures("sample_data")
WITHOUT, BEJI = "33.25.01.2001", "33.25.10.2006"
SCOPES = {
    "everything": Filters(),
    "no KUB": Filters(villages=(WITHOUT,)),
    "no village": Filters(districts=("33.25.01",), villages=(BEJI,)),
    "before the first": Filters(until=1999),
    "no year": Filters(since=2020, until=2015),
    "first year": Filters(until=2012),
    "one sector of one village": Filters(villages=(BEJI,), sectors=("makanan",)),
    "an absent sector": Filters(villages=(BEJI,), sectors=("koperasi",)),
    "targets": Filters(denominator="target", measure="members"),
    "another programme": Filters("CONTOH-D", until=2018),
}


@pytest.mark.parametrize("case", thinned(product(SCOPES, words.LANGUAGES), 3), ids=" ".join)
def test_every_chart_answers_every_scope(case: tuple[str, str]) -> None:
    data, (scope, lang) = Data.open(current()), case
    for chart in TELLABLE:
        shown = answer(data, chart, SCOPES[scope], words.of(lang))
        assert shown.title and shown.subtitle and shown.scope, chart
        assert "nan" not in f"{shown.title} {shown.takeaway}".lower().split(), chart


def test_every_question_has_a_chart_or_a_table() -> None:
    assert set(queries.QUESTIONS) <= set(CATALOG)


def test_an_answer_speaks_only_of_the_filters_it_heeds() -> None:
    data, said = Data.open(current()), words.of("id")
    filters = Filters(villages=(BEJI,), sectors=("laundry",), since=2016, denominator="target")
    for question, scope in {
        "reconcile": "Kabupaten Batang · sejak 2016",
        "awards": "Kabupaten Batang · sejak 2016",
        "schools": "Desa Beji · sejak 2016",
        "headline": "Desa Beji · desa sasaran · Laundry dan jasa",
        "growth": "Desa Beji · Laundry dan jasa · sejak 2016",
    }.items():
        assert answer(data, question, filters, said).scope == scope
