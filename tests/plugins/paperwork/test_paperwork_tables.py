"""Logs, lists and budgets: tables of any spelling become records, and what follows from them is worked out."""

from __future__ import annotations

from pathlib import Path

import pytest
from papers import fields_of, state, text, xlsx

from deliverlint.values import Unmeasured

LOG = "shot,tool,model,prompt,seed\nSH010,ComfyUI,base,a hen,7\nSH020,ComfyUI,base,an egg,8\n"


def test_a_csv_is_read_into_the_records_of_its_kind(tmp_path: Path) -> None:
    found = fields_of(text(tmp_path / "log.csv", LOG), "prompt-log", "prompt-log.prompts", "prompts.shots")
    assert found["prompts.shots"] == ["SH010", "SH020"]
    assert found["prompt-log.prompts"] == [
        {"shot": "SH010", "tool": "ComfyUI", "model": "base", "prompt": "a hen", "seed": "7", "line": 2},
        {"shot": "SH020", "tool": "ComfyUI", "model": "base", "prompt": "an egg", "seed": "8", "line": 3},
    ]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_csv_of_any_separator_and_encoding_says_the_same(tmp_path: Path, separator: str, encoding: str) -> None:
    content = "\n".join(separator.join(row) for row in (["ID", "Generated"], ["Straße", "yes"], ["Café", "no"]))
    path = text(tmp_path / "shots.csv", content, encoding)
    assert state(path, "shot-list") == ("present", "")
    assert fields_of(path, "shot-list", "shots.ids", "shots.generated") == {
        "shots.ids": ["Straße", "Café"],
        "shots.generated": ["Straße"],
    }


def test_columns_are_known_by_title_and_without_regard_to_capitals_spaces_and_hyphens(tmp_path: Path) -> None:
    path = text(tmp_path / "log.csv", "Shot,Tool,Prompt,Negative Prompt,SHA-256 of the output\nA,t,p,n,abc\n")
    record = fields_of(path, "prompt-log", "prompt-log.prompts")["prompt-log.prompts"][0]
    assert record == {"shot": "A", "tool": "t", "prompt": "p", "negative_prompt": "n", "sha256": "abc", "line": 2}


def test_an_attempt_that_was_only_tried_is_logged_but_not_used(tmp_path: Path) -> None:
    content = "shot,tool,prompt,status\nA,t,p,used\nB,t,p,tried\nC,t,p,\n"
    found = fields_of(text(tmp_path / "log.csv", content), "prompt-log", "prompts.shots", "prompts.used")
    assert found == {"prompts.shots": ["A", "B", "C"], "prompts.used": ["A", "C"]}


def test_a_shot_logged_twice_is_one_shot(tmp_path: Path) -> None:
    content = "shot,tool,prompt\nA,t,p\nA,t,p\n"
    assert fields_of(text(tmp_path / "log.csv", content), "prompt-log", "prompts.shots") == {"prompts.shots": ["A"]}


def test_lines_before_the_header_that_begin_with_a_hash_are_comments(tmp_path: Path) -> None:
    path = text(tmp_path / "log.csv", f"# how to fill in, with commas\n{LOG}")
    assert fields_of(path, "prompt-log", "prompts.shots") == {"prompts.shots": ["SH010", "SH020"]}


def test_a_spreadsheet_says_the_same_as_a_csv(tmp_path: Path) -> None:
    rows = [["shot", "tool", "model", "prompt", "seed"], ["SH010", "ComfyUI", "base", "a hen", 7], [None] * 5]
    path = xlsx(tmp_path / "log.xlsx", rows)
    assert state(path, "prompt-log") == ("present", "")
    record = fields_of(path, "prompt-log", "prompt-log.prompts")["prompt-log.prompts"][0]
    assert record == {"shot": "SH010", "tool": "ComfyUI", "model": "base", "prompt": "a hen", "seed": "7", "line": 2}


def test_dates_and_numbers_of_a_spreadsheet_become_what_the_column_asks_for(tmp_path: Path) -> None:
    import datetime

    header = ["work", "name", "capacity", "share", "signed", "isrc"]
    row = ["Song", "Writer A", "composer", 33.33, datetime.datetime(2026, 3, 1), 12]
    path = xlsx(tmp_path / "splits.xlsx", [header, row])
    record = fields_of(path, "split-sheet", "split-sheet.splits")["split-sheet.splits"][0]
    assert (record["share"], record["signed"], record["isrc"]) == (33.33, "2026-03-01", "12")


