"""Worksheets and drafts on real disks: saved whole, merged with what others wrote, found again."""

import os
import signal
import stat
import subprocess
import sys
import textwrap
from contextlib import nullcontext
from datetime import date
from pathlib import Path

import pytest

from pl_guide.cli.worksheets import existing, state_folder
from pl_guide.content.loading import load_library
from pl_guide.errors import (
    AlreadyThere,
    CannotRead,
    CannotWrite,
    Left,
    NewerWorksheet,
    NotAWorksheet,
)
from pl_guide.records import replaced
from pl_guide.session.protocol import Reply
from pl_guide.session.reflection_sitting import NAME, reflect_in
from pl_guide.worksheet.format.markdown import format_worksheet
from pl_guide.worksheet.model import (
    Answer,
    Draft,
    FirstStep,
    Worksheet,
    blank_worksheet,
)
from pl_guide.worksheet.storage.atomic import check_place, write_new
from pl_guide.worksheet.storage.drafts import DraftBox
from pl_guide.worksheet.storage.store import FileKeeper, Stored, read_worksheet, save_worksheet
from support.needs import not_root, posix

BLANK = Worksheet(
    framework="standards",
    role="coach",
    title="Coach",
    heading="First actions",
    id="a1b2",
    answers=(
        Answer(question="vision", wording="What do we see?"),
        Answer(question="impact", wording="What comes of it?"),
    ),
)


def saying(text: str, sheet: Worksheet = BLANK, question: str = "vision") -> Worksheet:
    return sheet.with_answer(replaced(sheet.answer(question), reflections=text))


@pytest.fixture
def state(tmp_path: Path) -> Path:
    return tmp_path / "state"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "work").mkdir()
    return tmp_path / "work"


@pytest.fixture
def file(folder: Path) -> Path:
    return folder / "coach.md"


def refused(path: Path, sheet: Worksheet, base: Stored | None, state: Path) -> CannotWrite:
    """Try to save in vain; nothing in the folder may have changed."""
    before = {each.name: each.read_bytes() for each in path.parent.glob("*") if each.is_file()}
    with pytest.raises(CannotWrite) as caught:
        save_worksheet(path, sheet, base, state)
    after = {each.name: each.read_bytes() for each in path.parent.glob("*") if each.is_file()}
    assert after == before
    return caught.value


# --- A save ---


def test_what_was_saved_is_read_back(file, state):
    saved = save_worksheet(file, saying("Much."), None, state)
    assert read_worksheet(file) == saved.stored
    assert saved.stored.worksheet == saying("Much.")
    assert saved.merged is None


def test_a_save_leaves_nothing_beside_the_worksheet(folder, file, state):
    base = save_worksheet(file, BLANK, None, state).stored
    save_worksheet(file, saying("Much."), base, state)
    assert [each.name for each in folder.iterdir()] == ["coach.md"]


@pytest.mark.parametrize(
    "name",
    ["x" * 252 + ".md", "é" * 126 + ".md", "our plan for 2026.md", "-o.md", "a\nb.md", "…“”.md"],
)
def test_a_worksheet_is_saved_under_any_name_that_a_file_can_have(folder, state, name):
    path = folder / name
    check_place(path)
    base = save_worksheet(path, BLANK, None, state).stored
    save_worksheet(path, saying("Much."), base, state)
    assert read_worksheet(path).worksheet == saying("Much.")
    assert [each.name for each in folder.iterdir()] == [name]


@pytest.mark.parametrize("name", ["x" * 256, "x" * 297 + ".md"])
def test_a_name_too_long_for_the_disk_is_refused_with_the_reason(folder, state, name):
    assert "too long" in refused(folder / name, BLANK, None, state).reason


@posix
@pytest.mark.parametrize("mode", [0o600, 0o640, 0o664, 0o666, 0o700])
def test_a_save_keeps_the_permissions_of_the_file(file, state, mode):
    base = save_worksheet(file, BLANK, None, state).stored
    file.chmod(mode)
    save_worksheet(file, saying("Much."), base, state)
    assert stat.S_IMODE(file.stat().st_mode) == mode


