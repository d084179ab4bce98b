"""Words for errors: what is wrong, and what to do instead; pure."""

from pl_guide.errors import (
    AlreadyThere,
    CannotRead,
    CannotWrite,
    NewerWorksheet,
    NotAWorksheet,
    OtherWorksheet,
    UnlikeWorksheets,
    WorksheetError,
)


def worksheet_words(error: WorksheetError) -> str:
    """Return the words for what is wrong with a worksheet's file."""
    instead = f" {error.instead}" if error.instead else ""
    match error:
        case CannotRead():
            return f"{error.path} can't be read: {error.reason}."
        case CannotWrite():
            return f"{error.path} can't be saved: {error.reason}."
        case NewerWorksheet():
            return (
                f"{error.path} was written by a later plguide (format {error.version}; this one "
                f"knows {error.known}). It is untouched. Update plguide to go on with it."
            )
        case OtherWorksheet():
            return (
                f"{error.path} is a worksheet for {error.found}, not for {error.wanted}. It is "
                f"untouched.{instead}"
            )
        case UnlikeWorksheets():
            return (
                f"{error.path} is a worksheet for {error.found}, {error.other} one for "
                f"{error.wanted}. Only worksheets for one role of one framework go together. "
                "Nothing was written."
            )
        case AlreadyThere():
            return f"{error.path} is there already, and is untouched.{instead}"
        case NotAWorksheet():
            return f"{error.path} isn't a worksheet: {error.why}. It is untouched.{instead}"
    raise error
