"""What is said of a command that was typed in a way it doesn't work."""

TWO_TO_MERGE = "name at least two worksheets to merge"
TWO_AND_BASE = "takes exactly two files, and no --anonymous"
FOLDER_OR_CONTENT = "give FOLDER, or --content, not both"
FROM_OR_BLANK = "give --from ROLE, or --blank, not both"
WHICH_ROLE = "say which role with --role"
OTHER_ENDING = "{name} would be {found}, and this isn't. Write {fit}."
NO_DATE = "“{text}” isn't a date; try 2026-09-01, “Dec 15”, friday or +2w."
NARROWS_A_ROLE = "{option} narrows a {role}'s guide; {title} is none."
TAKES_ONE = "--to {name} takes one worksheet, and {found}. For many: {many}."
NEEDS_A_FILE = "--to {name} makes one file from all of them. Name it with -o FILE."
REFLECT_OTHERWISE = (
    "Run it in a terminal; or fill a worksheet from a file with --answers;\n"
    "or take a blank one: plguide worksheet --role coach -o coach.md"
)
CHECK_IN_OTHERWISE = (
    "Run it in a terminal; or tick the steps' boxes in the file with any editor.\n"
    "To see what is due: plguide plan --open --due-before +2w"
)
