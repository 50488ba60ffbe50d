"""Datasets, measures, runs, reports, peers and benchmarks."""
