"""A sitting at a terminal: what is asked, of whom, and how its words are kept."""
