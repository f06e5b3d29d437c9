"""Cases of a former system in bulk: checked line by line, and copied in as the services would write them.

A line is one case with its lead (`lines`). It comes in as a running case does that somebody enters by hand:
in back-entry, every act an event on its legal day along the allowed edges, its deadlines computed, every
entry of the record chained. Left out is what rests on papers, which lie in the former system: the guards that
ask for documents, proofs or approvals, the proposals themselves, and the tasks to file papers. Handlers add
what they need while the case is in back-entry.
"""
