"""The pipelines that Pincite is compared with, run on the same PDFs and measured in the same way."""
