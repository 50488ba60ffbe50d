"""A court PDF becomes a Filing: pages, lines, structure, speakers, passages. Knows no database and no model."""
