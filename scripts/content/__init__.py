"""The content of docs/ as one typed model, "the book". Knows nothing of MkDocs."""
