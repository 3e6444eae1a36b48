"""The Batang sample: invented records whose sums meet what was published about the real programme.

Published: the villages named, libraries' names, cooperatives, awards, one study visit and the
figures on the sheet `Angka Publikasi` (data/reference/, each row with its source). Everything
else is invented. Awards published without a year are left out: the sheet needs a date.
"""

from datetime import date
from random import Random

from kub.places import reference
from kub.sample import groups, reports, services, targets
from kub.sample.plan import ProgrammePlan, Row, Tables, VillagePlan, kub_row

ENDS = date(2023, 6, 30)
PROGRAMME = "BPI-BATANG"
SOURCE = (
    "Data contoh: catatan KUB, anggota, omzet, LKM, perpustakaan, kunjungan, dan target "
    "dibuat oleh generator, "
    "sehingga jumlah KUB aktif dan anggotanya sama dengan angka publikasi (153/2.305 pada "
    "November 2017; 203/2.900 "
    "di 14 desa pada Desember 2020; 207/2.975 pada Juni 2023). Yang nyata hanya lembar Angka "
    "Publikasi dan "
    "Penghargaan, nama desa, nama KSP, tanggal berdiri KSP, dan kunjungan Pemerintah Kota Cilegon. "
    "Penghargaan tanpa tahun dalam sumbernya tidak dimuat."
)

# Invented: how much of the programme each village holds, and the year of its first group.
SPREAD = {
    "Ujungnegoro": (23, 2012),
    "Karanggeneng": (20, 2012),
    "Ponowareng": (18, 2012),
    "Kedungsegog": (11, 2013),
    "Kenconorejo": (10, 2013),
    "Simbangjati": (8, 2014),
    "Tulis": (9, 2014),
    "Wonokerso": (7, 2014),
    "Beji": (6, 2015),
    "Juragan": (6, 2015),
    "Bakalan": (5, 2016),
    "Wringingintung": (4, 2016),
    "Sembojo": (4, 2017),
    "Sengon": (4, 2018),
}
# Active KUB at the year's report and closings of the year; 2017, 2020 and 2023 are published.
YEARS = {
    2012: (16, 0),
    2013: (43, 0),
    2014: (74, 1),
    2015: (104, 3),
    2016: (131, 4),
    2017: (153, 6),
    2018: (172, 7),
    2019: (191, 8),
    2020: (203, 9),
    2021: (203, 13),
    2022: (206, 10),
    2023: (207, 4),
}
# The first ten by the order in which sources name them; the days are invented between published
# dates.
LIBRARY_OPENED = {
    "Ujungnegoro": date(2015, 12, 7),
    "Karanggeneng": date(2015, 12, 14),
    "Ponowareng": date(2016, 3, 21),
    "Simbangjati": date(2016, 5, 16),
    "Tulis": date(2016, 7, 25),
    "Kenconorejo": date(2016, 9, 5),
    "Wonokerso": date(2016, 10, 10),
    "Beji": date(2016, 12, 5),
    "Wringingintung": date(2016, 12, 12),
    "Bakalan": date(2016, 12, 19),
    "Juragan": date(2017, 4, 17),
    "Sembojo": date(2017, 5, 8),
    "Kedungsegog": date(2017, 6, 5),
    "Sengon": date(2017, 7, 24),
    "Kuripan": date(2017, 8, 14),
}
# What the two cooperatives without published figures reached is invented.
LENDERS = {
    "KSP Makmur Sejahtera": (1_874, 2_410_000_000),
    "KSP Mitra Karya": (1_352, 1_730_000_000),
}
SCHOOLS_PER_YEAR = {2016: 4, 2017: 9, 2018: 13, 2019: 16, 2020: 2, 2021: 4, 2022: 14, 2023: 17}
HOSTS = (
    ("33.24", "Kabupaten Kendal"),
    ("33.26", "Kabupaten Pekalongan"),
    ("33.27", "Kabupaten Pemalang"),
    ("33.20", "Kabupaten Jepara"),
    ("33.01", "Kabupaten Cilacap"),
    ("36.04", "Kabupaten Serang"),
)
TARGETS = {
    "kub": {2018: 170, 2019: 190, 2020: 200, 2021: 205, 2022: 210, 2023: 215, 2024: 220},
    "anggota": {2018: 2550, 2019: 2800, 2020: 2900, 2021: 2950, 2022: 3000, 2023: 3100, 2024: 3200},
    "desa": {2018: 14, 2020: 14, 2022: 15, 2023: 14, 2024: 16},
    "perpustakaan": {2018: 15, 2020: 15, 2023: 15, 2024: 18},
    "perempuan": {2020: 64, 2021: 64, 2022: 64, 2023: 64, 2024: 66},
}
REVENUE_SINCE, REVENUE_UNTIL = 2019, 2023


