"""Making an edition, and noting where it went."""
