"""The design system: layout, macros, fields, route() and render().

Owns how every page is reached and drawn. Promises that a route says who may use it, that a page is drawn without
asking the database, and that NHS components are bound once. Refuses rules and data: a page object brings everything
it shows.
"""
