"""What a policy allows at worst: proofs, and counter-examples that anybody can try.

`prove` puts the questions of `questions/` to a policy. Each is a formula about all changes; a
solver finds a change for which it holds, or proves that there is none. What it finds is drawn as a
change and decided by the evaluator itself before anything is said about it.
"""

from warden_policies.prove.comparison import Comparison, Relation, compare
from warden_policies.prove.report import prove
from warden_policies.prove.solver import ProverMissing

__all__ = ["Comparison", "ProverMissing", "Relation", "compare", "prove"]
