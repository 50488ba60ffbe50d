"""The command line, run as a person or a harness runs it, on the sample home."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from api.cli import app
from rag.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "corpus" / "sample" / "pdfs"

ENVIRONMENT = {"PINCITE_RERANKER": "none", "PINCITE_OCR": "false", "PINCITE_WORKERS": "1"}
COMMANDS = sorted(command.name or command.callback.__name__ for command in app.registered_commands)


def run(*arguments: str, home: Path) -> tuple[int, str, str]:
    """Exit code, stdout and stderr of `pincite ARGUMENTS --home HOME`."""
    result = CliRunner().invoke(app, [*arguments, "--home", str(home)], env=ENVIRONMENT)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.stdout, result.stderr


def process(*arguments: str, home: Path) -> subprocess.CompletedProcess[str]:
    """The same as a process of its own."""
    command = [sys.executable, "-c", "from api.cli import main; main()", *arguments, "--home", str(home)]
    return subprocess.run(command, capture_output=True, text=True, env=os.environ | ENVIRONMENT, check=False, cwd=ROOT)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_and_is_in_the_readme(command: str) -> None:
    """A command nobody can find out about does not exist."""
    help_page = CliRunner().invoke(app, [command, "--help"])
    assert help_page.exit_code == 0
    assert f"pincite {command}" in (ROOT / "README.md").read_text("utf-8")


def test_search_json_is_the_contract(sample_settings: Settings) -> None:
    """One JSON object on stdout with query, hits and timings; every hit has the contract's fields."""
    code, out, _ = run("search", "derivative immunity", "--k", "3", "--json", home=sample_settings.home)
    found = json.loads(out)
    assert code == 0
    assert found["query"] == "derivative immunity"
    assert len(found["hits"]) == 3
    assert found["timings_ms"]["search"] > 0
    wanted = {
        "rank", "score", "passage_id", "text", "citation", "filing", "page", "page_label", "ecf_page", "lines",
        "end_page", "section", "writing", "speaker", "restates", "footnote", "boxes",
    }  # fmt: skip
    for hit in found["hits"]:
        assert wanted <= hit.keys()
        assert {"id", "title", "file", "kind", "court", "docket", "entry", "side", "filer", "date"} <= hit[
            "filing"
        ].keys()
        assert {"page", "x0", "y0", "x1", "y1"} == hit["boxes"][0].keys()


def test_search_shows_a_person_who_speaks_where(sample_settings: Settings) -> None:
    """The terminal shows citation, speaker, file and page of each passage, and its words."""
    _, out, _ = run("search", "WhatsApp binds this Court", "--kind", "order", "--k", "1", home=sample_settings.home)
    folded = " ".join(out.split())
    assert "Order, ECF No. 61, at" in folded
    assert "court (Thornbury, J.)" in folded
    assert "gov.uscourts.cand.990417.61.0.pdf, PDF page" in folded


def test_filters_reach_the_search(sample_settings: Settings) -> None:
    """--kind and --writing narrow what is found."""
    _, out, _ = run("search", "immunity", "--writing", "dissent", "--json", home=sample_settings.home)
    assert {hit["writing"] for hit in json.loads(out)["hits"]} == {"dissent"}


def test_filings_json_is_the_contract(sample_settings: Settings) -> None:
    """Every filing with its facts, counted."""
    _, out, _ = run("filings", "--json", home=sample_settings.home)
    listed = json.loads(out)
    assert listed["total"] == len(listed["filings"]) == 5
    order = next(f for f in listed["filings"] if f["kind"] == "order")
    assert (order["court"], order["entry"], order["date"]) == ("cand", "61", "2023-11-09")
    assert order["docket"].startswith("4:23-cv-90417")


def test_a_filing_is_shown_by_the_beginning_of_its_id(sample_settings: Settings) -> None:
    """Show takes an id, its beginning or the file name, and says the same of each."""
    _, out, _ = run("show", "23-90882 Opinion.pdf", "--json", home=sample_settings.home)
    opinion = json.loads(out)
    _, again, _ = run("show", opinion["id"][:6], "--json", home=sample_settings.home)
    assert json.loads(again) == opinion
    assert [writing["kind"] for writing in opinion["writings"]][-1] == "dissent"