@posix
def test_a_new_file_has_the_permissions_that_new_files_have(folder, file, state):
    (folder / "other").touch()
    save_worksheet(file, BLANK, None, state)
    assert file.stat().st_mode == (folder / "other").stat().st_mode


@posix
@pytest.mark.parametrize("there", [True, False])
def test_a_link_stays_a_link_and_the_file_behind_it_is_written(folder, tmp_path, state, there):
    target, link = tmp_path / "shared" / "plan.md", folder / "coach.md"
    target.parent.mkdir()
    base = save_worksheet(target, BLANK, None, state).stored if there else None
    link.symlink_to(Path("..") / "shared" / "plan.md")
    check_place(link)
    save_worksheet(link, saying("Much."), base, state)
    assert link.is_symlink()
    assert read_worksheet(target).worksheet == saying("Much.")
    assert [each.name for each in folder.iterdir()] == ["coach.md"]


@posix
def test_a_read_only_file_is_refused_before_the_first_question_and_at_each_save(file, state):
    base = save_worksheet(file, BLANK, None, state).stored
    file.chmod(0o444)
    with pytest.raises(CannotWrite, match="read-only"):
        check_place(file)
    assert "read-only" in refused(file, saying("Much."), base, state).reason
    file.chmod(0o644)
    assert save_worksheet(file, saying("Much."), base, state).stored == read_worksheet(file)


def test_a_missing_folder_is_refused_before_the_first_question_and_at_each_save(folder, state):
    path = folder / "gone" / "coach.md"
    with pytest.raises(CannotWrite, match="the folder for it isn't there"):
        check_place(path)
    assert "no such file" in refused(path, BLANK, None, state).reason
    assert not path.parent.exists()


def test_a_folder_removed_between_two_saves_is_said_and_not_made_again(folder, file, state):
    base = save_worksheet(file, BLANK, None, state).stored
    file.unlink()
    folder.rmdir()
    assert "no such file" in refused(file, saying("Much."), base, state).reason
    assert not folder.exists()


def test_a_folder_in_place_of_the_file_is_refused(folder, state):
    with pytest.raises(CannotWrite, match="folder"):
        check_place(folder)
    assert "directory" in refused(folder, BLANK, None, state).reason
    with pytest.raises(CannotRead):
        read_worksheet(folder)


def test_a_file_in_place_of_a_folder_is_refused(file, state):
    file.write_text("A file.")
    with pytest.raises(CannotWrite, match="not a directory"):
        check_place(file / "coach.md")
    assert "not a directory" in refused(file / "coach.md", BLANK, None, state).reason


def test_checking_the_place_leaves_everything_as_it_is(folder, file, state):
    check_place(file)
    assert list(folder.iterdir()) == []
    save_worksheet(file, BLANK, None, state)
    before = file.stat()
    check_place(file)
    assert file.stat() == before
    assert list(folder.iterdir()) == [file]


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_save_broken_off_at_any_step_leaves_the_file_as_it_was(
    folder, file, state, monkeypatch, step
):
    base = save_worksheet(file, BLANK, None, state).stored

    def broken_off(*_: object) -> None:
        raise KeyboardInterrupt

    owner = os if step == "fsync" else Path
    with monkeypatch.context() as patch:
        patch.setattr(owner, step, broken_off)
        with pytest.raises(KeyboardInterrupt):
            save_worksheet(file, saying("Much."), base, state)
    assert read_worksheet(file) == base
    assert list(folder.iterdir()) == [file]
    save_worksheet(file, saying("Much."), base, state)


def test_a_blank_worksheet_is_never_written_over_a_file(file):
    file.write_text("Mine.")
    with pytest.raises(AlreadyThere):
        write_new(file, b"Another.", force=False, instead="Choose another.")
    assert file.read_text() == "Mine."


def test_a_state_folder_that_cannot_be_written_does_not_stop_a_save(file, tmp_path):
    (tmp_path / "no-folder").write_text("A file stands here.")
    state = tmp_path / "no-folder" / "state"
    base = save_worksheet(file, BLANK, None, state).stored
    save_worksheet(file, saying("Much."), base, state)
    assert read_worksheet(file).worksheet == saying("Much.")


