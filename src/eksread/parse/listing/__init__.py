"""A list page to a `Listing`: its headlines, each with what its card says."""
