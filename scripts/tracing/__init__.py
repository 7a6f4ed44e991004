"""The tracer: walks from the pages back to the publisher's rows, and knows nothing of keten's code."""
