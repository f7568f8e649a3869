"""Digital services to patients: what a practice offers, with whose product, who must be able to, and what to say.

Owns the terms a service is offered on, the roles a practice chose for it, and its own texts. Promises that what is
offered and since when stays with the organisation, where rules look for it, and that nothing agreed is overwritten.
Refuses to judge: whoever is able is in date at the skills of the service, as `standing` says.
"""
