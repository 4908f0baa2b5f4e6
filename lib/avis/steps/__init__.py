"""What notebooks call. Each step is one function in three acts: read, count or compose, keep."""
