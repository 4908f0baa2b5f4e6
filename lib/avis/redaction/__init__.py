"""What two people decided of what could identify somebody: applied and weighed at every build."""
