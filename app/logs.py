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


def set_up() -> None:
    """For ourselves, and for the server and Streamlit, which have handlers of their own by now."""
    logging.basicConfig()
    known = [logging.getLogger(), *logging.root.manager.loggerDict.values()]
    for logger in known:
        for handler in logger.handlers if isinstance(logger, logging.Logger) else ():
            if isinstance(handler, logging.StreamHandler):
                handler.setFormatter(OneLine())
    logging.getLogger("app").setLevel(logging.INFO)
