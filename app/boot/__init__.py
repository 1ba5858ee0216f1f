"""Every repair of Streamlit and its server from outside; docs/internals.md lists what each relies on."""
