"""The site's own search, measured: what is typed, what should come up, what our own search finds, and the figures.

Pure: who asks the site is in `gather`, what it answered comes in as data.
"""
