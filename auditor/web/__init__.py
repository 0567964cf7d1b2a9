"""The overview as a local web server, with decisions recorded through it."""
