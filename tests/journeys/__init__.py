"""Stories of people using Preceptor, told in a real browser, with axe on every page they come to."""