# --- A disk that is full or can't be written, for real ---


@pytest.fixture
def disk(tmp_path: Path):
    """A tiny disk of its own, where the system lets us have one."""
    place = tmp_path / "disk"
    place.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(place)]
    try:
        mounted = subprocess.run(command, capture_output=True, check=False).returncode == 0
    except OSError:
        mounted = False
    if not mounted:
        pytest.skip("no disk can be mounted here")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def fill(disk: Path) -> Path:
    """Use up what is free on a disk."""
    filler = disk / "filler"
    with filler.open("wb", buffering=0) as stream:
        try:
            while True:
                stream.write(b"x" * 4096)
        except OSError:
            return filler


def test_a_full_disk_leaves_the_file_as_it_was_and_nothing_beside_it(disk, state):
    file = disk / "coach.md"
    base = save_worksheet(file, saying("Much."), None, state).stored
    filler = fill(disk)
    assert "no space" in refused(file, saying("More. " * 100), base, state).reason
    assert read_worksheet(file) == base
    filler.unlink()
    save_worksheet(file, saying("More."), base, state)
    assert read_worksheet(file).worksheet == saying("More.")


def test_a_full_disk_for_the_state_stops_no_save_and_says_that_no_draft_is_kept(disk, file):
    fill(disk)
    keeper = FileKeeper(file, None, disk / "state")
    keeper.keep_draft("vision", "reflections", "typed " * 1000)
    assert "no space" in keeper.drafts.reason
    keeper.save(saying("Much."))
    assert read_worksheet(file).worksheet == saying("Much.")
    keeper.drafts.close()


def test_a_disk_that_became_read_only_is_said_and_the_file_stays(disk, state):
    file = disk / "coach.md"
    base = save_worksheet(file, BLANK, None, state).stored
    subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
    with pytest.raises(CannotWrite, match="read-only"):
        check_place(file)
    assert "read-only" in refused(file, saying("Much."), base, state).reason


@posix
@not_root
def test_a_folder_closed_to_writing_is_refused(folder, file, state):
    base = save_worksheet(file, BLANK, None, state).stored
    folder.chmod(0o555)
    with pytest.raises(CannotWrite, match="permission"):
        check_place(file)
    assert "permission" in refused(file, saying("Much."), base, state).reason
    folder.chmod(0o755)


AS_A_PROCESS = """
import os, sys
from pathlib import Path
from pl_guide.records import replaced
from pl_guide.worksheet.storage.drafts import DraftBox
from pl_guide.errors import CannotWrite
from pl_guide.worksheet.storage.store import read_worksheet, save_worksheet
from pl_guide.worksheet.model import Draft, FirstStep
file, state = Path(sys.argv[1]), Path(sys.argv[2])
"""


