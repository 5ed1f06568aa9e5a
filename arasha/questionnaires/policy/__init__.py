"""Who may do what with forms and responses."""

from arasha.questionnaires.policy.answering import may_answer, may_begin

__all__ = ["may_answer", "may_begin"]
