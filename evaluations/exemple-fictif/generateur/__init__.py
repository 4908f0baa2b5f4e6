"""What makes the fictional data: the same bytes every time, from one seed and written quotas."""
