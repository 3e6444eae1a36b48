"""Downloads of the screens, as kub/exports/downloads.py notes them, with whom it was."""

from kub.exports import downloads
from kub.exports.downloads import Narrowed
from kub.store.data import Data
from kub.store.versions import NotStored
from kub.ui import who
from kub.ui.doors import Connection
from kub.ui.errors import NotAudited


def note(
    data: Data, narrowed: Narrowed, rows: int, asking: Connection | None = None, **what: str
) -> None:
    """Before rows leave. asking: of a plain request; else this session. Raises NotAudited."""
    try:
        downloads.note(data, who.by(asking), narrowed, rows, **what)
    except NotStored as fault:
        raise NotAudited(fault) from fault