def process(script: str, *arguments: object, **options: object) -> subprocess.Popen[str]:
    code = AS_A_PROCESS + textwrap.dedent(script)
    return subprocess.Popen(
        [sys.executable, "-c", code, *map(str, arguments)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        **options,
    )


def said_by(running: subprocess.Popen[str], *, telling: str = "") -> str:
    out, err = running.communicate(telling, timeout=60)
    assert (running.returncode, err) == (0, "")
    return out


@posix
def test_a_file_that_may_not_grow_is_as_it_was_after_a_save_that_broke_off(folder, file, state):
    base = save_worksheet(file, BLANK, None, state).stored
    out = said_by(
        process(
            """
            import resource
            base = read_worksheet(file)
            answer = replaced(base.worksheet.answer("vision"), reflections="Much. " * 5000)
            resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
            try:
                save_worksheet(file, base.worksheet.with_answer(answer), base, state)
            except CannotWrite as error:
                print(error.reason)
            """,
            file,
            state,
            # What measures coverage would want a longer file.
            env={key: os.environ[key] for key in os.environ if not key.startswith("COVERAGE_")},
        )
    )
    assert out == "file too large\n"
    assert read_worksheet(file) == base
    assert list(folder.iterdir()) == [file]


# --- What can't be understood is never written over ---

NEWER = format_worksheet(BLANK).replace("plguide-worksheet: 2", "plguide-worksheet: 7")
UNREADABLE = [
    pytest.param(b"", NotAWorksheet, id="empty"),
    pytest.param(b"Notes of mine.\n", NotAWorksheet, id="notes"),
    pytest.param(b"---\nplguide-worksheet: 1\nrole: [\n---\n", NotAWorksheet, id="broken YAML"),
    pytest.param(format_worksheet(BLANK).encode("utf-16"), NotAWorksheet, id="UTF-16"),
    pytest.param(format_worksheet(saying("é")).encode("latin-1"), NotAWorksheet, id="Latin-1"),
    pytest.param(os.urandom(2000) + b"\xff", NotAWorksheet, id="random bytes"),
    pytest.param(NEWER.encode(), NewerWorksheet, id="a later format"),
]


@pytest.mark.parametrize(("raw", "error"), UNREADABLE)
def test_a_file_that_is_no_worksheet_is_not_read(file, raw, error):
    file.write_bytes(raw)
    with pytest.raises(error) as caught:
        read_worksheet(file)
    assert caught.value.path == str(file)


@pytest.mark.parametrize(("raw", "error"), UNREADABLE)
def test_a_file_that_became_no_worksheet_between_two_saves_is_left_alone(file, state, raw, error):
    base = save_worksheet(file, BLANK, None, state).stored
    file.write_bytes(raw)
    with pytest.raises(error) as caught:
        save_worksheet(file, saying("Much."), base, state)
    assert caught.value.path == str(file)
    assert file.read_bytes() == raw


@pytest.mark.parametrize("fields", [{"role": "teacher"}, {"framework": "another"}])
def test_another_worksheet_that_took_the_place_is_left_alone(file, state, fields):
    base = save_worksheet(file, BLANK, None, state).stored
    other = format_worksheet(replaced(saying("Theirs."), **fields)).encode()
    file.write_bytes(other)
    assert "another worksheet" in refused(file, saying("Ours."), base, state).reason
    assert "another worksheet" in refused(file, saying("Ours."), None, state).reason
    assert file.read_bytes() == other


def test_a_file_that_was_deleted_between_two_saves_is_written_again(file, state):
    base = save_worksheet(file, BLANK, None, state).stored
    file.unlink()
    save_worksheet(file, saying("Much."), base, state)
    assert read_worksheet(file).worksheet == saying("Much.")


# --- Others write too ---


def test_an_edit_between_two_saves_is_in_the_file_and_told(file, state):
    base = save_worksheet(file, BLANK, None, state).stored
    mark = "<!-- reflections: coach/impact -->\n\n### Reflections\n"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace(mark, f"{mark}\nTheirs.\n"), encoding="utf-8")
    saved = save_worksheet(file, saying("Ours."), base, state)
    assert saved.merged.taken == ("impact",)
    found = read_worksheet(file).worksheet
    assert found == saying("Theirs.", saying("Ours."), "impact")


def test_an_edit_of_the_same_answer_stands_beside_ours_marked(file, state):
    base = save_worksheet(file, BLANK, None, state).stored
    save_worksheet(file, saying("Theirs."), base, state)
    saved = save_worksheet(file, saying("Ours."), base, state)
    assert saved.merged.disputed == ("vision",)
    text = file.read_text(encoding="utf-8")
    assert text.index("Written here") < text.index("Ours.") < text.index("Theirs.")


def test_a_save_after_a_merge_builds_on_what_came_of_it(file, state):
    base = save_worksheet(file, BLANK, None, state).stored
    save_worksheet(file, saying("Theirs.", question="impact"), base, state)
    stored = save_worksheet(file, saying("Ours."), base, state).stored
    again = save_worksheet(file, saying("Ours, better.", stored.worksheet), stored, state)
    assert again.merged is None
    assert read_worksheet(file).worksheet.answer("impact").reflections == "Theirs."


