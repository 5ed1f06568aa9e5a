"""What is done about a child's risk, plans and assessments: judge, agree, print, decide, ask, fill in, sign."""

from arasha.cases.actions import FileNotThere
from arasha.kernel.access.actions import TooManyToday
from arasha.plans.actions.asking import (
    AskedAlready,
    AssessmentNotThere,
    AssessmentOpen,
    DayPast,
    UnitNotAskable,
    ask_part,
    end_assessment,
    note_application,
    open_assessment,
    pass_on_part,
)
from arasha.plans.actions.drafting import (
    DraftKept,
    DraftNotThere,
    DraftTooLong,
    Window,
    save_plan_draft,
    settle_plan_draft,
)
from arasha.plans.actions.eligibility import FactDoesNotFit, OverruleReasonMissing, decide_eligibility, state_fact
from arasha.plans.actions.exporting import export_assessment
from arasha.plans.actions.filling import (
    NotTold,
    PartNotThere,
    begin_apart,
    begin_part,
    carry_over_part,
    correct_part,
    save_part,
    settle_part_copy,
    submit_part,
    tell_confidential,
)
from arasha.plans.actions.handing_over import DoesNotFit, HandedOver, hand_over, hand_over_many
from arasha.plans.actions.places import (
    Asking,
    OfferingNotThere,
    PlaceChanged,
    PlaceNotThere,
    ask_place,
    record_step,
)
from arasha.plans.actions.places_clock import owe_hand_overs, tell_of_waiting
from arasha.plans.actions.reminding import remind_of_late_parts
from arasha.plans.actions.risk import judge_risk
from arasha.plans.actions.safety_plan import PlanChanged, make_safety_plan, print_safety_plan
from arasha.plans.actions.summing_up import (
    NothingToSign,
    SummaryNotThere,
    ViewMissing,
    begin_summary,
    put_view,
    save_summary,
    settle_summary_copy,
    sign_summary,
    submit_summary,
)

__all__ = [
    "AskedAlready",
    "Asking",
    "AssessmentNotThere",
    "AssessmentOpen",
    "DayPast",
    "DoesNotFit",
    "DraftKept",
    "DraftNotThere",
    "DraftTooLong",
    "FactDoesNotFit",
    "FileNotThere",
    "HandedOver",
    "NotTold",
    "NothingToSign",
    "OfferingNotThere",
    "OverruleReasonMissing",
    "PartNotThere",
    "PlaceChanged",
    "PlaceNotThere",
    "PlanChanged",
    "SummaryNotThere",
    "TooManyToday",
    "UnitNotAskable",
    "ViewMissing",
    "Window",
    "ask_part",
    "ask_place",
    "begin_apart",
    "begin_part",
    "begin_summary",
    "carry_over_part",
    "correct_part",
    "decide_eligibility",
    "end_assessment",
    "export_assessment",
    "hand_over",
    "hand_over_many",
    "judge_risk",
    "make_safety_plan",
    "note_application",
    "open_assessment",
    "owe_hand_overs",
    "pass_on_part",
    "print_safety_plan",
    "put_view",
    "record_step",
    "remind_of_late_parts",
    "save_part",
    "save_plan_draft",
    "save_summary",
    "settle_part_copy",
    "settle_plan_draft",
    "settle_summary_copy",
    "sign_summary",
    "state_fact",
    "submit_part",
    "submit_summary",
    "tell_confidential",
    "tell_of_waiting",
]
