"""The last look at what is about to leave: every byte opened, nothing of anybody found."""
