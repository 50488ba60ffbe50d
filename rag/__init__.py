"""A question becomes a cited answer: catalog, indexes, retrieval, composition, verification, citation."""
