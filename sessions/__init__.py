"""Sessions: proposals, votes, plan, agenda, outcomes."""