def test_two_sessions_that_both_began_the_file_keep_both_beginnings(file, state):
    save_worksheet(file, replaced(saying("Theirs."), participants=("Ana",)), None, state)
    mine = replaced(saying("Ours.", question="impact"), participants=("Ben",))
    save_worksheet(file, mine, None, state)
    found = read_worksheet(file).worksheet
    assert [each.reflections for each in found.answers] == ["Theirs.", "Ours."]
    assert set(found.participants) == {"Ana", "Ben"}


def test_only_the_ends_of_lines_having_changed_is_no_dispute(file, state):
    base = save_worksheet(file, saying("One.\nTwo."), None, state).stored
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", b"\r\n"))
    saved = save_worksheet(file, saying("One.\nTwo.\nThree."), base, state)
    assert (saved.merged.taken, saved.merged.disputed) == ((), ())
    assert read_worksheet(file).worksheet == saying("One.\nTwo.\nThree.")


AT_EACH_WORD = """
me, mine = sys.argv[3], sys.argv[4]
stored, merges = read_worksheet(file), 0
print("ready", flush=True)
for turn, _ in enumerate(sys.stdin):
    sheet = stored.worksheet
    for question in ("vision", "impact"):
        answer = sheet.answer(question)
        step = FirstStep(text=f"{me} {question} step {turn}")
        sheet = sheet.with_answer(replaced(answer, first_steps=(*answer.first_steps, step)))
    answer = sheet.answer(mine)
    said = f"{answer.reflections}\\n\\n{me} says {turn}.".strip()
    sheet = sheet.with_answer(replaced(answer, reflections=said))
    saved = save_worksheet(file, sheet, stored, state)
    stored = saved.stored
    merges += saved.merged is not None
    print("saved", flush=True)
print(merges)
"""
TEAM = {"Ana": "vision", "Ben": "impact"}


def begin_both(file: Path, state: Path) -> list[subprocess.Popen[str]]:
    save_worksheet(file, BLANK, None, state)
    both = [process(AT_EACH_WORD, file, state, me, mine) for me, mine in TEAM.items()]
    assert [each.stdout.readline() for each in both] == ["ready\n", "ready\n"]
    return both


def check_that_all_is_there(file: Path, number: int) -> None:
    found = read_worksheet(file).worksheet
    for question in ("vision", "impact"):
        steps = [each.text for each in found.answer(question).first_steps]
        expected = [f"{me} {question} step {turn}" for me in TEAM for turn in range(number)]
        assert sorted(steps) == sorted(expected)
    for me, question in TEAM.items():
        said = found.answer(question).reflections.split("\n\n")
        assert said == [f"{me} says {turn}." for turn in range(number)]


@pytest.mark.slow
def test_two_programs_that_take_turns_in_saving_a_worksheet_lose_nothing(folder, file, state):
    both, number = begin_both(file, state), 25
    for _ in range(number):
        for each in both:
            each.stdin.write("save\n")
            each.stdin.flush()
            assert each.stdout.readline() == "saved\n"
    merges = [int(said_by(each)) for each in both]
    assert merges == [number - 1, number]
    check_that_all_is_there(file, number)
    assert list(folder.iterdir()) == [file]


def save_at_once(file: Path, state: Path, number: int) -> None:
    both = begin_both(file, state)
    for each in both:
        each.stdin.write("save\n" * number)
        each.stdin.flush()
    for each in both:
        assert said_by(each).count("saved\n") == number
    check_that_all_is_there(file, number)


@pytest.mark.slow
def test_two_programs_that_save_a_worksheet_at_the_same_time_lose_nothing(folder, file, state):
    save_at_once(file, state, 50)
    assert list(folder.iterdir()) == [file]


@pytest.mark.long
def test_two_programs_that_save_a_worksheet_very_often_lose_nothing(file, state):
    save_at_once(file, state, 500)


# --- Drafts ---

TYPED = Draft("vision", "reflections", "What I was ty")


def test_a_draft_is_found_again_after_its_session_ended(file, state):
    box = DraftBox(file, state)
    box.keep(TYPED)
    box.close()
    later = DraftBox(file, state)
    assert list(later.take_over()) == [TYPED]
    later.close()


def test_the_last_draft_is_the_one_that_is_found(file, state):
    box = DraftBox(file, state)
    for text in ("W", "What", "What I"):
        box.keep(Draft("vision", "reflections", text))
    box.close()
    assert [each.text for each in list(DraftBox(file, state).take_over())] == ["What I"]


