"""Reading a table as the world writes it: its encoding, its layout, and which of its columns are meant."""
