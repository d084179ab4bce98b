"""Every sentence the program says that is no content: by where it is heard; pure."""
