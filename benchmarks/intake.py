"""One thorough intake: all twelve questions and two branches."""

CHOICES = {
    "q1_help_with": {"alcohol", "medicines"},
    "q2_goal": {"abstain_all"},
    "q3_stage": {"some_months"},
    "q4_mental_health": {"yes_hard_in_groups"},
    "q5_safety_history": {"yes_take_into_account"},
    "b5_safe": {"ask_before_touch", "may_pass_or_leave"},
    "q6_medicines": {"psychiatric_or_pain"},
    "q7_format": {"dialogue", "activity"},
    "q8_structure": {"own_way"},
    "q9_avoid": {"touch", "powerless_language"},
    "q10_belief": {"secular_preferred"},
    "q11_experience": {"left_mixed"},
    "b11_reasons": {"format", "rank_pressure"},
    "q12_travel": {"60"},
    "q12_mode": {"either"},
    "q12_times": {"evening", "weekend"},
    "q12_language": {"nb"},
}
MARKS = {"q7_format", "q9_avoid"}
HOME = "Hamar"
