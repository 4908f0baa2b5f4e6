"""Documents that proofreaders sent back: what they say is listed, and nothing is merged."""
