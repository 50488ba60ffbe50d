"""The prompts, one a file, and the loader that fills them."""