@pytest.mark.parametrize("text", ["é 👩‍🏫 שלום", "two\n\nparagraphs", "\x1b[31m\x00", '"\\'])
def test_a_draft_of_any_text_is_found_as_it_was_typed(file, state, text):
    box = DraftBox(file, state)
    box.keep(Draft("vision", "reflections", text))
    box.close()
    assert [each.text for each in list(DraftBox(file, state).take_over())] == [text]


def test_a_draft_with_half_a_letter_is_kept_all_the_same(file, state):
    box = DraftBox(file, state)
    box.keep(Draft("vision", "reflections", "caf\udcc3"))
    box.close()
    assert [each.text for each in list(DraftBox(file, state).take_over())] == ["caf\ufffd"]
    assert box.reason == ""


def test_a_draft_is_gone_when_it_is_cleared(file, state):
    box = DraftBox(file, state)
    box.keep(TYPED)
    box.clear("vision", "reflections")
    box.close()
    assert list(DraftBox(file, state).take_over()) == []
    assert list((state / "drafts").glob("*.json")) == []


def test_a_draft_is_gone_when_its_text_was_deleted(file, state):
    box = DraftBox(file, state)
    box.keep(TYPED)
    box.keep(replaced(TYPED, text=""))
    box.close()
    assert list(DraftBox(file, state).take_over()) == []


def test_a_draft_can_be_kept_again_after_it_was_cleared(file, state):
    box = DraftBox(file, state)
    box.keep(TYPED)
    box.clear("vision", "reflections")
    box.keep(TYPED)
    box.close()
    assert list(DraftBox(file, state).take_over()) == [TYPED]


@posix
def test_a_draft_is_offered_when_its_session_was_killed_and_never_while_it_lives(file, state):
    running = process(
        """
        box = DraftBox(file, state)
        box.keep(Draft("vision", "reflections", "What I was ty"))
        print("kept", flush=True)
        sys.stdin.readline()
        """,
        file,
        state,
    )
    try:
        assert running.stdout.readline() == "kept\n"
        box = DraftBox(file, state)
        assert list(box.take_over()) == []
        box.close()
    finally:
        running.send_signal(signal.SIGKILL)
        running.communicate(timeout=60)
    box = DraftBox(file, state)
    assert list(box.take_over()) == [TYPED]
    box.clear("vision", "reflections")
    box.close()
    assert list(DraftBox(file, state).take_over()) == []


def test_drafts_of_several_ended_sessions_for_one_field_stand_below_one_another_oldest_first(
    file, state
):
    boxes = [DraftBox(file, state) for _ in range(3)]
    for number, box in enumerate(boxes):
        box.keep(Draft("vision", "reflections", f"draft {number}"))
    for number, each in enumerate(sorted((state / "drafts").glob("*.json"))):
        os.utime(each, (1000 - number, 1000 - number))
    for box in boxes:
        box.close()
    found = list(DraftBox(file, state).take_over())
    assert [each.text for each in found] == ["draft 2\n\ndraft 1\n\ndraft 0"]


def test_a_short_draft_is_not_taken_for_a_part_of_a_longer_word(file, state):
    boxes = [DraftBox(file, state) for _ in range(2)]
    for box, text in zip(boxes, ("I do not know", "no"), strict=True):
        box.keep(Draft("vision", "reflections", text))
    for box in boxes:
        box.close()
    (found,) = DraftBox(file, state).take_over()
    assert "no" in found.text.split()


@posix
def test_a_draft_belongs_to_its_worksheet_however_the_path_is_written(folder, file, state):
    box = DraftBox(file, state)
    box.keep(TYPED)
    box.close()
    (folder / "link.md").symlink_to(file)
    for path in (folder / ".." / folder.name / "coach.md", folder / "link.md"):
        found = DraftBox(path, state)
        assert list(found.take_over()) == [TYPED]
        found.close()
    assert list(DraftBox(folder / "other.md", state).take_over()) == []


