"""Four programmes to compare, each in another regency."""

from datetime import date
from typing import Any

from tests.twins.rows import Kub, Records, Report, Village

NEW_YEAR, NEW_YEARS_EVE = date(2016, 1, 1), date(2020, 12, 31)


def office(name: str, sectors: str, members: int, regency: str = "99.01", **more: Any) -> Records:
    """One village with a KUB for each letter (M makanan, K kerajinan, L laundry), all founded in
    2016.

    Each reports so many members at the end of 2020.
    """
    code = f"{regency}.01.2001"
    spelled = {"M": "makanan", "K": "kerajinan", "L": "laundry"}
    kubs = tuple(Kub(f"K{n}", code, spelled[letter], NEW_YEAR) for n, letter in enumerate(sectors))
    return Records(
        name,
        (Village(code, "Sukorejo", f"{regency}.01", "Tulis"),),
        kubs,
        tuple(Report(kub.kub_id, NEW_YEARS_EVE, members, members // 2) for kub in kubs),
        regency_code=regency,
        **more,
    )


# 2018 and 2022 are equally near to 2020; kecil has a workbook figure of 2010 beside a reference of
# 2020.
BESAR = office("besar", "MMMKKL", 10, population=((2022, 60_000, False), (2018, 30_000, False)))
LAIN = office("lain", "LLLMMK", 10, "99.02", population=((2019, 60_000, False),), is_sample=False)
TENGAH = office("tengah", "KKKKK", 20, "99.03", population=((2020, 5_000, False), (None, 7, True)))
KECIL = office("kecil", "MMKL", 40, "99.04", population=((2020, 1_000, False), (2010, 8_000, True)))
FOUR = (BESAR, LAIN, TENGAH, KECIL)
