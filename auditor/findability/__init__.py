"""How people find their way, simulated: text, scent, the graph of links, two engines, figures and explanations.

Nothing here reads, writes, or knows the time; chance comes from a generator that is handed in with its seed.
"""
