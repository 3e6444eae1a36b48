"""The records as plain rows: what the twins loop over."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Village:
    code: str
    name: str
    district_code: str
    district: str
    is_target: bool = False
    population: int | None = None
    population_year: int | None = None
    lat: float | None = None
    lon: float | None = None
    idm: float | None = None
    idm_class: str | None = None


@dataclass(frozen=True)
class Kub:
    kub_id: str
    village_code: str
    sector: str
    founded_on: date
    closed_on: date | None = None
    name: str = "KUB"
    activity: str | None = None


@dataclass(frozen=True)
class Report:
    kub_id: str
    reported_on: date
    members: int
    women: int | None = None
    revenue_idr: float | None = None
    assets_idr: float | None = None


@dataclass(frozen=True)
class Library:
    library_id: str
    village_code: str
    opened_on: date


@dataclass(frozen=True)
class LibraryReport:
    library_id: str
    reported_on: date
    books: int | None = None
    visits: int | None = None


@dataclass(frozen=True)
class Lkm:
    lkm_id: str
    village_code: str
    founded_on: date | None = None
    name: str = "KSP"


@dataclass(frozen=True)
class LkmReport:
    lkm_id: str
    reported_on: date
    customers: int
    savings_idr: float | None = None
    loans_idr: float | None = None
    overdue_idr: float | None = None
    assets_idr: float | None = None


@dataclass(frozen=True)
class SchoolVisit:
    visited_on: date
    school: str
    level: str
    village_code: str
    students: int


@dataclass(frozen=True)
class Award:
    awarded_on: date
    award: str
    awarding_body: str
    source: str | None = None


@dataclass(frozen=True)
class StudyVisit:
    visited_on: date
    institution: str
    regency_code: str
    participants: int | None = None


@dataclass(frozen=True)
class Published:
    on: date
    indicator: str
    value: float
    source: str


@dataclass(frozen=True)
class Target:
    """value: as written, so `perempuan` in percent."""

    indicator: str
    year: int
    value: float


@dataclass(frozen=True)
class Records:
    """All records of one programme. No village stands twice; a report's KUB exists."""

    programme_id: str
    villages: tuple[Village, ...]
    kubs: tuple[Kub, ...] = ()
    reports: tuple[Report, ...] = ()
    libraries: tuple[Library, ...] = ()
    published: tuple[Published, ...] = ()
    # Residents of the regency: (year, population, from_workbook); a workbook may leave the year
    # out.
    population: tuple[tuple[int | None, int, bool], ...] = ()
    regency_code: str = "99.01"
    regency: str = "Kabupaten Contoh A"
    is_sample: bool = True
    lkm: tuple[Lkm, ...] = ()
    lkm_reports: tuple[LkmReport, ...] = ()
    library_reports: tuple[LibraryReport, ...] = ()
    school_visits: tuple[SchoolVisit, ...] = ()
    awards: tuple[Award, ...] = ()
    study_visits: tuple[StudyVisit, ...] = ()
    targets: tuple[Target, ...] = ()
