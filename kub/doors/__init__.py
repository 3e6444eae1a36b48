"""Who may come in: known hosts, codes, and those who guess them."""
