"""What the report says in sentences, the framework's nouns in the places named for them."""

TITLE = "Where teams stand"
UNREAD = "{files} couldn't be read, and {are} not counted here."
ANSWERED = "{teams} answered {answered} of {total} {questions}. "
PLANNED = "{steps} {are} planned: {done} done and {open} open{overdue}."
ONE_TEAM = "Each worksheet counts as one team."
NO_REFLECTIONS = (
    "This page has counts, {questions} and {first_steps}. What people wrote under “{reflections}” "
    "isn't on it: their thinking stays theirs."
)
WHAT_COUNTS_TELL = (
    "This page counts what teams have thought through, and which {first_steps} they have planned "
    "and done. What has changed further along this chain, no count here can tell; the evidence "
    "that teams gather as they check in on their {steps} can."
)

DUE_AND_OVERDUE = (
    "Of the {first_steps}, “due” are those with a date in the next {days} days, “overdue” those "
    "whose date is past; both are among the open ones."
)
FOLDERS_LEFT_OUT = (
    "These are {shown} of {folders}, those with the most overdue; the others are counted in all "
    "sums above. To see every worksheet: "
)
TEAMS_LEFT_OUT = (
    "These are the teams with the most overdue, then the most due, then the fewest answers. The "
    "other {left} are left out here, and counted in all sums and sections. To see every one: "
)

TEAMS_COUNTED = (
    "Each number says for how many teams this holds. A team counts where a {question} that touches "
    "the {standard} has an answer, or {first_steps}."
)
ROLES_LEFT_OUT = "These are the {shown} {roles} with the most teams; {others} left out of this map."
NO_WORKSHEET = "There is no worksheet yet of: {titles}."
OTHER_CONTENT = (
    "{worksheets} left out of this map: of another framework, or a {role} that this content "
    "doesn't have."
)

NONE_PLANNED = "No {first_step} has been planned yet."
NONE_DATED = "No {first_step} has a date yet."
NONE_OVERDUE = "No {first_step} is overdue."
NONE_COMING = "No open {first_step} has a date to come."
NOT_SHOWN = "Not shown here: {kinds}."
LONGEST_OVERDUE = "These {shown} are the longest overdue"
SOONEST = "These {shown} are the soonest"
MORE = "{these}; there {are} {left} more. To list all: "
