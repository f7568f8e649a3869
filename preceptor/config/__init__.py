"""Config: settings, URLs, middleware, navigation, and the server that is started when no other is named.

Knows every floor; no floor knows it. Nothing else reads the environment.
"""
