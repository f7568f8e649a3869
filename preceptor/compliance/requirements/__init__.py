"""Requirements: what obliges people, in versions, each with its source.

Owns the closed language of rules (audiences, criteria, transitions), the national catalogue, what each organisation
took over from it or decided itself and why, and the adjustments that ease it: leave, exemptions, extensions. Promises
that a published version is never edited, and that whatever a rule says can be read, written and said in a sentence.
Refuses to judge, and to oblige anyone but the people engaged at a requirement's owner.
"""
