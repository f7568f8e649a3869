"""Champions as values: what they cover, questions and answers, help given, and what the practice lacks."""
