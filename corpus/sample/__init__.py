"""The sample docket: a fictitious record of real form, built from text sources, with a key to every paragraph."""