def test_minutes_and_seconds_are_seconds(tmp_path: Path) -> None:
    header = "cue,title,usage,duration,name,capacity,share\n"
    path = text(tmp_path / "cue-sheet.csv", f"{header}1,Barn,theme,1:05,Composer A,composer,100 %\n")
    # A cue sheet without its title's field is fine: the title stands in other papers too.
    assert state(path, "cue-sheet") == ("present", "")
    record = fields_of(path, "cue-sheet", "cue-sheet.cues")["cue-sheet.cues"][0]
    assert (record["duration"], record["share"]) == (65, 100)


def test_several_values_of_a_cell_are_parted_by_semicolons(tmp_path: Path) -> None:
    path = text(tmp_path / "age-rating.csv", "board,rating,territory\nPEGI,12,DE; FR ;IT\n")
    record = fields_of(path, "age-rating", "age-rating.ratings")["age-rating.ratings"][0]
    assert record["territory"] == ["DE", "FR", "IT"]


def test_a_missing_column_is_one_problem_however_many_rows_there_are(tmp_path: Path) -> None:
    path = text(tmp_path / "log.csv", "shot,tool\n" + "A,t\n" * 50)
    found, problems = state(path, "prompt-log")
    assert found == "unfilled"
    assert problems == "line 2: 'A' lacks 'prompt' (and 49 more times)"


def test_a_wrong_word_is_named_with_its_line_and_a_suggestion(tmp_path: Path) -> None:
    path = text(tmp_path / "log.csv", "shot,tool,prompt,status\nA,t,p,used\nB,t,p,tryed\n")
    found, problems = state(path, "prompt-log")
    assert found == "mismatched"
    assert problems == "line 3: status is 'tryed', expected 'used' or 'tried'; did you mean 'tried'?"


def test_a_row_longer_than_the_header_is_explained(tmp_path: Path) -> None:
    path = text(tmp_path / "log.csv", "shot,tool,prompt\nA,t,a hen, a barn\n")
    found, problems = state(path, "prompt-log")
    assert found == "unreadable"
    assert "more cells on line 2 than the header has columns" in problems


def test_a_column_that_stands_twice_is_refused(tmp_path: Path) -> None:
    found, problems = state(text(tmp_path / "log.csv", "shot,tool,Shot\nA,t,B\n"), "prompt-log")
    assert (found, problems) == ("unreadable", "has the column 'Shot' twice")


def test_a_log_without_a_row_is_mismatched(tmp_path: Path) -> None:
    assert state(text(tmp_path / "log.csv", "shot,tool,prompt\n"), "prompt-log") == ("mismatched", "prompts is empty")


def test_a_blank_of_the_template_is_named_with_its_line(tmp_path: Path) -> None:
    found, problems = state(text(tmp_path / "log.csv", "shot,tool,prompt\nA,FILL IN,p\n"), "prompt-log")
    assert (found, problems) == ("unfilled", "line 2: tool is still marked FILL IN")


# --- budgets -----------------------------------------------------------------------------------------

BUDGET = [["item", "category", "amount", "currency"], ["a", "crew", 900, "EUR"], ["b", "qc", 100, "EUR"]]


def test_total_and_quality_control_of_a_budget_are_added_up(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "budget.xlsx", BUDGET)
    assert fields_of(path, "budget", "budget.total", "budget.qc") == {"budget.total": 1000, "budget.qc": 100}


def test_a_line_of_category_total_is_not_added_again(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "budget.xlsx", [*BUDGET, ["sum", "total", 1000, "EUR"]])
    assert fields_of(path, "budget", "budget.total") == {"budget.total": 1000}


def test_a_budget_without_quality_control_has_none(tmp_path: Path) -> None:
    assert fields_of(xlsx(tmp_path / "budget.xlsx", BUDGET[:2]), "budget", "budget.qc") == {"budget.qc": 0}


def test_a_budget_in_two_currencies_has_no_total(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "budget.xlsx", [*BUDGET, ["c", "crew", 5, "USD"]])
    found = fields_of(path, "budget", "budget.total", "budget.qc")
    assert isinstance(found["budget.total"], Unmeasured)
    assert "EUR, USD" in found["budget.total"].reason
    assert found["budget.qc"] == 100


def test_a_written_total_that_is_not_the_sum_is_mismatched(tmp_path: Path) -> None:
    content = "total: 900\nlines:\n  - {item: a, category: crew, amount: 1000}\n"
    found, problems = state(text(tmp_path / "budget.yaml", content), "budget")
    assert (found, problems) == ("mismatched", "total is 900, but its lines add up to 1000")
