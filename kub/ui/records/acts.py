"""What a steward does to versions: goes back to one, writes a note, removes old ones; each asked
once more in a dialog that says what will be, and each said afterwards.
"""

from dataclasses import dataclass

import streamlit as st

from kub import words as words_of
from kub.store import catalogue, keeping
from kub.store.catalogue import Listed
from kub.store.keeping import Kept, Pruned, VersionRefused
from kub.store.versions import Damaged, NotStored, data_folder, printable
from kub.ui import who
from kub.ui.errors import language
from kub.ui.markdown import escape_markdown
from kub.ui.page import Page
from kub.ui.part import part
from kub.ui.records import compare, theirs, written
from kub.ui.visits.keep import not_stored
from kub.web import blocks
from kub.words import Words

NEWS, KEEP, ASKED = "records news", "versions-keep", "records asked"
PRUNE = "prune"  # of ASKED; else the name of the version that is asked about
# How many versions may be kept.
NUMBERS, USUAL = (1, 2, 3, 5, 10, 20, 50, 100, 200, 500), 20
MOST_SECONDS = 20  # that a click waits for another process that writes


@dataclass(frozen=True)
class News:
    """What was done, or why not; said once, above the page. back: the version that was in use
    before.
    """

    text: str
    tone: str = "info"
    back: str = ""


def allowed() -> bool:
    """Whether this session may act on versions, which hold every programme; asked again at each
    act, for it may have logged out.
    """
    return theirs.everything()


def _may(words: Words) -> bool:
    """As `allowed`, at an act: whoever may not is told, and it is written down."""
    if allowed():
        return True
    theirs.refused()
    st.session_state[NEWS] = News(words("versions.not_yours"), "warning")
    return False


def news(p: Page) -> None:
    """What the last act came to, and after a roll-back the way to undo it."""
    words = p.words
    done: News | None = st.session_state.pop(NEWS, None)
    if done is None:
        return
    with st.container(key="records-news", horizontal=True, vertical_alignment="center"):
        part("records-news", words, blocks.Notices([blocks.Notice(done.text, tone=done.tone)]))
        if done.back and allowed():
            st.button(
                words("versions.undo"),
                key="version-undo",
                on_click=_roll_back,
                args=(done.back, words),
            )


def note(name: str, key: str) -> None:
    """Callback: the note of a version was written."""
    words = words_of.of(language())
    if not _may(words):
        return
    try:
        catalogue.set_note(data_folder(), name, str(st.session_state[key]))
        st.session_state[NEWS] = News(words("versions.note_stored"))
    except VersionRefused as refused:
        st.session_state[NEWS] = News(" ".join(refused.message(words)), "warning")
    except NotStored as fault:
        st.session_state[NEWS] = News(not_stored(fault, words, str), "warning")


# --- going back ---


def rolling_back(p: Page, this: Listed, in_use: Listed | None) -> None:
    """The button that asks."""
    words = p.words
    if this.current or not allowed():
        return
    name = this.version.name
    st.button(words("versions.use"), key="version-use", type="primary", on_click=_ask, args=(name,))
    if st.session_state.get(ASKED) == name:
        title = words("versions.use_ask", at=written.moment(this.built_at, words))
        st.dialog(title, width="medium", on_dismiss=_answered)(_ask_use)(p, this, in_use)


def _ask(about: str) -> None:
    st.session_state[ASKED] = about


def _answered() -> None:
    """The dialog closes: one way or the other, it is not asked again."""
    st.session_state.pop(ASKED, None)


def _shut() -> None:
    """Close the dialog once it is answered. Its buttons answer by callback, and what came of it may
    leave them disabled, so their value says nothing.
    """
    if ASKED not in st.session_state:
        st.rerun()


def _close(words: Words) -> None:
    """The button that leaves all as it is."""
    st.button(words("versions.cancel"), key="records-cancel", on_click=_answered)


def _ask_use(p: Page, this: Listed, in_use: Listed | None) -> None:
    _shut()
    words = p.words
    after = compare.figures(this.version, p.data.role)
    if in_use:
        before = compare.figures(in_use.version, p.data.role)
        headings = (words("versions.now_column"), words("versions.then_column"))
        table = compare.table(before, after, headings, words)
        part("version-ask", words, blocks.Rows("ask_figures", words("versions.will_be"), table))
    lines = ["follow", "pinned", "stays"]
    st.markdown("\n".join(f"- {escape_markdown(words(f'versions.use_{line}'))}" for line in lines))
    with st.container(horizontal=True, gap="small"):
        st.button(
            words("versions.use"),
            key="version-use-yes",
            type="primary",
            on_click=_roll_back,
            args=(this.version.name, words),
        )
        _close(words)


