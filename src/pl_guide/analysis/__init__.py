"""What can be asked of a library: who carries what, what matches, what is alike; pure."""
