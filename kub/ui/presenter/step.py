"""One step of a visit as a screen: its answer, and how that is laid out (present.css)."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

from kub.answers.answer import Answer
from kub.answers.source import Source, origin
from kub.answers.sql_answer import PASSING, fault_words
from kub.answers.step import UNTOLD, Step
from kub.answers.step import tell as build_answer
from kub.answers.strip import strip
from kub.findings import Finding
from kub.findings.numbers import Number
from kub.findings.options import BadOption
from kub.sql.faults import SqlFault
from kub.store.data import Data
from kub.ui import errors
from kub.ui.draw import drawing
from kub.ui.presenter.slides import Slide
from kub.ui.presenter.stage_fit import left_out, shortened, stage_size
from kub.words import Words
from kub.words import columns as tables

HERE = Path(__file__).parent
KEY = "present-chart"
ROWS, COLUMNS = 8, 6  # of a table that is read from five metres
# Names of KUB and institutions: with private=yes these columns stay away, and the sentences that
# repeat them.
NAMES = frozenset({"kub_id", "lkm_id", "library_id", "name", "school", "institution"})
# characters of a takeaway; what is longer is read nowhere from a wall, and stands in the pack in
# full
MOST_CHARACTERS = 230


@dataclass(frozen=True)
class BuiltStep:
    """A step with its answer. answer: None where it has none, and `problem` says why.

    strip: the large numbers of a headline. passing: whether it may have an answer the next time;
    waits: whether one is on its way.
    """

    answer: Answer | None
    strip: tuple[Number, ...] = ()
    problem: str = ""
    passing: bool = False
    waits: bool = False


def build_step(data: Data, step: Step, words: Words, mode: str, guests: str) -> BuiltStep:
    """The step's answer from this version of the data. Never raises for what the visit's file says:
    codes and options that mean nothing become the `problem` of the step.

    mode: light or dark. guests: figures as JSON.
    """
    if unknown := [value for _, value in step.unknown(data)]:
        return BuiltStep(None, problem=words("present.unknown.todo", values=", ".join(unknown)))
    try:
        answer = build_answer(data, shortened(step), words, mode, guests)
    except BadOption as fault:
        return BuiltStep(None, problem=fault.message(words))
    except SqlFault as fault:
        problem = " ".join(fault_words(fault, words))
        return BuiltStep(None, problem=problem, passing=fault.rule in PASSING)
    except UNTOLD as fault:
        # A visit's file is mended by hand: a setting that no chart knows must not end a
        # presentation.
        # The id stands on the stage, the reason in the log.
        number = errors.new_id()
        errors.LOG.error("fault %s in step %s", number, step, exc_info=fault)
        return BuiltStep(None, problem=words("present.unknown.settings", id=number))
    return BuiltStep(answer, strip(data, answer, words))


def slide_of(
    built: BuiltStep, step: Step, words: Words, notes: Sequence[str], private: bool
) -> Slide:
    """Title, picture or table, takeaway and foot of a step.

    notes: for the foot. private: whether names of people and institutions stay away.
    """
    answer = built.answer
    if answer is None:
        title = words("visit.chart.sql") if built.waits else words("present.unknown.title")
        head = _head(step.title or title if step.sql else title, "")
        figure = f'<p class="kub-say">{escape(built.problem)}</p>'
        return Slide(figure, _end("", "", _foot(None, notes, words)), head, waits=built.waits)
    named = NAMES | {name for name in answer.frame.columns if tables.may_name(name)}
    hidden = private and not named.isdisjoint(answer.frame.columns)
    # Findings and takeaways name the largest and the last: with the columns the sentences go too.
    if hidden:
        finding, subtitle = words(f"present.named.{answer.question}"), answer.scope
        takeaway, left, columns = words("present.hidden"), 0, named
    else:
        finding, subtitle = answer.title, answer.subtitle
        takeaway, left, columns = brief(answer.finding), left_out(answer), frozenset()
    figure, chart = "", None
    if answer.figure is not None and not hidden:
        chart = drawing(answer.figure, KEY, answer.takeaway, words.lang, stage_size(answer))
    elif built.strip:
        figure = _large(built.strip, words)
    else:
        figure = _table(answer, words, columns)
    more = _more(left, words) if left else ""
    lead = answer.title if step.title and not hidden else ""
    end = more + _end(lead, takeaway, _foot(answer.source, notes, words))
    return Slide(figure, end, _head(step.title or finding, subtitle), chart)


def brief(finding: Finding, most: int = MOST_CHARACTERS) -> str:
    """As many whole sentences of the takeaway as fit in `most` characters, at least the first.

    The caveat stands behind them, whatever its length: it is never what is left out.
    """
    # Not behind every point: 2.305 is one number, and an abbreviation goes on in small letters.
    sentences = re.split(r"(?<=[.?!]) (?=[A-Z0-9])", finding.takeaway)
    kept = sentences[0]
    for sentence in sentences[1:]:
        if len(kept) + len(sentence) + len(finding.caveat) + 2 > most:
            break
        kept = f"{kept} {sentence}"
    return " ".join(part for part in (kept, finding.caveat) if part)


def _head(title: str, subtitle: str) -> str:
    return (
        f'<header class="kub-slide-head"><h1>{escape(title)}</h1><p>{escape(subtitle)}</p></header>'
    )


def _end(lead: str, takeaway: str, foot: str) -> str:
    """HTML of the takeaway and the foot (HTML too). lead: the finding, where the host's own title
    stands in its place.
    """
    before = ""
    if lead:
        before = f"<b>{escape(lead)}</b> "
    sentence = f'<p class="kub-takeaway">{before}{escape(takeaway)}</p>'
    return f'{sentence}<p class="kub-slide-foot">{foot}</p>'


def _foot(source: Source | None, notes: Sequence[str], words: Words) -> str:
    """HTML: the label of invented records, data date, version and notes.

    The scope stands beside the title already.
    """
    parts = [escape(note) for note in notes]
    if source is None:
        return " · ".join(parts)
    # A date is not to be broken at its hyphens.
    version = f"<span>{escape(words('source.version', version=source.version))}</span>"
    label = ""
    if source.sample:
        label = f"<b>{escape(words('frame.sample'))}</b> "
    return label + " · ".join([escape(origin(source, words)), version, *parts])


def _large(strip: Sequence[Number], words: Words) -> str:
    """HTML of the large numbers, as large as the longest of them fits its column (present.css)."""
    # present.css divides the width of a column by it.
    signs = max(len(number.value) for number in strip)
    items = "".join(
        f'<div><dt>{escape(number.label)}</dt><dd class="kub-number">{escape(number.value)}</dd>'
        f'<dd class="kub-note {escape(number.tone)}">{escape(number.below)}</dd></div>'
        for number in strip
    )
    label = escape(words("overview.strip"))
    return f'<dl class="kub-large" style="--kub-signs: {signs}" aria-label="{label}">{items}</dl>'


def _more(n: int, words: Words) -> str:
    return f'<p class="kub-more">{escape(words("present.more", n=n))}</p>'


def _table(answer: Answer, words: Words, hidden: Collection[str]) -> str:
    """HTML of the first rows, and how many more there are. hidden: columns left out."""
    rows = len(answer.frame)
    if not rows:
        return f'<p class="kub-say">{escape(words("present.none"))}</p>'
    # Dropped before it is cut to COLUMNS, so that others move up.
    frame = answer.frame.drop(columns=list(hidden), errors="ignore").head(ROWS)
    written: Any = tables.written(frame, words).iloc[:, :COLUMNS]
    # Everything is escaped: names come from records.
    heads = "".join(f"<th>{escape(str(name))}</th>" for name in written.columns)
    body = "".join(
        f"<tr>{''.join(f'<td>{escape(str(cell))}</td>' for cell in row)}</tr>"
        for row in written.itertuples(index=False, name=None)
    )
    more = ""
    if rows > ROWS:
        more = _more(rows - ROWS, words)
    return (
        f'<table class="kub-rows"><thead><tr>{heads}</tr></thead><tbody>{body}</tbody>'
        f"</table>{more}"
    )
