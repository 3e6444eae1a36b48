"""A guest's own figures on the page, alone and shared."""
