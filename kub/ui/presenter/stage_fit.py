"""What the stage leaves out of a long chart, so that its smallest
letters are read from the last row of a hall.
"""

from dataclasses import fields, replace

from kub.answers.answer import Answer
from kub.answers.catalog import spec_of
from kub.answers.sizes import Stage
from kub.answers.step import Step


def stage_size(answer: Answer) -> Stage:
    """How much of the stage the chart of this answer needs, in px."""
    return answer.sizes.on_stage(answer.frame)


def shortened(step: Step) -> Step:
    """The step with no more drawn than the stage has room for. Its finding stays the same."""
    spec = spec_of(step.named)
    # Only an option that the chart has: any other would be refused as misspelt.
    known = {option.name for option in fields(spec.options)}
    if "most" not in known or spec.sizes.rows is None:
        return step
    return replace(step, view={**step.view, "most": spec.sizes.rows})


def left_out(answer: Answer) -> int:
    """How many rows of this answer its chart leaves out here."""
    if answer.figure is None:
        return 0
    return answer.sizes.left_out(answer.frame)
