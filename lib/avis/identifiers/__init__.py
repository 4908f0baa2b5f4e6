"""What may identify somebody in a text: flags for people to judge, never promises, never decisions."""
