"""Former editions, from what they printed alone: what the next one may not tell beside them."""
