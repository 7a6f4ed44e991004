"""What visitors propose, what editors make of it, and what editors say is still right."""
