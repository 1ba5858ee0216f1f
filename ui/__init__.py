"""What a page is written with; with `pages/`, the only place that imports streamlit."""

import os

# before NumPy is imported: on arrays this small the other threads of OpenBLAS only wait, and burn a core
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
