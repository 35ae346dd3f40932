"""Any file in, pages with words out: reading, drawing, and the walls around foreign files."""
