"""Pictures drawn on the server as SVG, without a style or a script inside."""
