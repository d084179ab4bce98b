"""Many worksheets at once: how far each is, and what all of them plan."""
