"""What looks across all features: duties, findings, measures and evidence, from their answers."""
