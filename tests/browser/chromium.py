"""Where this machine's Chromium or Chrome is.

`python -m tests.browser.chromium` prints it, or ends with status 1.
"""

import os
import shutil
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome")
MAC = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"
# Without them the browser itself asks its maker's hosts, and a container has no sandbox.
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    # No name leads anywhere, only the loopback address does.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]


def executable() -> str | None:
    """The file to start: CHROMIUM if set, else the first known name
    on the path; None if there is none.
    """
    if chosen := os.environ.get("CHROMIUM"):
        return shutil.which(chosen)
    return next(filter(None, map(shutil.which, (*NAMES, MAC))), None)


if __name__ == "__main__":
    found = executable()
    print(found or "no Chromium found")
    sys.exit(found is None)
