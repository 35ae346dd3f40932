"""Documents in: kinds, pages, words and their ink, workers, drawing."""
