"""The store of what people say."""
