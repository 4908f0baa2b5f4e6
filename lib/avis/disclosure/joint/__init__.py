"""One record a person: what tables that cross in a cycle tell more than their margins do."""
