"""Tests in a real browser: the walk of the chain, and every page in every state."""
