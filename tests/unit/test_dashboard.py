"""The launcher: everything is open and imported before the first visitor."""

import asyncio
import gc
import sys
from pathlib import Path

import pytest

import dashboard
from kub.ui import (
    assets,
    doors,
    errors,
    explore_route,
    filter_route,
    health,
    host,
    page_route,
    sql_route,
)
from tests.support import small


def test_warm_opens_the_data_and_spares_the_collector(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    small.in_use(tmp_path, monkeypatch)
    opened: list[object] = []
    read = dashboard.data.data
    monkeypatch.setattr(dashboard.data, "data", lambda: opened.append(read()))

    async def visit() -> int:
        async with dashboard.warm(dashboard.app):
            return gc.get_freeze_count()

    gc.unfreeze()
    try:
        assert asyncio.run(visit()) > 0
    finally:
        gc.unfreeze()
    assert len(opened) == 1
    drawing = {
        path.stem for path in (dashboard.FRAME.parents[1] / "kub" / "charts").glob("[!_]*.py")
    }
    assert {f"kub.charts.{name}" for name in drawing} <= sys.modules.keys()


def test_nothing_to_show_yet_is_no_reason_not_to_start(monkeypatch: pytest.MonkeyPatch) -> None:
    def nothing() -> None:
        raise errors.NoData

    monkeypatch.setattr(dashboard.data, "data", nothing)

    async def visit() -> None:
        async with dashboard.warm(dashboard.app):
            pass

    asyncio.run(visit())
    gc.unfreeze()


def test_launcher_starts_the_frame_wherever_it_is_started_from() -> None:
    assert dashboard.FRAME.is_absolute()
    assert dashboard.FRAME.is_file()


def test_launcher_serves_the_assets_and_hooks_the_errors() -> None:
    own = (health, assets, host, filter_route, page_route, explore_route, sql_route)
    assert dashboard.app._user_routes == [route for part in own for route in part.routes]
    assert dashboard.app._user_middleware[0].cls is doors.Doors
    assert dashboard.app._on_script_error is errors.on_script_error
