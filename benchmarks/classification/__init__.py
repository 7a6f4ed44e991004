"""What everything is about, measured on what two readers said of it."""