@pytest.mark.parametrize("raw", [b"", b"{", b"null", b"7", b"[1, 2, 3]", b'["a"]', b"\xff\x00"])
def test_a_draft_that_was_damaged_keeps_nobody_from_working(file, state, raw):
    box = DraftBox(file, state)
    box.keep(TYPED)
    box.close()
    (draft,) = (state / "drafts").glob("*.json")
    draft.write_bytes(raw)
    assert list(DraftBox(file, state).take_over()) == []


def test_a_state_folder_that_cannot_be_written_is_said_and_stops_nothing(file, tmp_path):
    (tmp_path / "no-folder").write_text("A file stands here.")
    box = DraftBox(file, tmp_path / "no-folder" / "state")
    assert box.reason
    box.keep(TYPED)
    assert list(box.take_over()) == []
    box.clear("vision", "reflections")
    box.close()


# --- The whole of it, without a terminal: the command's own session, with a scripted person ---


class Person:
    """Answers every field from a list, then leaves; chooses what is wanted at the beginning."""

    opening = "keys"

    def __init__(self, *replies: Reply, choice: str = "continue") -> None:
        self.replies = list(replies)
        self.choice = choice
        self.asked: list[tuple[str, str, str]] = []
        self.told: list[str] = []
        self.keep = None

    def held(self):
        return nullcontext()

    def ask_text(self, prompt):
        self.asked.append((prompt.question.id, prompt.field, prompt.text))
        return self.replies.pop(0) if self.replies else Reply("leave", prompt.text)

    def ask_review(self, states):
        return Reply("accept")

    def ask_elsewhere(self, error, unsaved):
        raise error

    def tell(self, text):
        self.told.append(text)

    def end(self, error):
        raise error

    def choose(self, message, options):
        assert self.choice in [value for value, _ in options]
        return self.choice


@pytest.fixture
def sit(monkeypatch, state):
    """Run `reflect` for a coach as the terminal would, with a scripted person."""
    monkeypatch.setenv("PLGUIDE_STATE", str(state))
    library = load_library(None, only="coach")

    def run(path: Path, person: Person, *only: str, resume: bool = False) -> Person:
        role = library.role("coach")
        try:
            stored = existing(path, role, library)
            reflect_in(
                path, stored, library, role, person, state=state_folder(),
                people=[], only=list(only), resume=resume,
            )  # fmt: skip
        except Left:
            person.told.append("left")
        return person

    role = library.role("coach")
    run.ids = [each.id for each in role.questions]
    run.blank = blank_worksheet(library.framework, role)
    numbers = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
    before = {number: signal.getsignal(number) for number in numbers}
    yield run
    for number, handler in before.items():
        signal.signal(number, handler)


def leave_draft(file: Path, state: Path, draft: Draft) -> None:
    keeper = FileKeeper(file, None, state, NAME)
    keeper.keep_draft(draft.question, draft.field, draft.text)
    keeper.drafts.close()


def drafts_of(file: Path, state: Path) -> list[Draft]:
    box = DraftBox(file, state)
    found = list(box.take_over())
    box.close()
    return found


def test_a_draft_is_offered_where_it_was_typed_and_gone_once_it_is_accepted(sit, file, state):
    sit(file, Person())
    leave_draft(file, state, replaced(TYPED, question="evidence"))
    first = sit(file, Person(Reply("accept", "What I was typing.")), resume=True)
    assert first.asked[0] == (sit.ids[0], "reflections", "")
    person = sit(file, Person(Reply("accept", "Nothing.")), "evidence", resume=True)
    assert person.asked[0] == ("evidence", "reflections", "What I was ty")
    assert drafts_of(file, state) == []


@pytest.mark.parametrize("field", ["reflections", "first_steps"])
def test_a_draft_that_was_not_offered_is_there_the_next_time(sit, file, state, field):
    sit(file, Person())
    leave_draft(file, state, Draft(sit.ids[3], field, "What I was ty"))
    person = sit(file, Person(), sit.ids[0], resume=True)
    assert all(text == "" for _, _, text in person.asked)
    assert [each.text for each in drafts_of(file, state)] == ["What I was ty"]


