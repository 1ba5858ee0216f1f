"""Points with labels, drawn from a recipe or Fisher's iris; how to scale them and keep some for testing."""

from softmax_core.datasets._data import Data, small_blobs
from softmax_core.datasets._recipes import (
    DATASETS,
    RECIPE_SETTINGS,
    DatasetName,
    Recipe,
    make_dataset,
    split_data,
    standardised,
)

__all__ = [
    "DATASETS",
    "RECIPE_SETTINGS",
    "Data",
    "DatasetName",
    "Recipe",
    "make_dataset",
    "small_blobs",
    "split_data",
    "standardised",
]
