"""How words compare in any script, where a search finds them, and where lines break."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wcwidth import wcswidth, wcwidth

from pl_guide.analysis.search import search
from pl_guide.analysis.tokens import words_in
from pl_guide.library import Library
from pl_guide.model import Category, Framework, Standard
from pl_guide.render.wrapping import breaks, cells, shortened, wrapped
from pl_guide.text import filled, fold, raised, slug


def found(text: str, words: str) -> list[str]:
    """Search a library with one text in it, and give what was marked there."""
    standard = Standard(id="one", category="all", title="-", statement=text)
    framework = Framework(
        id="our-way", title="-", categories=(Category(id="all", title="-"),), standards=(standard,)
    )
    hits = search(Library(framework, ()), words)
    return [text[start:end] for hit in hits for start, end in hit.matches]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Straße", "STRASSE"),
        ("ΟΔΟΣ", "οδός"),
        ("İSTANBUL", "istanbul"),
        ("IŞIK", "ışık"),
        ("Søren Łódź", "soren lodz"),
        ("oﬃce", "OFFICE"),
        ("avaliac\u0327a\u0303o", "Avaliação"),
        ("ёлка", "елка"),
        ("שָׁלוֹם", "שלום"),
        ("الكِتَابُ", "الكتاب"),
        ("كـــتاب", "كتاب"),
        ("می\u200cخواهم", "میخواهم"),
        ("ＡＩ", "ai"),
        ("ｶﾞｯｺｳ", "ガッコウ"),
        ("don’t", "don't"),
        ("co\u00adoperate", "cooperate"),
    ],
)
def test_words_that_differ_in_case_accents_or_width_alone_are_one(one, other):
    assert fold(one) == fold(other)
    assert slug(one) == slug(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("かく", "がく"),
        ("はん", "ぱん"),
        ("ปี", "ปา"),
        ("ปู", "ปี"),
        ("ไม่", "ไม้"),
        ("कल", "कला"),
        ("दिन", "दीन"),
        ("कम", "क्म"),
        ("하다", "하더"),
        ("가", "각"),
    ],
)
def test_marks_that_make_another_word_count(one, other):
    assert fold(one) != fold(other)
    assert slug(one) != slug(other)


@pytest.mark.parametrize("title", ["हिन्दी की कक्षा", "การอ่าน ร่วมกัน", "معرفة الكتب", "教材 研究"])
def test_a_title_in_any_script_is_words_and_a_name(title):
    assert slug(title).count("-") == title.count(" ")
    assert slug(title.upper()) == slug(title)


@pytest.mark.parametrize(
    ("text", "words", "marked"),
    [
        ("教員は授業の前に教材を読み、話し合います。", "教材", ["教材"]),
        ("教員は授業の前に教材を読む。", "授業 教材", ["授業", "教材"]),
        ("がっこうでかく", "か", ["か"]),
        ("がっこう", "か", []),
        ("か\u3099っこう", "が", ["か\u3099"]),
        ("教員がAIを使うとき", "ai", ["AI"]),
        ("教員がＡＩを使うとき", "aiを使う", ["ＡＩ", "を使う"]),
        ("第3学年の学習", "3学年", ["3", "学年"]),
        ("学習と学習", "学習", ["学習", "学習"]),
        ("老师们一起学习教材", "学习", ["学习"]),
        ("ครูอ่านหนังสือด้วยกัน", "หนังสือ", ["หนังสือ"]),
        ("ปีนี้", "ป", []),
        ("Die Straßen sind naß.", "STRASSE", ["Straßen"]),
        ("The oﬃce is open", "office open", ["oﬃce", "open"]),
        ("Um cafe\u0301 e a avaliação", "CAFÉ avaliacao", ["cafe\u0301", "avaliação"]),
        ("درس الكِتَابُ اليوم", "الكتاب", ["الكِتَابُ"]),
        ("हिन्दी की कक्षा", "कक्षा", ["कक्षा"]),
        ("학교에서 배운다", "학교", ["학교에서"]),
        ("x\u00ady and the team’s plan", "xy team's", ["x\u00ady", "team’s"]),
    ],
)
def test_a_search_marks_the_very_letters_that_match(text, words, marked):
    assert found(text, words) == marked


scripts = st.text(
    st.sampled_from("aAéßﬃİ '’教か\u3099がุปี้ำكِـشं्कि한\u200c\u00ad。3٣-😀\u0301"), max_size=12
)


@given(text=scripts)
def test_whatever_the_script_words_stand_where_they_say(text):
    for word in words_in(text):
        assert fold(text[word.start : word.end]) == word.folded
        for at, place in (word.inside or {}).items():
            assert fold(text[word.start : place]) == word.folded[:at]
    starts = [(word.start, word.end) for word in words_in(text)]
    assert starts == sorted(starts)
    assert all(one[1] <= other[0] for one, other in pairwise(starts))


# --- Lines ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("教員は授業の前に教材を読む。", 13, ["教員は授業の", "前に教材を読", "む。"]),
        ("これは「教材」です", 9, ["これは", "「教材」", "です"]),
        ("keep a-long/path/of-mine.md “whole”", 12, ["keep", "a-long/path/of-mine.md", "“whole”"]),
        ("ครูอ่านหนังสือด้วยกัน", 8, ["ครูอ่านหนัง", "สือด้วยกัน"]),
        ("two words “here”", 9, ["two words", "“here”"]),
    ],
)
def test_lines_break_at_words_or_between_wide_characters(text, width, lines):
    assert wrapped(text, width).split("\n") == lines


@given(text=scripts, width=st.integers(2, 20))
def test_no_line_is_wider_than_it_may_be_and_no_letter_is_lost(text, width):
    text = f"x{text}"  # A mark needs a letter before it.
    starts = [0, *breaks(text, width, whole_words=False), len(text)]
    lines = [text[one:other] for one, other in pairwise(starts)]
    assert "".join(lines) == text
    assert all(wcswidth(line.rstrip()) <= width for line in lines)


@given(letter=st.sampled_from("aé教がｶ한😀\u0301كِี้ि"))
def test_cells_are_what_a_terminal_takes(letter):
    assert cells(letter) in {wcwidth(letter), 1 if letter == "ि" else -1}


def test_each_letter_below_the_wide_scripts_is_as_wide_as_a_terminal_shows_it():
    printable = [each for each in map(chr, range(0x20, 0x3000)) if wcwidth(each) >= 0]
    assert [each for each in printable if cells(each) != wcwidth(each)] == []


def test_a_text_that_is_cut_short_says_so_and_fits():
    assert shortened("教材研究の会", 12) == "教材研究の会"
    assert shortened("教材研究の会", 11) == "教材研究の…"
    assert shortened("教材研究の会", 10) == "教材研究…"


# --- Nouns in sentences -----------------------------------------------------------------------


def test_only_places_that_are_known_are_filled_and_only_once():
    assert filled("{a} {b} {c} {", {"a": "{b}", "b": 2}) == "{b} 2 {c} {"


@pytest.mark.parametrize(
    ("noun", "heading"),
    [("first step", "First step"), ("área", "Área"), ("問い", "問い"), ("ძირი", "ძირი"), ("", "")],
)
def test_a_heading_begins_with_its_first_letter_raised(noun, heading):
    assert raised(noun) == heading
