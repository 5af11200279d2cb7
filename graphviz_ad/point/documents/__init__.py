"""Statements of derivatives in documents, judged by the document's own definitions."""
