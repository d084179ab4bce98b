"""The shipped content: its counts, its order, its references, and the rules of its wording."""

import re
import subprocess

import pytest

from pl_guide.content.files import shipped_folder
from pl_guide.content.loading import load_library
from pl_guide.library import Library
from support.program import ROOT, SHARED

OWN_WORDS = SHARED / "tools" / "own_words"

CODES = ["EP", "CAI", "PE", "ED", "EV", "LD", "IM", "EF", "CI", "LE", "RE"]

# The crosswalk of the two roles that follow an official guide: constructs by code and number.
CROSSWALK = {
    "system-office": (
        "EP1|EP2|CAI1 CAI2 CAI3|PE1 PE2|ED1 EF2|ED2 ED3|LD1 LD2 LD3|EV1 EV2 EV3|IM1|IM2 IM3 RE1|"
        "EF1 EF2 EF3|LE1|RE1|LE2 PE3|LE3|LE2 PE2|CI1 CI2 RE1"
    ),
    "external-partner": (
        "EP1 EP3|EP2|CAI1 CAI2 CAI3|PE1 PE2|ED1 EF2|ED2 ED3|LD1 EV2|EV1 EV2 EV3|IM1|IM2 IM3|"
        "EF1 EF2|LE1|RE1 RE3|LE3|LE2 PE2|CI1 CI2"
    ),
    "state-commissioner": (
        "EP1 EP3|EP2|CAI1 CAI2 CAI3|PE1 PE3|ED1|ED2 ED3|LD1 LD2 LD3|EV1 EV2 EV3|IM1|IM2 IM3|"
        "EF1 EF2 EF3|LE1|RE1 RE2 RE3|LE2 PE3|LE3|LE2 PE2|CI1 CI2 CI3"
    ),
    "teacher": (
        "EP1 EP3|EP2|CAI1 CAI2 CAI3|PE1 PE2 PE3|ED2|ED1 ED3|LD1 LD2 LD3|EV1 EV2 EV3|IM1|IM2 IM3|"
        "EF1|LE3|RE1 RE2 RE3|CI1 CI2 CI3"
    ),
}


@pytest.fixture(scope="module")
def library() -> Library:
    return load_library()


def codes(library: Library, ids: tuple[str, ...]) -> str:
    found = []
    for construct in library.constructs_of(ids):
        code = library.standards_by_id[construct.id].code
        found.append(f"{code}{construct.id.rsplit('-', 1)[1]}")
    return " ".join(found)


def test_the_framework_has_three_categories_with_three_four_and_four_standards(library):
    counts = {
        category.title: len(library.standards_in(category))
        for category in library.framework.categories
    }
    assert counts == {
        "Rigorous Content for Each Learner": 3,
        "Transformational Processes": 4,
        "Conditions for Success": 4,
    }


def test_the_standards_stand_in_the_order_of_the_guides(library):
    assert [standard.code for standard in library.framework.standards] == CODES


def test_each_standard_has_three_constructs_and_a_statement_of_three_clauses(library):
    for standard in library.framework.standards:
        assert len(standard.constructs) == 3, standard.id
        # A clause may hold commas of its own; a sentence of three clauses has two at the least.
        assert standard.statement.count(",") >= 2, standard.id


def test_there_are_seven_foundations_and_a_chain_of_five_with_a_monitoring_loop(library):
    framework = library.framework
    assert len(framework.foundations) == 7
    assert [step.id for step in framework.theory_of_change.steps] == [
        "standards",
        "professional-learning",
        "educator-growth",
        "educator-practice",
        "student-results",
    ]
    monitoring = framework.theory_of_change.monitoring
    assert "student" in monitoring
    assert "educator" in monitoring


