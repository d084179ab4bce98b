"""Official guides that a person holds: read from their file, recognized, turned into a role."""
