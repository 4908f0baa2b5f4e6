"""What follows from all that is printed: what a reader knows, and how far it bounds what is not."""
