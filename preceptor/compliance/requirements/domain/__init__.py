"""Rules as values: audiences, criteria, transitions and versions, read strictly and said plainly."""
