"""What a page is written with; with `pages/`, the only place that imports streamlit."""
