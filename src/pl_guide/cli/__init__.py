"""The commands: they parse options, ask the lower layers, and hand the result to the output."""
