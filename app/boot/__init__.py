"""Every repair of Streamlit from outside, in one room; docs/internals.md lists what each relies on."""
