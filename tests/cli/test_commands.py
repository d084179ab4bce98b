"""What each command gives, and how it answers what it can't do."""

import io
import json

import pytest
import yaml

from pl_guide.cli.result import Result, deliver


def keys(mapping):
    return set(mapping)


def test_without_a_command_the_help_shows_all_commands_in_sections(plguide):
    found = plguide()
    assert found.code == 0
    for text in ("Read:", "Compare:", "show", "crosswalk", "validate", "plguide show coach"):
        assert text in found.out


def test_a_misspelt_command_is_answered_with_the_nearest(plguide):
    found = plguide("shwo", "coach")
    assert found.code == 2
    assert "“shwo”" in found.err
    assert "Did you mean show" in found.err


def test_roles_lists_each_role_with_the_id_to_type(plguide):
    found = plguide("roles")
    assert found.code == 0
    for text in ("System/central office", "`system-office`", "`coach`", "| 17 | 8 |"):
        assert text in found.out


def test_roles_as_json_are_the_roles_in_order(plguide):
    roles = json.loads(plguide("roles", "--format", "json").out)
    assert [role["id"] for role in roles][:3] == [
        "state-commissioner",
        "superintendent",
        "system-office",
    ]


def test_standards_lists_ids_and_codes_by_category(plguide):
    out = plguide("standards").out
    assert out.index("## Rigorous Content") < out.index("`CAI`") < out.index("## Transformational")
    assert "`culture-of-collaborative-inquiry`" in out


@pytest.mark.parametrize(
    "name", ["system-office", "central-office", "System/central office", "SYSTEM-OFFICE"]
)
def test_show_finds_a_role_by_id_alias_and_title_whatever_the_case(plguide, name):
    found = plguide("show", name)
    assert found.code == 0
    assert found.out.startswith("# System/central office\n")


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("evidence", "Evidence"),
        ("EV", "Evidence"),
        ("evidence-2", "Evidence"),
        ("conditions-for-success", "Conditions for Success"),
        ("learning-drivers", "Equity Drivers"),
        ("framework", "Standards for Professional Learning"),
    ],
)
def test_show_finds_standards_constructs_categories_and_the_framework(plguide, name, title):
    found = plguide("show", name)
    assert found.code == 0
    assert found.out.startswith(f"# {title}\n")


def test_show_answers_an_unknown_name_with_the_nearest_ones(plguide):
    found = plguide("show", "coahc")
    assert (found.code, found.out) == (2, "")
    assert "Did you mean coach" in found.err
    assert "plguide roles" in found.err


def test_a_role_as_json_has_the_keys_of_its_file(plguide, content):
    shown = json.loads(plguide("show", "coach", "--format", "json").out)
    written = yaml.safe_load((content / "roles/coach.yaml").read_text("utf-8"))
    assert keys(written) <= keys(shown)
    assert shown["responsibilities"] == written["responsibilities"]
    assert shown["questions"] == written["questions"]
    assert "Learning Forward" in shown["attribution"]


def test_the_framework_as_json_has_the_keys_of_its_file(plguide, content):
    shown = json.loads(plguide("show", "framework", "--format", "json").out)
    written = yaml.safe_load((content / "standards.yaml").read_text("utf-8"))
    assert keys(written) <= keys(shown)
    assert [each["id"] for each in shown["standards"]] == [
        each["id"] for each in written["standards"]
    ]
    assert shown["roles"][4] == {"id": "coach", "title": "Coach"}


def test_a_standard_as_json_says_what_each_role_does_for_it(plguide):
    shown = json.loads(plguide("show", "implementation", "--format", "json").out)
    office = next(each for each in shown["roles"] if each["id"] == "system-office")
    assert [each["id"] for each in office["responsibilities"]] == [
        "change-management",
        "practice-and-feedback",
    ]
    assert office["questions"] == []


def test_a_section_shows_alone_with_title_and_basis(plguide):
    out = plguide("show", "coach", "--section", "questions").out
    assert out.startswith("# Coach\n")
    assert "## Questions" in out
    assert "Derived:" in out
    assert "## Responsibilities" not in out


def test_sections_may_be_asked_for_more_than_once(plguide):
    out = plguide("show", "coach", "--section", "resources", "--section", "purpose").out
    assert out.index("## Resources") < out.index("## Purpose")


def test_an_unknown_section_is_answered_with_those_there_are(plguide):
    found = plguide("show", "coach", "--section", "foundations")
    assert found.code == 2
    assert "purpose, responsibilities, questions and resources" in found.err


