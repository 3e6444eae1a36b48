"""The launcher: `streamlit run dashboard.py`, or any ASGI server with `dashboard:app`."""

import gc
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import streamlit as st
from streamlit import runtime

from kub import charts, findings
from kub.records import sandbox
from kub.store import candidate
from kub.store.versions import data_folder
from kub.ui import logs

# First: Streamlit writes lines while the others are imported.
logs.install()

from kub.ui import (  # noqa: E402
    assets,
    content,
    data,
    data_by_address,
    doors,
    errors,
    explore_route,
    filter_route,
    headers,
    health,
    host,
    login,
    login_doors,
    media,
    metrics,
    page_route,
    replicas,
    sql_route,
    theme,
    trail,
)
from kub.ui.guests import uploads  # noqa: E402

# Absolute, so that it does not matter from where an ASGI server is started. The script is not a
# sibling of pages/: a script beside a folder of that name wakes Streamlit's older way of many
# pages.
FRAME = Path(__file__).resolve().parent / "pages" / "frame.py"


@asynccontextmanager
async def warm(_app: st.App) -> AsyncIterator[None]:
    """Shut the doors, open the data and import what draws before the first visitor; then spare it
    all from garbage collection.

    Streamlit collects garbage after every run: 29-36 ms each, unless what never goes away is
    frozen.
    """
    doors.trust_doors()
    uploads.allow()
    theme.wear_brand()
    host.report()
    login.report()
    if runtime.exists():
        media.watch(
            runtime.get_instance().media_file_mgr, media.browser_of_session(headers.BROWSER)
        )
    # Nothing to show yet is no reason not to start: the page says what to do.
    with suppress(errors.UserProblem):
        data.data()
    candidate.sweep(data_folder())  # left by a process that was killed
    assets.warm()
    content.warm()
    for package in (charts, findings):
        for module in iter_modules(package.__path__, f"{package.__name__}."):
            import_module(module.name)
    sandbox.warm()
    # Runs of many sessions share one interpreter: with the usual 5 ms a short one waits for each
    # long one's turn. Half a millisecond halved the p95 of fifty sessions.
    sys.setswitchinterval(0.0005)
    gc.collect()
    gc.freeze()
    async with replicas.sharing():
        yield
    sandbox.cool()
    trail.rest()


app = st.App(
    FRAME,
    lifespan=warm,
    routes=[
        *health.routes,
        *assets.routes,
        *host.routes,
        *filter_route.routes,
        *page_route.routes,
        *explore_route.routes,
        *sql_route.routes,
    ],
    # The doors come first: what they refuse is counted nowhere.
    middleware=[
        *doors.middleware,
        *login_doors.middleware,
        *metrics.middleware,
        *data_by_address.middleware,
        *assets.middleware,
    ],
    on_script_error=errors.on_script_error,
)
