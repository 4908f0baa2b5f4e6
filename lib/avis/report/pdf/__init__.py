"""A document as an accessible PDF."""