@pytest.mark.parametrize(
    ("role", "title", "responsibilities", "questions", "kind"),
    [
        (
            "state-commissioner",
            "State commissioner/minister of education",
            (4, 6, 7),
            9,
            "derived",
        ),
        ("superintendent", "Superintendent", (4, 6, 6), 9, "derived"),
        ("system-office", "System/central office", (4, 6, 7), 8, "action-guide"),
        ("principal", "Principal", (4, 6, 6), 9, "derived"),
        ("coach", "Coach", (4, 6, 5), 9, "derived"),
        ("teacher", "Teacher", (4, 6, 4), 9, "derived"),
        ("external-partner", "External partner", (4, 6, 6), 9, "action-guide"),
    ],
)
def test_each_role_has_its_official_name_its_counts_and_its_basis(
    library, role, title, responsibilities, questions, kind
):
    found = library.role(role)
    assert found.title == title
    assert found.basis.kind == kind
    assert "standards.learningforward.org" in found.basis.note
    assert len(found.questions) == questions
    by_category = [
        sum(each.category == category.id for each in found.responsibilities)
        for category in library.framework.categories
    ]
    assert tuple(by_category) == responsibilities
    # They also stand in the order of the categories.
    order = [category.id for category in library.framework.categories]
    positions = [order.index(each.category) for each in found.responsibilities]
    assert positions == sorted(positions)


def test_the_roles_stand_in_the_order_of_the_guides(library):
    assert [role.id for role in library.roles] == [
        "state-commissioner",
        "superintendent",
        "system-office",
        "principal",
        "coach",
        "teacher",
        "external-partner",
    ]


@pytest.mark.parametrize("role", CROSSWALK)
def test_the_crosswalk_is_the_one_the_project_settled_on(library, role):
    found = "|".join(codes(library, each.standards) for each in library.role(role).responsibilities)
    assert found == CROSSWALK[role]


def test_the_nine_questions_of_a_derived_role_touch_what_they_were_written_for(library):
    wanted = (
        "PE1 PE2 PE3|LE1|EV2 LD1 LD2 LD3|EF1 EF2 EF3 ED1 ED2 ED3|EP1 EP2 EP3|CI1 CI2 CI3|RE3|EV3|"
        "CAI1 CAI2 CAI3 IM1 IM2 IM3"
    )
    derived = [role for role in library.roles if role.basis.kind == "derived"]
    assert len(derived) == 5
    for role in derived:
        assert "|".join(codes(library, each.standards) for each in role.questions) == wanted


def test_maps_are_named_for_the_four_roles_that_have_them(library):
    with_maps = {
        role.id for role in library.roles if "innovation-configuration-maps" in role.resources
    }
    assert with_maps == {"coach", "system-office", "principal", "external-partner"}


def test_renamed_standards_are_found_by_their_later_names(library):
    later = {"learning-practices": "EP", "learning-drivers": "ED", "learning-foundations": "EF"}
    assert {name: library.standard(name).code for name in later} == later


def test_the_framework_says_whose_it_is_and_that_this_is_independent(library):
    framework = library.framework
    assert framework.publisher.address == "504 S. Locust St., Oxford, OH 45056"
    assert framework.publisher.telephone == "800-727-7288"
    assert "Learning Forward" in framework.attribution
    assert "neither made nor endorsed" in framework.independence


def test_every_question_is_one_and_every_responsibility_is_a_sentence(library):
    for role in library.roles:
        for question in role.questions:
            assert question.text.endswith("?"), (role.id, question.id)
        for responsibility in role.responsibilities:
            assert re.fullmatch(r"[A-Z].*\.", responsibility.text), (role.id, responsibility.id)
            assert responsibility.standards, (role.id, responsibility.id)


def test_page_numbers_of_the_guides_are_nowhere(library):
    texts = [path.read_text("utf-8") for path in shipped_folder().rglob("*.yaml")]
    assert not [text for text in texts if re.search(r"\bp\.\s?\d|\bpage \d", text)]


def test_a_partner_helps_clients_and_an_office_works_systemwide(library):
    partner, office = library.role("external-partner"), library.role("system-office")
    assert sum("client" in each.text for each in partner.responsibilities) >= 13
    assert sum("system" in each.text for each in office.responsibilities) >= 5
    assert not any("client" in each.text for each in office.responsibilities)


@pytest.mark.slow
@pytest.mark.skipif(not OWN_WORDS.exists(), reason="the official guides are not at hand")
def test_no_sentence_of_an_official_guide_is_in_the_project():
    paths = ["data", "README.md", "docs", "tests", "src", "CONTRIBUTING.md", "ARCHITECTURE.md"]
    done = subprocess.run(
        [str(OWN_WORDS), *paths], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout
