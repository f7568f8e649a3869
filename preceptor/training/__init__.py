"""Training: what people do. Rooms here publish rules and write records; only `standing` judges."""