def test_a_draft_of_one_question_outlives_a_session_about_another(sit, file, state):
    sit(file, Person())
    leave_draft(file, state, Draft(sit.ids[1], "reflections", "What I was ty"))
    done = [Reply("accept", "Said."), Reply("accept", "")]
    person = sit(file, Person(*done), sit.ids[0], resume=True)
    assert "left" not in person.told
    assert [each.text for each in drafts_of(file, state)] == ["What I was ty"]


def test_an_existing_worksheet_with_the_longest_name_can_be_gone_on_with(sit, folder):
    file = folder / ("x" * 252 + ".md")
    sit(file, Person(Reply("accept", "Said.")))
    person = sit(file, Person(choice="continue"))
    assert person.asked
    assert "Said." in file.read_text(encoding="utf-8")


def test_a_new_worksheet_beside_an_existing_one_leaves_that_untouched(sit, folder, file):
    sit(file, Person(Reply("accept", "Said.")))
    before = file.read_bytes()
    sit(file, Person(Reply("accept", "Anew."), choice="new"))
    assert file.read_bytes() == before
    assert "Anew." in (folder / "coach-2.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("place", ["gone/coach.md", "."])
def test_a_place_that_cannot_be_saved_in_is_refused_before_anything_is_asked(sit, folder, place):
    person = Person()
    with pytest.raises((CannotWrite, CannotRead)):
        sit(folder / place, person)
    assert person.asked == person.told == []


@posix
def test_a_read_only_worksheet_is_refused_before_anything_is_asked(sit, file):
    sit(file, Person())
    file.chmod(0o444)
    person = Person()
    with pytest.raises(CannotWrite):
        sit(file, person, resume=True)
    assert person.asked == person.told == []


def test_a_session_goes_on_without_a_state_folder_and_says_so(sit, file, tmp_path, monkeypatch):
    (tmp_path / "no-folder").write_text("A file stands here.")
    monkeypatch.setenv("PLGUIDE_STATE", str(tmp_path / "no-folder" / "state"))
    person = sit(file, Person(Reply("accept", "Said.")))
    assert "Said." in file.read_text(encoding="utf-8")
    assert any("can't be kept" in each for each in person.told)


def test_a_step_added_by_one_session_is_seen_by_the_other_at_its_next_save(sit, file, state):
    sheet = saying("", sit.blank, sit.ids[0])
    stored = save_worksheet(file, sheet, None, state).stored
    question = sit.ids[2]
    other = sheet.with_answer(
        replaced(sheet.answer(question), first_steps=(FirstStep(text="Call Dora"),))
    )

    class Late(Person):
        def ask_text(self, prompt):
            if not self.asked:
                save_worksheet(file, other, stored, state)
            return super().ask_text(prompt)

    person = sit(file, Late(Reply("accept", "Ours.")), resume=True)
    assert any("question 3" in each for each in person.told)
    text = file.read_text(encoding="utf-8")
    assert "Ours." in text
    assert "- [ ] Call Dora" in text


def test_a_session_is_dated_today(sit, file):
    sit(file, Person(Reply("accept", "Said.")))
    found = read_worksheet(file).worksheet
    assert date.fromisoformat(found.started[:10]) <= date.fromisoformat(found.updated[:10])


@posix
@pytest.mark.parametrize(
    "command",
    [
        ["worksheet", "--role", "coach"],
        ["reflect", "--role", "coach", "--resume", "--answers", "ANSWERS"],
        ["plan", "--format", "csv", "--force"],
    ],
)
def test_what_is_no_ordinary_file_is_never_replaced(plguide, tmp_path, command):
    place, answers = tmp_path / "pipe.md", tmp_path / "answers.yaml"
    os.mkfifo(place)
    answers.write_text("vision:\n  reflections: Much.\n", encoding="utf-8")
    given = [str(answers) if each == "ANSWERS" else each for each in command]
    if command[0] == "plan":
        given.insert(1, str(tmp_path / "no-worksheets"))
    done = plguide(*given, "-o", place, env={"PLGUIDE_STATE": str(tmp_path / "state")})
    assert done.code == 4
    assert place.is_fifo()
