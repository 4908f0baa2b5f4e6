"""The room where the group writes: its own page on the laptop, the projector and the phones, and its paper.

What happens there becomes events of the log (`writing.events`); nothing here reads a notebook or runs one.
"""
