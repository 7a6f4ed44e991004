"""Published methods as pure functions on arrays and graphs; knows nothing of keten."""
