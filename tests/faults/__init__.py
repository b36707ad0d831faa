"""Kill, cut and repeat: what was acknowledged survives, and nothing happens twice."""
