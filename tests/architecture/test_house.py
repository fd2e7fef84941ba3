"""The measures of the house: sizes of files and functions, scripts that parse, nothing left undone."""

from __future__ import annotations

import ast
import os
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
APPS = ("sci_registry", "partnerships", "programs", "tests")
FILE_LIMIT = 400
FUNCTION_LIMIT = 50


def sources(*endings: str) -> list[Path]:
    folders = [ROOT / name for name in (*APPS, "templates", "static")]
    files = (file for folder in folders for file in folder.rglob("*") if file.suffix in endings)
    return sorted(file for file in files if "migrations" not in file.parts and "vendor" not in file.parts)


def functions(file: Path) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    return [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


def test_no_file_outgrows_a_reader() -> None:
    lengths = {file: len(file.read_text("utf-8").splitlines()) for file in sources(".py", ".html", ".css", ".js")}
    assert {str(file.relative_to(ROOT)): count for file, count in lengths.items() if count > FILE_LIMIT} == {}


def test_no_function_outgrows_a_screen() -> None:
    long = {
        f"{file.relative_to(ROOT)}:{node.lineno} {node.name}": node.end_lineno - node.lineno + 1
        for file in sources(".py")
        for node in functions(file)
        if node.end_lineno and node.end_lineno - node.lineno + 1 > FUNCTION_LIMIT
    }
    assert long == {}


def test_nothing_is_left_for_later() -> None:
    """What is not done is an issue, not a comment that nobody reads."""
    later = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")
    files = [file for file in sources(".py", ".html", ".css", ".js") if file != Path(__file__)]
    assert [str(file.relative_to(ROOT)) for file in files if later.search(file.read_text("utf-8"))] == []


def test_no_module_is_a_drawer_for_everything() -> None:
    drawers = {"helpers", "utils", "misc", "common"}
    assert [str(file.relative_to(ROOT)) for file in sources(".py") if file.stem in drawers] == []


def test_no_page_holds_a_script_or_a_style() -> None:
    """The content security policy would refuse it in the browser, silently for whoever wrote it."""
    script = r"<script(?![^>]*\bsrc=)(?![^>]*application/(ld\+)?json)"
    inline = re.compile(rf"<style|\sstyle=|\son[a-z]+=\"|{script}|javascript:", re.IGNORECASE)
    pages = [file for file in sources(".html") if "emails" not in file.parts]
    assert [str(file.relative_to(ROOT)) for file in pages if inline.search(file.read_text("utf-8"))] == []


@pytest.mark.parametrize("script", [".ci/run", "deploy/demo.sh"])
def test_scripts_parse_and_can_be_run(script: str) -> None:
    assert os.access(ROOT / script, os.X_OK)
    assert subprocess.run(["bash", "-n", ROOT / script], check=False).returncode == 0


def test_ci_stops_at_the_first_failure() -> None:
    assert "\nset -euo pipefail\n" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")
