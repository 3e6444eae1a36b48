"""Which charts there are, and what each needs: the one record per chart that everything else reads.

A chart is named after its question; where a question is drawn in two ways the second has a name
of its own.
"""

from collections.abc import Mapping

from kub.answers import context, sizes
from kub.answers.chart_spec import ChartSpec as ChartSpec
from kub.answers.sizes import Sizes, Stage
from kub.charts import averages as averages_charts
from kub.charts import awards as awards_charts
from kub.charts import benchmark as benchmark_charts
from kub.charts import compared as compared_charts
from kub.charts import districts as districts_charts
from kub.charts import economy as economy_charts
from kub.charts import economy_places as economy_places_charts
from kub.charts import economy_sectors as economy_sectors_charts
from kub.charts import funnel as funnel_charts
from kub.charts import growth as growth_charts
from kub.charts import kubs as kubs_charts
from kub.charts import libraries as libraries_charts
from kub.charts import library_villages as library_villages_charts
from kub.charts import method as method_charts
from kub.charts import microfinance as microfinance_charts
from kub.charts import mixes as mixes_charts
from kub.charts import overview as overview_charts
from kub.charts import pivot as pivot_charts
from kub.charts import plan as plan_charts
from kub.charts import provinces as provinces_charts
from kub.charts import schools as schools_charts
from kub.charts import sector_years as sector_years_charts
from kub.charts import sectors as sectors_charts
from kub.charts import study as study_charts
from kub.charts import survival as survival_charts
from kub.charts import targets as targets_charts
from kub.charts import villages as villages_charts
from kub.findings import awards as awards_findings
from kub.findings import benchmark as benchmark_findings
from kub.findings import compared as compared_findings
from kub.findings import coverage as coverage_findings
from kub.findings import economy as economy_findings
from kub.findings import economy_places as economy_places_findings
from kub.findings import elsewhere as elsewhere_findings
from kub.findings import growth as growth_findings
from kub.findings import kubs as kubs_findings
from kub.findings import libraries as libraries_findings
from kub.findings import method as method_findings
from kub.findings import microfinance as microfinance_findings
from kub.findings import options as of
from kub.findings import overview as overview_findings
from kub.findings import peers as peers_findings
from kub.findings import pivot as pivot_findings
from kub.findings import plan as plan_findings
from kub.findings import profile as profile_findings
from kub.findings import provinces as provinces_findings
from kub.findings import schools as schools_findings
from kub.findings import sectors as sectors_findings
from kub.findings import sql_result as sql_findings
from kub.findings import study as study_findings
from kub.findings import supporting as supporting_findings
from kub.findings import targets as targets_findings
from kub.findings import villages as villages_findings
from queries.filters import Filters


def _of_single_sector(filters: Filters) -> bool:
    """Then every share is 1, and there is nothing to draw."""
    return len(set(filters.sectors)) == 1


