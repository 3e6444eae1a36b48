"""Rows that readers do not see leave with a line in the audit trail, or not at all.

The line says who took which question or file under which filters, how many rows and of which
version; never a row. It is written before anything goes out: where the data folder is full or
read-only, nothing does. A reader's download writes nothing.
"""

from collections.abc import Mapping
from dataclasses import fields
from types import MappingProxyType

from kub.store import audit
from kub.store.data import Data
from kub.store.versions import data_folder
from queries import ROLES
from queries.against import NO_COMPARISON, PREFIX, Against
from queries.filters import Filters

Narrowed = Mapping[str, object]
NOTHING: Narrowed = MappingProxyType({})


def note(data: Data, by: str, narrowed: Narrowed, rows: int, **what: str) -> None:
    """Write the line where the rows are as analysts see them.

    by: as in kub.store.audit. narrowed: see `narrowed_by`. rows: how many leave. what: names of
    what they are of: question, file, statement. Raises NotStored: then nothing may leave.
    """
    if data.role == ROLES[0]:
        return
    facts = {**what, "filters": narrowed, "rows": rows, "version": data.version.name}
    audit.append(data_folder(), "download", by, **facts)


def narrowed_by(
    data: Data, filters: Filters, against: Against = NO_COMPARISON, more: Narrowed = NOTHING
) -> Narrowed:
    """The filters that say something, by their names in links, and the programme in any case: the
    default one may be another later. more: controls that narrow rows too.
    """
    filters = data.resolved(filters)
    own = {field.name: getattr(filters, field.name) for field in fields(filters)}
    usual = {field.name: getattr(Filters(), field.name) for field in fields(filters)}
    other = {PREFIX + field.name: getattr(against, field.name) for field in fields(against)}
    stated = {name: value for name, value in own.items() if value != usual[name]}
    return stated | {name: value for name, value in {**other, **more}.items() if value}
