"""The pages of meeting lists."""
