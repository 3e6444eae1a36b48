"""Where several replicas serve one data folder, the stores that must agree stand in the places of
those in memory. Without KUB_SHARED nothing here does anything: one process knows all there is.
"""

import asyncio
import logging
import os
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from kub.doors.shared_logins import SharedLogins
from kub.doors.shared_tries import SharedTries
from kub.guests import rooms
from kub.guests.shared_rooms import SharedRooms
from kub.presenting import state
from kub.presenting.shared_stage import SharedStage
from kub.shared import SWEEP_S, VARIABLE, SharedFile
from kub.ui import host

LOG = logging.getLogger("kub")


@asynccontextmanager
async def sharing() -> AsyncIterator[None]:
    """Share with the other replicas while the server runs, where KUB_SHARED says so.

    Raises OSError or sqlite3.Error where its folder cannot be used: a replica that knows none of
    the others' guests must not serve beside them.
    """
    folder = os.environ.get(VARIABLE, "").strip()
    if not folder:
        yield
        return
    try:
        file = SharedFile(Path(folder).expanduser())
    except (OSError, sqlite3.Error) as fault:
        LOG.critical("%s=%s cannot be used: %s", VARIABLE, folder, fault)
        raise
    shared_rooms = SharedRooms(file, SharedTries(file, "rooms"))
    before = rooms.ROOMS, state.STAGE, host.LOGINS, host.TRIES
    rooms.ROOMS, state.STAGE = shared_rooms, SharedStage(file)
    host.LOGINS, host.TRIES = SharedLogins(file), SharedTries(file, "host")
    sweeping = asyncio.create_task(_sweep(file, shared_rooms))
    try:
        yield
    finally:
        sweeping.cancel()
        rooms.ROOMS, state.STAGE, host.LOGINS, host.TRIES = before
        file.close()


async def _sweep(file: SharedFile, shared_rooms: SharedRooms) -> None:
    """Every replica does it: there is none that is always there."""
    while True:
        await asyncio.sleep(SWEEP_S)
        try:
            await asyncio.to_thread(file.sweep)
            await asyncio.to_thread(shared_rooms.tidy_memory)
        except sqlite3.Error as fault:  # the next time may be better
            LOG.error("%s: %s", VARIABLE, fault)
