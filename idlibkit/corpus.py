"""What was read once, kept: articles with their lines, quotations and passages."""
