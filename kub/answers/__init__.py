"""Question + chart + words = Answer: what screen, slide, sheet and paper all show.

`catalog` says which charts there are and what each needs, `answer` builds one, `step` builds it
again from codes.
"""
