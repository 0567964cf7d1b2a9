"""A municipality's search service with one known defect at a time, and without any."""
