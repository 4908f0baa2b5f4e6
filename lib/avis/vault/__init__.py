"""The vault: who people are and what print calls them, outside the evaluation, encrypted to two people."""
