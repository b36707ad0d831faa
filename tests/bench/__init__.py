"""Speed as ratios against something run beside it; `make bench` prints goal, measured and reached."""
