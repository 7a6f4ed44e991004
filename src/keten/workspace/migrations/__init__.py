"""The steps that bring a workspace to the present form, one file each, oldest first."""