def test_a_section_as_json_has_only_its_key_beside_what_it_is(plguide):
    shown = json.loads(plguide("show", "coach", "--section", "questions", "--format", "json").out)
    assert "questions" in shown
    assert "basis" in shown
    assert "responsibilities" not in shown
    assert "purpose" not in shown


def test_a_category_narrows_a_guide_to_its_responsibilities_and_questions(plguide):
    shown = json.loads(
        plguide("show", "coach", "--category", "conditions-for-success", "--format", "json").out
    )
    assert {each["category"] for each in shown["responsibilities"]} == {"conditions-for-success"}
    assert [each["id"] for each in shown["questions"]] == [
        "vision",
        "equity",
        "continuous-improvement",
        "investments",
    ]


def test_a_standard_narrows_a_guide_to_what_serves_it(plguide):
    shown = json.loads(plguide("show", "coach", "--standard", "EV", "--format", "json").out)
    assert [each["id"] for each in shown["responsibilities"]] == ["reading-data-together"]
    assert [each["id"] for each in shown["questions"]] == ["evidence", "impact"]


def test_narrowing_what_is_no_guide_is_wrong_usage(plguide):
    found = plguide("show", "evidence", "--standard", "EV")
    assert found.code == 2
    assert "--standard" in found.err


def test_a_standard_that_does_not_exist_is_answered_with_the_nearest(plguide):
    found = plguide("show", "coach", "--standard", "evidnce")
    assert found.code == 2
    assert "Did you mean evidence" in found.err


def test_ids_of_questions_show_when_asked_for(plguide):
    assert "`feedback-that-sticks`" in plguide("show", "coach", "--ids").out
    assert "feedback-that-sticks" not in plguide("show", "coach").out


@pytest.mark.parametrize("name", ["coach", "system-office", "framework"])
def test_a_whole_guide_says_whose_work_it_rests_on_and_that_it_is_independent(plguide, name):
    out = plguide("show", name).out
    assert "by Learning Forward" in out
    assert "neither made nor endorsed" in out


@pytest.mark.parametrize(
    "arguments",
    [
        ["show", "coach"],
        ["show", "coach", "--section", "questions"],
        ["show", "coach", "--standard", "evidence"],
        ["show", "evidence"],
        ["show", "conditions-for-success"],
        ["compare", "coach", "system-office"],
        ["crosswalk"],
        ["roles"],
        ["search", "coaching"],
    ],
)
@pytest.mark.parametrize("form", ["markdown", "terminal"])
def test_whatever_shows_a_derived_role_says_so_and_where_the_official_guide_is(
    plguide, arguments, form
):
    out = plguide(*arguments, "--format", form, env={"COLUMNS": "200"}).out
    said = [line for line in out.splitlines() if "erived" in line]
    assert said
    assert "standards.learningforward.org" in " ".join(out.split())


def test_a_role_that_follows_a_guide_does_not_call_itself_derived(plguide):
    assert "Derived" not in plguide("show", "system-office").out
    assert "Derived" not in plguide("compare", "system-office", "external-partner").out


def test_search_ranks_what_has_all_words_first_and_marks_them(plguide):
    out = plguide("search", "coaching", "feedback").out
    first = next(line for line in out.splitlines() if line.startswith("- "))
    assert "**feedback**" in first.lower()
    assert "**coach" in first.lower()


def test_search_finds_accents_case_and_longer_words(plguide, content):
    role = content / "roles/coach.yaml"
    role.write_text(
        role.read_text("utf-8").replace("title: Coach", "title: Émile's Cafés"), "utf-8"
    )
    hits = json.loads(plguide("search", "CAFE", "--content", content, "--format", "json").out)
    assert hits[0]["passage"]["show"] == "coach"
    assert hits[0]["passage"]["kind"] == "title"


def test_search_in_one_role_finds_nothing_of_others(plguide):
    hits = json.loads(
        plguide("search", "learning", "--role", "teacher", "--limit", 0, "--format", "json").out
    )
    assert len(hits) > 5
    assert {hit["passage"]["show"] for hit in hits} == {"teacher"}


def test_search_looks_into_every_kind_of_text(plguide):
    hits = json.loads(plguide("search", "the", "--limit", 0, "--format", "json").out)
    assert {hit["passage"]["kind"] for hit in hits} == {
        "title", "overview", "category", "statement", "construct", "foundation",
        "theory_of_change", "resource", "purpose", "responsibilities_note", "responsibility",
        "question",
    }  # fmt: skip


