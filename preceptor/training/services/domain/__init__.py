"""Services to patients as values: what ships about each, on which terms it is offered, and who is able."""
