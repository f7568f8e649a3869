"""The digital capability self-assessment: how sure people feel with technology, and where they need to be.

Owns the answers, which are the person's alone: nobody else sees them, the journal neither, and they may delete them.
Promises suggestions for what to learn next. A place sees figures of whole groups of five people or more, as they stood
at the end of last month, so that no answer can be worked out of two figures. Obliges nobody and judges nobody.
"""
