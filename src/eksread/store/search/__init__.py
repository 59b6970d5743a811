"""Full-text search: index, query, stems, ranking, snippets."""
