"""Questions to a page or a site that several rules ask. Pure functions of artifacts."""
