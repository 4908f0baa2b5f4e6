"""Count tables of anybody, outside an evaluation: read, protected together, audited, written again."""
