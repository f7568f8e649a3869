"""Config: settings, URLs, middleware, navigation. Knows every floor; no floor knows it. Nothing else reads the environment."""
