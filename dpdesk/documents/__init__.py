"""Any file in, pages with words out: reading and drawing, behind walls."""
