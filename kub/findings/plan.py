"""What the replication plan says: how many KUB, how fast, on what
assumptions; and how fast the host grew.
"""

from typing import Any

import pandas as pd

from kub.findings import Finding
from kub.findings.phrases import plural
from kub.findings.replication import Plan
from kub.words import Words
from queries.filters import SECTORS

# From this pace a year on, fractions of a KUB tell nothing.
MANY = 3


def plan(frame: pd.DataFrame, words: Words, plan: Plan) -> Finding:
    """'Cilegon needs 162 more KUB in 11 years to match Batang per
    10,000 residents: about 15 a year (8–18)'.
    """
    goal = words(f"plan.match.{plan.assumed.goal}")
    names = {"regency": plan.guest.regency, "host": plan.host.regency, "match": goal}
    if plan.state:
        unknown = plan.host if plan.host.population is None else plan.guest
        values = names | {"unknown": unknown.regency}
        key = f"plan.none.{plan.state}"
        return Finding(
            words(f"{key}.title", **values),
            words("plan.subtitle_none", **values),
            words(f"{key}.todo", **values),
        )
    years = plan.assumed.years
    pace = plan.kub / years
    # "About 0 KUB a year" would be wrong of a plan of two KUB in five years.
    spec = "n" if pace >= MANY else "n1"
    band = [words.write(pace * factor, spec) for factor in (plan.slow, plan.fast)]
    title = words(
        "plan.title",
        **names,
        kub=plan.kub,
        years=plural(words, "plan.years", years),
        pace=words.write(pace, spec),
        low=band[0],
        high=band[1],
    )
    last = frame.iloc[-1]
    takeaway = words(
        "plan.takeaway",
        year=last["year"],
        kub=last["kub"],
        members=last["members"],
        villages=last["villages"],
        now=plan.guest.covered,
        of=plan.guest.villages,
        sectors=_listed(words, [int(frame[sector].sum()) for sector in SECTORS], "n"),
    )
    return Finding(
        title,
        words("plan.subtitle", host=plan.host.regency, slow=plan.slow, fast=plan.fast),
        takeaway,
    )


def assumptions(plan: Plan, words: Words, years: int) -> list[str]:
    """Everything the plan rests on, a sentence each. years: how many the host itself took."""
    host, guest, assumed = plan.host, plan.guest, plan.assumed
    names = {"regency": guest.regency, "host": host.regency}
    # The host always has villages and KUB here: without them there is no plan (State "host").
    rate = {
        "residents": host.kub / (host.population or 1) * 10_000,
        "villages": host.kub / host.villages,
        "coverage": host.covered / host.villages,
    }[assumed.goal]
    shares = [share / sum(assumed.shares) for share in assumed.shares]
    mix = words(f"plan.assumed.mix.{assumed.mix}", **names)
    course = "same" if years == assumed.years else "stretched"
    founded = round(plan.kub * plan.founded_per_kub)
    sentences = [
        words(f"plan.assumed.goal.{assumed.goal}", **names, rate=rate, as_of=host.as_of),
        words(
            "plan.assumed.start",
            **names,
            kub=guest.kub,
            members=guest.members,
            covered=guest.covered,
            villages=guest.villages,
            as_of=guest.as_of,
            year=assumed.first_year,
        ),
        words(
            f"plan.assumed.pace.{course}",
            **names,
            age=years,
            years=plural(words, "plan.years", assumed.years),
        ),
        words("plan.assumed.band", **names, slow=plan.slow, fast=plan.fast),
        words(
            "plan.assumed.members",
            members=assumed.members_per_kub,
            **names,
            of=host.members_per_kub,
        ),
        words("plan.assumed.villages", **names, kub=host.per_village),
        words("plan.assumed.sectors", mix=mix, shares=_listed(words, shares, "p0")),
        words("plan.assumed.closings", **names, ratio=plan.founded_per_kub, founded=founded),
        words("plan.assumed.scope"),
    ]
    if guest.because:
        sentences.insert(
            2, words("plan.assumed.because", **names, reason=words(f"cell.because.{guest.because}"))
        )
    return sentences


def pace(frame: pd.DataFrame, words: Words) -> Finding:
    """'206 active KUB after 11 years: 24 founded a year on average'."""
    if frame.empty or not frame["founded"].sum():
        return Finding(words("pace.none"), words("pace.subtitle"), words("pace.none_todo"))
    last = frame.iloc[-1]
    average = frame["founded"].mean()
    years = plural(words, "plan.years", last["age"])
    return Finding(
        words("pace.title", kub=last["kub"], years=years, average=average),
        words("pace.subtitle"),
        words("pace.takeaway", low=last["slow_years"] * average, high=last["fast_years"] * average),
    )


def _listed(words: Words, values: list[Any], spec: str) -> str:
    named = zip(SECTORS, values, strict=True)
    return words.listing(
        [f"{words(f'sector.{sector}')} {words.write(value, spec)}" for sector, value in named]
    )