# fmt: off
CATALOG: Mapping[str, ChartSpec] = {
    "headline": ChartSpec(
        "headline", "overview", overview_findings.headline,
        context={"kelurahan": context.kelurahan},
    ),
    "reconcile": ChartSpec(
        "reconcile", "overview", overview_findings.reconcile, overview_charts.reconcile,
        sizes=sizes.by_rows(overview_charts.height),
    ),
    "growth": ChartSpec(
        "growth", "growth", growth_findings.growth, growth_charts.growth, of.GrowthOptions,
        context={"published": context.published, "events": context.events},
        sizes=Sizes(560, 480, 340, Stage(380, 420)),
        selects=("until",),
    ),
    "growth_flow": ChartSpec(
        "growth", "growth", growth_findings.growth_flow, growth_charts.growth_flow,
        sizes=Sizes(360), selects=("until",),
    ),
    "survival": ChartSpec(
        "survival", "growth", growth_findings.survival, survival_charts.survival, sizes=Sizes(360),
    ),
    "district_growth": ChartSpec(
        "district_growth", "growth", growth_findings.district_growth,
        districts_charts.district_growth, context={"provisional": context.provisional},
        sizes=sizes.PANELS, selects=("districts",),
    ),
    "targets": ChartSpec(
        "targets", "growth", targets_findings.targets, targets_charts.targets,
        context={"achieved": context.achieved}, sizes=sizes.TARGETS,
        slide=("indicator", "year", "target", "actual", "projected", "status"),
    ),
    "sectors": ChartSpec(
        "sectors", "sectors", sectors_findings.sectors, sectors_charts.sectors, of.SectorsOptions,
        sizes=Sizes(300, 270), selects=("sectors",),
    ),
    "sector_years": ChartSpec(
        "sector_years", "sectors", sectors_findings.sector_years,
        sector_years_charts.sector_years,
        sizes=Sizes(420), selects=("sectors",),
    ),
    "village_sectors": ChartSpec(
        "village_sectors", "sectors", sectors_findings.village_sectors,
        sectors_charts.village_sectors, context={"names": context.names},
        sizes=Sizes(520, 520, stage=sizes.close(500)), selects=("villages", "sectors"),
    ),
    "specialisation": ChartSpec(
        "specialisation", "sectors", sectors_findings.specialisation,
        sectors_charts.specialisation, is_table=_of_single_sector,
        sizes=Sizes(480, 480, stage=sizes.close(480)), selects=("villages",),
    ),
    "activities": ChartSpec(
        "activities", "sectors", sectors_findings.activities, sectors_charts.activities,
        sizes=Sizes(480, 480, stage=sizes.close(480)), selects=("sectors",),
    ),
    "villages": ChartSpec(
        "villages", "villages", villages_findings.villages, villages_charts.villages,
        of.MapOptions, context={"areas": context.areas, "newest": context.newest},
        sizes=Sizes(540, 540, None, Stage(380, 400)), selects=("villages",),
    ),
    "villages_ranking": ChartSpec(
        "villages", "villages", villages_findings.villages_ranking,
        villages_charts.villages_ranking, of.RankingOptions, sizes=sizes.RANKING,
        selects=("villages",),
    ),
    "coverage": ChartSpec(
        "coverage", "villages", coverage_findings.coverage, villages_charts.coverage,
        of.CoverageOptions, context={"kelurahan": context.kelurahan}, sizes=Sizes(sizes.districts),
        selects=("districts",),
    ),
    "coverage_years": ChartSpec(
        "coverage_years", "villages", coverage_findings.coverage_years,
        villages_charts.coverage_years,
        context={"kelurahan": context.kelurahan, "published": context.published}, sizes=Sizes(360),
        selects=("until",),
    ),
    "gaps": ChartSpec(
        "gaps", "villages", villages_findings.gaps, context={"kelurahan": context.kelurahan},
    ),
    "village_kub": ChartSpec("village_kub", "villages", profile_findings.village_kub),
    "profile_years": ChartSpec(
        "growth", "villages", profile_findings.profile_years, villages_charts.profile_years,
        sizes=Sizes(220), selects=("until",),
    ),
    "village_profile": ChartSpec("village_profile", "villages", profile_findings.village_profile),
    "revenue": ChartSpec(
        "revenue", "economy", economy_findings.revenue, economy_charts.revenue,
        sizes=Sizes(460, 460, 340, Stage(380, 440)), selects=("until",),
    ),
    "revenue_averages": ChartSpec(
        "revenue", "economy", economy_findings.revenue_averages, averages_charts.revenue_averages,
        sizes=Sizes(400), selects=("until",),
    ),
    "revenue_assets": ChartSpec(
        "revenue", "economy", economy_findings.revenue_assets, economy_charts.revenue_assets,
        sizes=Sizes(400), selects=("until",),
    ),
    "revenue_sectors": ChartSpec(
        "revenue_sectors", "economy", economy_places_findings.revenue_sectors,
        economy_sectors_charts.revenue_sectors, context={"year": context.revenue_year},
        sizes=sizes.by_rows(economy_sectors_charts.height), selects=("sectors",),
    ),
    "revenue_villages": ChartSpec(
        "revenue_villages", "economy", economy_places_findings.revenue_villages,
        economy_places_charts.revenue_villages, of.RevenueMapOptions,
        context={"areas": context.areas, "year": context.revenue_year},
        sizes=Sizes(540, 540, None, Stage(380, 400)), selects=("villages",),
    ),
    "revenue_ranking": ChartSpec(
        "revenue_villages", "economy", economy_places_findings.revenue_ranking,
        economy_places_charts.revenue_ranking, of.RevenueRankingOptions,
        context={"year": context.revenue_year},
        sizes=sizes.by_rows(economy_places_charts.height), selects=("villages",),
    ),
    "revenue_missing": ChartSpec(
        "revenue_missing", "economy", economy_places_findings.revenue_missing,
        context={"year": context.revenue_year},
    ),
    "pivot": ChartSpec(
        "pivot", "explore", pivot_findings.pivot, pivot_charts.pivot, of.PivotOptions,
        sizes=sizes.by_rows(pivot_charts.height),
    ),
    "kubs": ChartSpec("kubs", "explore", kubs_findings.kubs),
    "kub_history": ChartSpec(
        "kubs", "explore", kubs_findings.kub_history, kubs_charts.kub_history,
        sizes=Sizes(280), computed=True,
    ),
    "kub_revenue": ChartSpec(
        "kubs", "explore", kubs_findings.kub_revenue, kubs_charts.kub_revenue,
        sizes=Sizes(280), computed=True,
    ),
    "growth_reported": ChartSpec(
        "growth", "method", method_findings.growth_reported, method_charts.growth_reported,
        sizes=Sizes(320),
    ),
    "benchmark": ChartSpec(
        "benchmark", "benchmark", benchmark_findings.benchmark, benchmark_charts.benchmark,
        sizes=sizes.DOTS, selects=("programme",),
    ),
    "rates": ChartSpec(
        "rates", "benchmark", benchmark_findings.rates, benchmark_charts.rates, of.RatesOptions,
        sizes=sizes.DOTS, selects=("programme",),
    ),
    "rates_funnel": ChartSpec(
        "rates", "benchmark", benchmark_findings.rates_funnel, funnel_charts.rates_funnel,
        of.RatesOptions, sizes=Sizes(420, stage=sizes.close(420)),
        slide=("regency", "per", "value", "low", "high", "n"), selects=("programme",),
    ),
    "rates_map": ChartSpec(
        "rates", "benchmark", provinces_findings.rates_map, provinces_charts.rates_map,
        of.RatesMapOptions, context={"places": context.seats},
        sizes=sizes.by_rows(provinces_charts.map_height),
        slide=("regency", "per", "value", "low", "high", "n"), selects=("programme",),
    ),
    "provinces": ChartSpec(
        "provinces", "benchmark", provinces_findings.provinces, provinces_charts.provinces,
        sizes=sizes.by_rows(provinces_charts.height, 20),
        slide=("province", "programmes", "kub", "covered", "villages", "coverage", "rank"),
        selects=("province",),
    ),
    "programme_years": ChartSpec(
        "programme_years", "benchmark", compared_findings.programme_years,
        compared_charts.programme_years, of.ProgrammeYearsOptions,
        sizes=Sizes(440, stage=sizes.close(400)), selects=("programme",),
    ),
    "programme_sectors": ChartSpec(
        "programme_sectors", "benchmark", compared_findings.programme_sectors,
        mixes_charts.programme_sectors, of.ProgrammeSectorsOptions, sizes=sizes.mixes(6),
        selects=("programme",),
    ),
    "elsewhere": ChartSpec("elsewhere", "benchmark", elsewhere_findings.elsewhere),
    "pace": ChartSpec("pace", "benchmark", plan_findings.pace, plan_charts.pace),
    "plan": ChartSpec(
        "benchmark", "benchmark", plan_findings.plan, plan_charts.plan, computed=True,
    ),
    "peers": ChartSpec("peers", "benchmark", peers_findings.peers),
    "regencies": ChartSpec("regencies", "benchmark", peers_findings.regencies),
    "microfinance": ChartSpec(
        "microfinance", "programmes", microfinance_findings.microfinance,
        microfinance_charts.microfinance, of.MicrofinanceOptions, beside_sectors=True,
        sizes=sizes.by_rows(microfinance_charts.height, 6),
        slide=("name", "customers", "loans_idr", "overdue_share", "members"), selects=("unit",),
    ),
    "microfinance_years": ChartSpec(
        "microfinance_years", "programmes", microfinance_findings.microfinance_years,
        microfinance_charts.microfinance_years, of.AmountOptions, sizes=Sizes(400),
        selects=("until",),
    ),
    "microfinance_reports": ChartSpec(
        "microfinance_reports", "programmes", microfinance_findings.microfinance_reports,
        microfinance_charts.microfinance_reports, of.UnitOptions,
        context={"published": context.microfinance_units}, sizes=Sizes(360),
    ),
    "libraries": ChartSpec(
        "libraries", "programmes", libraries_findings.libraries, libraries_charts.libraries,
        of.LibrariesOptions, beside_sectors=True, sizes=sizes.by_rows(libraries_charts.height, 14),
    ),
    "library_years": ChartSpec(
        "library_years", "programmes", libraries_findings.library_years,
        libraries_charts.library_years,
        context={"published": context.published, "libraries": context.libraries}, sizes=Sizes(360),
        selects=("until",),
    ),
    "library_years_visits": ChartSpec(
        "library_years", "programmes", libraries_findings.library_years_visits,
        libraries_charts.library_years_visits, of.LibraryVisitsOptions, sizes=Sizes(360),
        selects=("until",),
    ),
    "library_villages": ChartSpec(
        "library_villages", "programmes", libraries_findings.library_villages,
        library_villages_charts.library_villages, of.LibraryVillagesOptions, selects=("has",),
    ),
    "school_visits": ChartSpec(
        "school_visits", "programmes", schools_findings.school_visits,
        schools_charts.school_visits, of.SchoolOptions, context={"as_of": context.as_of},
        sizes=Sizes(400), selects=("until",),
    ),
    "school_villages": ChartSpec(
        "school_villages", "programmes", schools_findings.school_villages,
        schools_charts.school_villages, of.SchoolOptions,
        sizes=sizes.by_rows(schools_charts.height), selects=("villages",),
    ),
    "schools": ChartSpec("schools", "programmes", schools_findings.schools),
    "awards": ChartSpec(
        "awards", "programmes", awards_findings.awards, awards_charts.awards, of.AwardsOptions,
        sizes=sizes.AWARDS, slide_alone=True,
        slide=("award", "awarding_body", "awarded_on", "published_as", "recorded"),
    ),
    "study_visits": ChartSpec(
        "study_visits", "programmes", study_findings.study_visits, study_charts.study_visits,
        sizes=Sizes(340),
    ),
    "study_regencies": ChartSpec(
        "study_regencies", "programmes", study_findings.study_regencies,
        study_charts.study_regencies, of.StudyRegenciesOptions, context={"home": context.home},
        sizes=sizes.by_rows(study_charts.height, 10),
    ),
    "supporting": ChartSpec("supporting", "programmes", supporting_findings.supporting),
}
# fmt: on

# The rows of an analyst's own statement, which no question has: a step of a visit alone shows them
# (kub/answers/sql_answer.py).
SQL = ChartSpec(
    "sql", "explore", sql_findings.sql, options=of.SqlOptions, sizes=Sizes(rows=12),
)  # fmt: skip


def spec_of(chart: str) -> ChartSpec:
    """The record of a chart. Raises KeyError for a name that is none."""
    return SQL if chart == SQL.question else CATALOG[chart]


# Charts that a step can build again.
TELLABLE = tuple(chart for chart, spec in CATALOG.items() if not spec.computed)
