"""Each claim about speed, accuracy or load is a script here that prints the figure."""
