"""Chat models to try the product with: a small real one, and one that falsifies whatever it quotes."""
