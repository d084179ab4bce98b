"""What a file that people hold says, as one form of blocks, whatever kind of file it is."""
