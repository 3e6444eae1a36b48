"""The questions by what they need to be asked of."""

# A question costs 8 ms and a database half a second: each example asks one file's questions, three times.
TOGETHER = {
    "totals": ("headline", "growth", "sectors", "sector_years", "activities", "pace"),
    "places": (
        "coverage",
        "coverage_years",
        "district_growth",
        "villages",
        "village_sectors",
        "village_profile",
        "gaps",
        "specialisation",
    ),
    "lives": ("survival", "village_kub", "reconcile"),
    "money": ("revenue", "revenue_sectors", "revenue_villages", "revenue_missing", "kubs", "pivot"),
    "compared": (
        "benchmark",
        "rates",
        "programme_years",
        "programme_sectors",
        "peers",
        "provinces",
    ),
}
# These ask programmes that have targets, and revenue.
AIMING = {"targets": ("targets",)}
# These ask what stands beside the KUB, of records that have it.
SUPPORTING = {
    "microfinance": ("microfinance", "microfinance_years", "microfinance_reports", "supporting"),
    "libraries": ("libraries", "library_years", "library_villages"),
    "events": (
        "school_visits",
        "schools",
        "school_villages",
        "awards",
        "study_visits",
        "study_regencies",
    ),
}
