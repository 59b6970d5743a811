"""A list page to a `Listing`: its headlines, each with what stands on its card."""
