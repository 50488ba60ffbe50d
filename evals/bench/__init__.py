"""How fast and how large: ingest beside the pipeline a LangChain user writes in an afternoon; search by size."""