def plan() -> ProgrammePlan:
    """The course of the sample programme, with the published sums."""
    places = tuple(
        VillagePlan(row["code"], row["village"], row["district"], *SPREAD[row["village"]])
        for row in reference("sample_villages.csv")
        if row["target"] == "yes"
    )
    # Read, not copied: the sample meets what the reference file says, also after a correction.
    figures = reference("published_figures.csv")
    exact = {
        int(row["date"][:4]): int(row["value"]) for row in figures if row["indicator"] == "anggota"
    }
    return ProgrammePlan(
        programme_id=PROGRAMME,
        places=places,
        years=YEARS,
        mean_members={
            2012: 15.8,
            **{year: members / YEARS[year][0] for year, members in exact.items()},
        },
        members=exact,
        sectors={
            "makanan": 0.46,
            "kerajinan": 0.17,
            "laundry": 0.18,
            "koperasi": 0.035,
            "lainnya": 0.155,
        },
        women=0.66,
        silent={2017: 11, 2020: 26},
        last_report=ENDS,
    )


def tables(seed: int) -> Tables:
    """All sheets of the workbook; the same seed gives the same rows."""
    rng = Random(f"{seed}-{PROGRAMME}")
    outline = plan()
    invented = groups.invent(outline, rng)
    villages = reference("sample_villages.csv")
    names = {row["code"]: row["village"] for row in villages if row["target"] == "yes"}
    libraries = _libraries(villages)
    lenders = _lenders()
    kub_reports = reports.invent(outline, invented, rng)
    earned = targets.of_revenue(kub_reports, REVENUE_SINCE, REVENUE_UNTIL)
    return {
        "programme": [_programme()],
        "village": [
            {
                "village_code": r["code"],
                "village": r["village"],
                "district": r["district"],
                "is_target": True,
            }
            for r in villages
            if r["target"] == "yes"
        ],
        "kub": [kub_row(group) for group in invented],
        "kub_report": kub_reports,
        "lkm": [lender.row() for lender in lenders],
        "lkm_report": [row for lender in lenders for row in lender.reports(rng)],
        "library": libraries,
        "library_report": services.library_reports(libraries, ENDS, rng),
        "school_visit": services.school_visits(names, SCHOOLS_PER_YEAR, ENDS, rng),
        "award": _awards(),
        "study_visit": _study_visits(rng),
        "published_figure": _published(),
        "target": targets.rows(TARGETS | {"omzet": earned}),
    }


def _programme() -> Row:
    return {
        "programme_id": PROGRAMME,
        "name": "Program KUB BPI Batang",
        "regency_code": "33.25",
        "operator": "PT Bhimasena Power Indonesia",
        # Published: the programme runs since 2012; the day is not.
        "started_on": date(2012, 1, 1),
        "source": SOURCE,
        "is_sample": True,
    }


def _libraries(villages: list[dict[str, str]]) -> list[Row]:
    order = sorted(villages, key=lambda row: LIBRARY_OPENED[row["village"]])
    return [
        {
            "library_id": f"PD-{number:02d}",
            "name": row["library"],
            "village_code": row["code"],
            "opened_on": LIBRARY_OPENED[row["village"]],
        }
        for number, row in enumerate(order, 1)
    ]


def _lenders() -> list[services.Lender]:
    lenders: list[services.Lender] = []
    for number, row in enumerate(reference("published_cooperatives.csv"), 1):
        # Published figures of a real cooperative are exact, on the day they were published.
        if row["customers"]:
            until, customers, assets = (
                date.fromisoformat(row["reported_on"]),
                int(row["customers"]),
                int(row["assets_idr"]),
            )
        else:
            until, (customers, assets) = ENDS, LENDERS[row["name"]]
        founded = int(row["founded"])
        lenders.append(
            services.Lender(
                f"LKM-{number}",
                row["name"],
                row["village_code"],
                row["founded"],
                founded,
                until,
                customers,
                assets,
                True,
            )
        )
    return lenders


def _awards() -> list[Row]:
    """Published awards with the precision of their source: "2018"
    and "2019-09" stay as they are.
    """
    rows: list[Row] = []
    for row in reference("published_awards.csv"):
        if not row["awarded_on"]:
            continue
        day: object = row["published_as"] or date.fromisoformat(row["awarded_on"])
        body = row["awarding_body"] or "tidak disebut dalam sumber"
        rows.append(
            {
                "awarded_on": day,
                "award": row["award"],
                "awarding_body": body,
                "source": row["source"],
            }
        )
    return rows


def _study_visits(rng: Random) -> list[Row]:
    cilegon: Row = {
        "visited_on": "2017-11",
        "institution": "Pemerintah Kota Cilegon",
        "regency_code": "36.72",
    }
    # The first delegation is the published one; invented ones follow it.
    before = services.spread(date(2018, 1, 15), date(2019, 12, 10), 9, rng)
    after = services.spread(date(2022, 3, 1), date(2023, 6, 20), 7, rng)
    return [cilegon, *services.study_visits(HOSTS, before + after, rng)]


def _published() -> list[Row]:
    return [
        {
            "date": date.fromisoformat(row["date"]),
            "indicator": row["indicator"],
            "value": int(row["value"]),
            "source": row["source"],
        }
        for row in reference("published_figures.csv")
    ]
