"""Commands of the ground floor; the table in camp/cli.py names them."""