def test_an_error_of_ours_is_one_line_and_exit_1(sample_settings: Settings) -> None:
    """An unknown filing is named on stderr; no traceback; stdout stays empty for whoever parses it."""
    done = process("show", "no-such-filing", "--json", home=sample_settings.home)
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.startswith("UnknownFiling: ")
    assert "Traceback" not in done.stderr


def test_wrong_usage_is_exit_2(sample_settings: Settings) -> None:
    """An unknown option is a usage error."""
    assert process("search", "x", "--colour", home=sample_settings.home).returncode == 2


def test_ingest_correct_remove(tmp_path: Path) -> None:
    """A filing goes in once, a correction holds, a broken file is named with exit 1, and removal removes."""
    home = tmp_path / "home"
    broken = tmp_path / "broken.pdf"
    broken.write_text("no PDF at all", "utf-8")
    declaration = str(SAMPLE / "gov.uscourts.cand.990417.31.1.pdf")

    code, out, _ = run("ingest", declaration, str(broken), "--json", home=home)
    report = json.loads(out)
    assert code == 1
    assert (report["ingested"], report["unchanged"], report["pages"]) == (1, 0, 5)
    assert [(Path(f["path"]).name, f["error"]) for f in report["failed"]] == [("broken.pdf", "UnreadablePdf")]

    code, out, _ = run("ingest", declaration, "--json", home=home)
    assert code == 0
    assert (json.loads(out)["ingested"], json.loads(out)["unchanged"]) == (0, 1)

    _, out, _ = run("filings", "--json", home=home)
    filing_id = json.loads(out)["filings"][0]["id"]
    _, out, _ = run("show", filing_id, "--set", "judge=Ada Thornbury", "--json", home=home)
    assert json.loads(out)["judge"] == "Ada Thornbury"

    code, out, _ = run("remove", filing_id, "--json", home=home)
    assert (code, json.loads(out)["removed"]) == (0, filing_id)
    _, out, _ = run("search", "processor load", "--json", home=home)
    assert json.loads(out)["hits"] == []


def test_reindex_finds_the_same(tmp_path: Path) -> None:
    """Indexes made anew from the catalog answer as before; no PDF is read."""
    home = tmp_path / "home"
    run("ingest", str(SAMPLE / "gov.uscourts.cand.990417.31.1.pdf"), home=home)
    _, before, _ = run("search", "forged packets", "--json", home=home)
    code, _, _ = run("reindex", "--json", home=home)
    _, after, _ = run("search", "forged packets", "--json", home=home)
    assert code == 0
    assert [h["passage_id"] for h in json.loads(after)["hits"]] == [h["passage_id"] for h in json.loads(before)["hits"]]


def test_the_doctor_names_what_is_wrong(sample_settings: Settings, tmp_path: Path) -> None:
    """A sound home passes; a missing model is named with what to set, and exit 1."""
    code, out, _ = run("doctor", "--json", home=sample_settings.home)
    checks = {check["name"]: check for check in json.loads(out)["checks"]}
    assert checks["library"]["ok"]
    assert "5 filings" in checks["library"]["says"]
    assert code == 0
    environment = ENVIRONMENT | {"PINCITE_RERANKER": str(tmp_path / "no-model")}
    result = CliRunner().invoke(app, ["doctor", "--json", "--home", str(tmp_path / "home")], env=environment)
    checks = {check["name"]: check for check in json.loads(result.stdout)["checks"]}
    assert result.exit_code == 1
    assert not checks["reranker"]["ok"]
    assert "no-model" in checks["reranker"]["remedy"]


def test_an_unknown_setting_is_an_error(sample_settings: Settings) -> None:
    """A misspelt PINCITE_ name is said, not ignored."""
    result = CliRunner().invoke(
        app, ["filings", "--home", str(sample_settings.home)], env=ENVIRONMENT | {"PINCITE_RERANK": "x"}
    )
    assert "PINCITE_RERANK is no setting" in str(result.exception)
