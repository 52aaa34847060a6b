"""docgen: one order (JSON) in, a legal document out as DOCX, PDF, HTML or plain text."""
