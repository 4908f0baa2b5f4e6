"""What people may ask for: to take a word back, to know what is kept, to see it deleted."""
