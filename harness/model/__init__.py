"""The words of the field, frozen. Nothing here reads a file, decides or prints."""
