"""Bytes of any file as the texts that may stand in them: for whoever searches, never for whoever counts."""
