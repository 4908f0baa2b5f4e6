"""Values put together before hiding: what is asked, checked, done, and what it would give back."""
