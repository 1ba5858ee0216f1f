"""Readable code for what a page shows, and the fast code that the tests hold equal to it."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from ui.text import N_

CLOSE = N_("The tests hold the two equal to within {error} of the size of each number.")


@dataclass(frozen=True, slots=True)
class Reference:
    """Functions to read, the modules that compute the same fast, and how close the two are.

    `agreement` is a message for the catalogue, `within` are the values of its slots; `name` tells the boxes
    of one page apart, to the reader by what they are `about`.
    """

    functions: Sequence[Callable[..., object]]
    kernels: Sequence[str]
    agreement: str
    within: Mapping[str, float] = field(default_factory=dict)
    name: str = ""
    about: str = ""

    @property
    def source(self) -> str:
        """The functions as they stand in their modules, which need numpy as np and nothing else."""
        return "\n\n".join(inspect.getsource(function).rstrip() for function in self.functions)

    @property
    def modules(self) -> Sequence[str]:
        """Where they stand."""
        return sorted({function.__module__ for function in self.functions})
