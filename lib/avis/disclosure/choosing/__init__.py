"""Which cells to hide beside the primary ones: proposals, that the audit judges and knows nothing of."""
