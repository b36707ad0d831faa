"""Who may what, forged requests, redirects, headers and oversized bodies: over every address the house has."""