def _roll_back(name: str, words: Words) -> None:
    _answered()
    if not _may(words):
        return
    folder = data_folder()
    before = next((entry for entry in catalogue.listed(folder) if entry.current), None)
    try:
        used = keeping.roll_back(folder, name, who.by(), most=MOST_SECONDS)
    except VersionRefused as refused:
        st.session_state[NEWS] = News(" ".join(refused.message(words)), "warning")
    except NotStored as fault:
        st.session_state[NEWS] = News(not_stored(fault, words, str), "warning")
    else:
        text = words("versions.used", at=written.moment(used.built_at, words))
        st.session_state[NEWS] = News(text, back=before.version.name if before else "")


# --- pruning ---


def pruning(p: Page) -> None:
    """The button that asks."""
    words = p.words
    if not allowed():
        return
    with st.container(key="versions-foot"):
        st.button(
            words("versions.prune"),
            key="versions-prune",
            help=words("versions.prune_help"),
            on_click=_ask,
            args=(PRUNE,),
        )
    if st.session_state.get(ASKED) == PRUNE:
        title = words("versions.prune_ask")
        st.dialog(title, width="medium", on_dismiss=_answered)(_ask_prune)(p)


def _ask_prune(p: Page) -> None:
    _shut()
    words = p.words
    keep = st.selectbox(
        words("versions.keep"), NUMBERS, index=NUMBERS.index(USUAL), key=KEEP, width=220
    )
    try:
        plan = keeping.planned(data_folder(), keep)
    except (NotStored, Damaged) as fault:
        st.warning(escape_markdown(_why(fault, words)))
        return
    part("versions-plan", words, *_plan(plan, keep, words))
    with st.container(horizontal=True, gap="small"):
        st.button(
            words("versions.prune_yes", n=len(plan.removed)),
            key="versions-prune-yes",
            type="primary",
            disabled=not plan.removed,
            on_click=_prune,
            args=(keep, words),
        )
        _close(words)


def _plan(plan: Pruned, keep: int, words: Words) -> list[blocks.Block]:
    """What would go and what would stay, and why."""
    values = {"n": len(plan.removed), "size": keeping.size(plan.removed) / 1e6}
    title = words("versions.prune_some" if plan.removed else "versions.prune_none", **values)
    texts = [[_moment(kept, words), _reasons(kept, keep, words)] for kept in plan.kept]
    headings = [words("versions.version_column"), words("versions.why")]
    kept = blocks.Rows(
        "plan_kept", words("versions.stay", n=len(texts)), blocks.Table(headings, texts)
    )
    if not plan.removed:
        return [blocks.Text(title), kept]
    gone = blocks.Table(
        [words("versions.version_column"), words("versions.fingerprint")],
        [
            [written.moment(version.built_at, words), version.label.rpartition(" ")[2]]
            for version in plan.removed
        ],
    )
    go = blocks.Disclosure("plan-gone", words("versions.go", n=len(plan.removed)), "", gone)
    return [blocks.Text(title, words("versions.prune_for_good")), kept, go]


def _moment(kept: Kept, words: Words) -> str:
    return written.moment(kept.version.built_at, words)


def _reasons(kept: Kept, keep: int, words: Words) -> str:
    visits = ", ".join(map(printable, kept.visits))
    return "; ".join(
        words(f"keeping.kept.{reason}", visits=visits, keep=keep) for reason in kept.reasons
    )


def _prune(keep: int, words: Words) -> None:
    _answered()
    if not _may(words):
        return
    try:
        done = keeping.prune(data_folder(), keep, who.by(), most=MOST_SECONDS)
    except (NotStored, Damaged) as fault:
        st.session_state[NEWS] = News(_why(fault, words), "warning")
    else:
        text = words("versions.pruned", n=len(done.removed), kept=len(done.kept))
        st.session_state[NEWS] = News(text)


def _why(fault: NotStored | Damaged, words: Words) -> str:
    if isinstance(fault, Damaged):
        return " ".join(fault.message(words))
    return not_stored(fault, words, str)
