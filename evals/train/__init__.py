"""How the shipped retrieval models were trained: data, losses, measures, export (see README.md beside this file)."""
