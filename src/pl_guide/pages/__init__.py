"""The model as pages: what each command shows, in blocks that every renderer renders."""
