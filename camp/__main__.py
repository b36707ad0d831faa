"""`python -m camp` is the program `camp`."""

from camp.cli import main

main()
