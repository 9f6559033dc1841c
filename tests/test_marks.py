from summarize.checking.marks import changed_forms, changed_marks, repeated_pairs, stray_capitals

A = "In Syria, Turkish President Erdogan said he will coordinate."
B = "The displacement of civilians goes on."


def test_a_bent_word_is_refused() -> None:
    assert changed_forms("One million have been displacement.", ("One million have been displaced.",)) == (
        "form: 'displacement' is 'displaced' in the evidence",
    )


def test_a_sentence_broken_in_two_is_refused() -> None:
    assert changed_marks(A.replace("Syria,", "Syria."), (A,)) == (
        "marks: '.' before 'turkish' is ',' in the evidence",
    )


def test_a_doubled_stop_is_refused() -> None:
    assert changed_marks("Turkish President Erdogan said he will coordinate..", (A,)) == (
        "marks: ends with '..'",
    )


def test_an_opening_word_that_moved_inside_is_written_small() -> None:
    polls = ("Fields leads in one poll.", "A Port Ellery poll found it.")
    assert stray_capitals("Fields leads in one poll, A Port Ellery poll found it.", polls) == (
        "capitals: 'A' is written large in mid-sentence",
    )
    assert stray_capitals("Fields leads in one poll.", polls) == ()


def test_a_conjunction_behind_a_comma_is_written_small_even_after_an_abbreviation() -> None:
    two = ("Berg lives in the U.S.", "Dahl lives in Ohio.")
    assert stray_capitals("Berg lives in the U.S., And Dahl lives in Ohio.", two) == (
        "capitals: 'And' is written large behind a comma",
    )
    assert stray_capitals("Berg lives in the U.S., and Dahl lives in Ohio.", two) == ()
    assert stray_capitals("He sang “Me, And You”.", ("He sang “Me, And You”.",)) == ()


def test_words_said_twice_in_a_row_are_refused() -> None:
    assert repeated_pairs("Last month last month it fell.", ("Last month it fell.",)) == (
        "shape: 'last month' stands twice in a row",
    )


def test_both_commas_go_only_where_a_verb_follows() -> None:
    source = "They met in Idlib, Syria, during a visit, with the aim of peace."
    assert changed_marks("They met in Idlib, Syria with the aim of peace.", (source,)) == (
        "marks: a comma is missing before 'with'",
    )
    clause = "Turkey, which backs rebels, stepped up its raids."
    assert changed_marks("Turkey stepped up its raids.", (clause,)) == ()


def test_a_verbatim_sentence_passes() -> None:
    for rule in (changed_forms, changed_marks, repeated_pairs):
        assert rule(A, (A, B)) == ()
