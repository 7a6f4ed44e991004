"""Every part that pages are made of, with the tokens in force."""