def test_a_search_that_finds_much_shows_the_best_and_says_how_many_there_are(plguide):
    found = plguide("search", "learning")
    assert found.out.count("\n- ") == 20
    assert "best 20 of" in found.err
    assert "--limit 0" in found.err


def test_a_search_that_finds_nothing_suggests_words_that_are_there(plguide):
    found = plguide("search", "feedbak")
    assert (found.code, found.out) == (0, "")
    assert "feedback" in found.err


def test_crosswalk_counts_and_names_the_gaps(plguide):
    out = plguide("crosswalk").out
    lines = [line for line in out.splitlines() if line.startswith("| Implementation ")]
    assert lines[0] == "| Implementation | 2 | 2 | 2 | 2 | 2 | 2 | 2 |"
    assert lines[1] == "| Implementation | 1 | 1 | – | 1 | 1 | 1 | – |"
    gaps = out[out.index("## Gaps") :]
    assert "**System/central office**: no question on Curriculum" in gaps


def test_crosswalk_of_constructs_shows_thin_places(plguide):
    rows = json.loads(plguide("crosswalk", "--constructs", "--format", "json").out)
    assert len(rows) == 33
    thin = next(row for row in rows if row["id"] == "resources-2")
    for role in ("system-office", "external-partner"):
        assert thin["roles"][role] == {"responsibilities": [], "questions": []}


def test_compare_pairs_the_two_guides_as_they_run_parallel(plguide):
    pairs = json.loads(
        plguide("compare", "system-office", "external-partner", "--format", "json").out
    )
    numbers = json.loads(plguide("show", "external-partner", "--format", "json").out)
    order = [each["id"] for each in numbers["responsibilities"]]
    found = [order.index(pair["right"]["id"]) + 1 if pair["right"] else None for pair in pairs]
    assert found == [*range(1, 14), None, 14, 15, 16]
    assert all(pair["left"] for pair in pairs)


def test_compare_leaves_nothing_of_either_role_out(plguide):
    out = plguide("compare", "coach", "principal").out
    for role in ("coach", "principal"):
        shown = json.loads(plguide("show", role, "--format", "json").out)
        for each in shown["responsibilities"]:
            assert out.count(each["text"]) == 1


def test_comparing_with_a_standard_says_that_it_is_no_role(plguide):
    found = plguide("compare", "coach", "evidence")
    assert found.code == 2
    assert "no role “evidence”" in found.err


def test_validate_without_a_folder_checks_what_is_shipped(plguide):
    found = plguide("validate")
    assert (found.code, found.out) == (0, "")
    assert "11 standards, 7 roles" in found.err


def test_the_environment_may_name_the_content_folder(plguide, content):
    role = content / "roles/coach.yaml"
    role.write_text(role.read_text("utf-8").replace("title: Coach", "title: Our Coach"), "utf-8")
    found = plguide("show", "coach", env={"PLGUIDE_CONTENT": str(content)})
    assert found.out.startswith("# Our Coach\n")


def test_ctrl_c_ends_with_its_own_code_and_no_traceback(plguide, monkeypatch):
    def interrupted(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr("pl_guide.cli.commands.show.load_library", interrupted)
    found = plguide("show", "coach")
    assert found.code == 130
    assert "Traceback" not in found.err


class Terminal(io.StringIO):
    """A stdout that is a terminal."""

    def isatty(self) -> bool:
        return True


def test_in_a_terminal_a_finished_text_cannot_steer_it_and_its_lines_just_end(monkeypatch):
    screen = Terminal()
    monkeypatch.setattr("sys.stdout", screen)
    assert deliver(Result(body=["a,b\r\n", "\x1b[2J,c\r\n"])) == 0
    assert screen.getvalue() == "a,b\n␛[2J,c\n"


def test_what_comes_in_pieces_is_written_before_the_rest_is_made(monkeypatch):
    screen = io.StringIO()
    monkeypatch.setattr("sys.stdout", screen)
    seen = []

    def pieces():
        for piece in ("a", "b"):
            seen.append(screen.getvalue())
            yield piece

    remarks = (str(len(seen)) for _ in range(1))
    assert deliver(Result(body=pieces(), remarks=remarks, code=lambda: len(seen))) == 2
    assert seen == ["", "a"]
