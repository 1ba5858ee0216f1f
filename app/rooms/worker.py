"""A thread that has a connection of its own, and does what it is asked, all that waits in one transaction.

One such thread of a process writes: so votes that come together are made durable together, and processes do
not starve each other. Another one reads.
"""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import AbstractContextManager, nullcontext, suppress
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from app.rooms.tables import Connection

log = logging.getLogger(__name__)
T = TypeVar("T")
Job = Callable[[Connection], T]
_MOST = 200  # jobs of one transaction


class Line(Connection, Protocol):
    """A connection that can be closed and knows transactions; `check` fails where it was cut."""

    def check(self) -> None: ...
    def transaction(self) -> AbstractContextManager[Any]: ...
    def close(self) -> None: ...


class UnavailableError(Exception):
    """The database does not do it now: its disk is full, or it is being started again."""


class AwayError(UnavailableError):
    """There is no line to the database: nothing that waits can be done."""


@dataclass(frozen=True, slots=True)
class _Asked:
    job: Job[Any]
    answer: Future[Any]


class Worker:
    """Does jobs in turn; what fails together is tried again one by one."""

    def __init__(self, connect: Callable[[], Line], name: str, transacts: bool) -> None:
        self._connect, self._name, self._transacts = connect, name, transacts
        self._line: Line | None = None
        self._is_away = False
        self._waiting: queue.SimpleQueue[_Asked | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._work, name=name, daemon=True)
        self._thread.start()

    def ask(self, job: Job[T]) -> Future[T]:
        """Do this; it is done, and durable, when the answer is there."""
        answer: Future[T] = Future()
        self._waiting.put(_Asked(job, answer))
        return answer

    def close(self) -> None:
        """Do what is still waiting, then end."""
        self._waiting.put(None)
        self._thread.join()

    def _work(self) -> None:
        while (first := self._waiting.get()) is not None:
            batch, is_last = self._gather(first)
            self._do([asked for asked in batch if asked.answer.set_running_or_notify_cancel()])
            if is_last:
                break
        self._hang_up()

    def _gather(self, first: _Asked) -> tuple[list[_Asked], bool]:
        batch = [first]
        with suppress(queue.Empty):
            while len(batch) < _MOST:
                following = self._waiting.get_nowait()
                if following is None:
                    return batch, True
                batch.append(following)
        return batch, False

    def _do(self, batch: list[_Asked]) -> None:
        try:
            answers = self._done(batch)
        except Exception as error:
            if len(batch) > 1 and not isinstance(error, AwayError):
                for asked in batch:
                    self._do([asked])
            else:
                for asked in batch:
                    asked.answer.set_exception(error)
            return
        for asked, answer in zip(batch, answers, strict=True):
            asked.answer.set_result(answer)

    def _done(self, batch: list[_Asked]) -> list[Any]:
        try:
            line = self._connected()
            with line.transaction() if self._transacts else nullcontext():
                return [asked.job(line) for asked in batch]
        except UnavailableError:
            self._hang_up()
            raise

    def _connected(self) -> Line:
        """The line; one that was cut while nobody used it is replaced."""
        if self._line is not None:
            with suppress(UnavailableError):
                self._line.check()
                return self._line
            self._hang_up()
        try:
            self._line = self._connect()
        except UnavailableError as error:
            self._say(str(error))
            raise AwayError(str(error)) from error
        self._say("")
        return self._line

    def _say(self, trouble: str) -> None:
        """Once when the database has gone, and once when it is back."""
        if self._is_away != bool(trouble):
            log.warning("%s: %s", self._name, trouble or "the database is back")
        self._is_away = bool(trouble)

    def _hang_up(self) -> None:
        if self._line is not None:
            with suppress(Exception):
                self._line.close()
        self._line = None
