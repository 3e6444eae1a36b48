"""Where a number of a page comes from, by plain request and for the session alike.

`GET /api/origin/<page>/<card>?<query of the link>` is the panel (kub/web/origin.py), and
`…/<card>/<kind>.<csv|xlsx>` all rows behind it. Both see with the role that the same browser has
on the screen.
"""

from collections.abc import Sequence
from dataclasses import replace

from kub.answers.answer import Answer
from kub.answers.origins import rows_behind
from kub.findings import Finding
from kub.store.data import Data
from kub.ui.files import File, file
from kub.web.blocks import encode
from kub.web.origin import MOST_IN_SHEET, file_notes, panel
from kub.words import Words


def text(data: Data, answer: Answer, words: Words) -> str:
    """The panel of an answer, as origin.js draws it."""
    return encode(panel(data, answer, words))


def rows_file(
    data: Data, answer: Answer, kind: str, ending: str, asked: Sequence[str], words: Words
) -> File:
    """All rows of a kind as the file of that ending (kub/ui/files.py).

    Raises KeyError for a kind, an ending or a writing that there is not.
    """
    rows = rows_behind(data, answer.question, kind, answer.filters)
    if ending == "xlsx" and rows.count > MOST_IN_SHEET:  # which no panel offers
        raise KeyError(ending)
    title = words(f"origin.kind.{kind}")
    finding = Finding(title, words("origin.behind", title=answer.title), "")
    behind = replace(answer, frame=rows.frame, finding=finding, data=None, figure=None, instead="")
    extra = file_notes(data, answer, kind, words) if ending == "xlsx" else ()
    made = file(behind, ending, asked, words, extra)
    # Beside the card's own file, not in its place.
    start, _, rest = made.name.partition("_")
    return replace(made, name=f"{start}-{words('origin.file')}-{kind.replace('_', '-')}_{rest}")
