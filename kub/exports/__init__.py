"""Ways to show answers outside the screen: files for spreadsheets, slides and paper."""
