"""Requirements: what obliges people, in versions, each with its source.

Owns the closed language of rules: audiences, criteria and transitions, with strict reading and plain wording. Promises that a
published version is never edited and that whatever a rule says can be read, written and said in a sentence. Refuses to judge.
"""
