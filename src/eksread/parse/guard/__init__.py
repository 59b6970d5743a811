"""Before and around the HTML parser: a pre-scan for pages that would hang it, and a worker process for doubtful ones."""
