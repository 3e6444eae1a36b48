"""Logs of a service: one line of JSON for each, on stderr.

KUB_LOG=json or text; where neither is set, text on a terminal and JSON elsewhere. Streamlit's and
uvicorn's own lines go the same way.
"""

import json
import logging
import os
import sys
import threading
from datetime import UTC, datetime
from typing import Any

import streamlit.logger
import uvicorn.config

SETTING = "KUB_LOG"
LOG = logging.getLogger("kub")


class JsonFormatter(logging.Formatter):
    """time (UTC), level, logger, message; fault: the id that the screen shows; traceback."""

    def __init__(self, *_: Any, **__: Any) -> None:
        # Made by uvicorn too, with the arguments of its own formatters.
        super().__init__()

    def format(self, record: logging.LogRecord) -> str:
        moment = datetime.fromtimestamp(record.created, UTC)
        line: dict[str, str] = {
            "time": f"{moment:%Y-%m-%dT%H:%M:%S}.{moment.microsecond // 1000:03d}Z",
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if fault := getattr(record, "fault", None):
            line["fault"] = str(fault)
        if record.exc_info:
            line["traceback"] = self.formatException(record.exc_info)
        elif record.stack_info:
            line["traceback"] = record.stack_info
        # Surrogates, which a strange file name may hold, are no UTF-8: escaped they are JSON.
        return json.dumps(line, ensure_ascii=False).encode("utf-8", "backslashreplace").decode()


def as_json() -> bool:
    """Whether lines are JSON."""
    asked = os.environ.get(SETTING, "").strip().casefold()
    if asked in ("json", "text"):
        return asked == "json"
    return not (sys.stderr and sys.stderr.isatty())


def install() -> None:
    """From now on all loggers of this process write as KUB_LOG wants it."""
    if not as_json():
        return
    handler = logging.StreamHandler()
    handler.setFormatter(JsonFormatter())
    logging.basicConfig(handlers=[handler], force=True)
    # Streamlit gives every logger of its own a handler, also those that it makes later.
    streamlit.logger.setup_formatter = _set_up
    for logger in logging.root.manager.loggerDict.values():
        if isinstance(logger, logging.Logger):
            _dress(logger)
    # What has no handler, as uvicorn's faults under Streamlit: they would be lines of text.
    if logging.lastResort:
        logging.lastResort.setFormatter(JsonFormatter())
    # uvicorn configures its loggers when the server is made.
    for formatter in uvicorn.config.LOGGING_CONFIG["formatters"].values():
        formatter["()"] = JsonFormatter
    logging.captureWarnings(True)
    sys.excepthook = _last_words
    threading.excepthook = _thread_ended


_setup_formatter = streamlit.logger.setup_formatter


def _set_up(logger: logging.Logger) -> None:
    _setup_formatter(logger)
    _dress(logger)


def _dress(logger: logging.Logger) -> None:
    for handler in logger.handlers:
        handler.setFormatter(JsonFormatter())


def _last_words(kind: type[BaseException], error: BaseException, trace: Any) -> None:
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, trace)
        return
    LOG.critical("the process ends", exc_info=(kind, error, trace))


def _thread_ended(args: threading.ExceptHookArgs) -> None:
    if args.exc_value is not None and not isinstance(args.exc_value, SystemExit):
        LOG.error("a thread ended", exc_info=args.exc_value)
