"""The slides before the first step and after the last: who is welcome,
and where the guests find everything again.
"""

from dataclasses import replace
from html import escape
from typing import TYPE_CHECKING

from kub.ui.presenter import remote
from kub.ui.presenter.slides import Slide

if TYPE_CHECKING:
    from kub.ui.presenter.present import Show


def welcome(show: "Show") -> Slide:
    """The guests' name, where the visit has it, the programme and the day."""
    words, visit = show.words, show.visit
    title = words("present.welcome_all")
    if visit.institution:
        title = words("present.welcome_to", guests=visit.institution)
    return _slide(show, title, words.date(visit.on), "")


def closing(show: "Show") -> Slide:
    """Thanks; a QR code to the first step, where phones reach this
    dashboard; the contact that the visit states.
    """
    words, contact = show.words, show.visit.contact.strip()
    lines = ""
    if contact:
        lines = f'<p class="kub-contact">{escape(contact)}</p>'
    # Step 1, not this slide: a guest who scans wants the charts, from the beginning.
    if link := remote.audience(replace(show, step=1)):
        scan = escape(words("present.closing_scan"))
        lines += f'<div class="kub-sign">{remote.qr(link)}</div><p class="kub-note">{scan}</p>'
    return _slide(show, words("present.thanks"), "", lines)


def _slide(show: "Show", title: str, day: str, more: str) -> Slide:
    """A slide in large letters. more: HTML below its lines."""
    words, programme = show.words, show.programme
    about = " · ".join(
        part for part in (programme.name, words.regency(programme.regency), day) if part
    )
    label = ""
    if programme.is_sample:  # invented records must never pass for real ones, on no slide
        label = f"<b>{escape(words('frame.sample'))}</b> "
    return Slide(
        f'<div class="kub-end"><h1>{escape(title)}</h1><p>{escape(about)}</p>{more}</div>',
        f'<p class="kub-slide-foot">{label}{escape(" · ".join(show.notes))}</p>',
    )
