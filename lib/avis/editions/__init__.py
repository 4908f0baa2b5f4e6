"""What has gone out: editions, where each was put, to whom it was sent, as hashes and never as words."""
