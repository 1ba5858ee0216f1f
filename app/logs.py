"""One line an event: when, how grave, who says it, and what; a traceback is folded into its line."""

from __future__ import annotations

import logging

_FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"
_TIME = "%Y-%m-%dT%H:%M:%S%z"


class OneLine(logging.Formatter):
    def __init__(self) -> None:
        super().__init__(_FORMAT, _TIME)

    def format(self, record: logging.LogRecord) -> str:
        lines = map(str.strip, super().format(record).splitlines())
        return " | ".join(filter(None, lines))


class _NotOfALine(logging.Filter):
    """Passes over what is said of one reader's line: who came and left, with their address, and signs that
    are none, with a traceback."""

    def filter(self, record: logging.LogRecord) -> bool:
        if "websockets" not in record.pathname:
            return True
        if record.msg == _NO_SIGNS:
            record.exc_info = record.exc_text = None
        return record.levelno > logging.INFO


_NO_SIGNS = "Invalid UTF-8 sequence received from client."


def set_up() -> None:
    """For ourselves, and for the server and Streamlit, which have handlers of their own by now."""
    logging.basicConfig()
    known = [logging.getLogger(), *logging.root.manager.loggerDict.values()]
    for logger in (one for one in known if isinstance(one, logging.Logger)):
        for handler in logger.handlers:
            if isinstance(handler, logging.StreamHandler):
                handler.setFormatter(OneLine())
        logger.propagate = logger.propagate or not logger.handlers  # Streamlit leaves some with neither
    logging.getLogger("app").setLevel(logging.INFO)
    logging.getLogger("uvicorn.error").addFilter(_NotOfALine())
