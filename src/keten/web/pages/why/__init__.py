"""Why a figure is what it is: its method, its value computed anew, its source rows."""
