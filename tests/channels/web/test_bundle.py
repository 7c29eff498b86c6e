"""Scripts are joined in the order in which they need each other, and nothing is joined wrongly in silence."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from channels.web.bundle import NotJoinable, join_scripts, join_styles, version_of

NODE = shutil.which("node")


def write(folder: Path, **scripts: str) -> Path:
    """Write modules."""
    for name, text in scripts.items():
        (folder / f"{name}.js").write_text(text, encoding="utf-8")
    return folder


def run(script: str) -> str:
    """Run a joined script, and return what it tells."""
    if NODE is None:
        pytest.skip("no node on this machine; joined scripts are run by the browser tests only")
    return subprocess.run([NODE, "-e", script], capture_output=True, text=True, check=True).stdout.strip()


def test_joined_modules_work_as_one(tmp_path: Path) -> None:
    """Functions, constants, classes and async functions reach who imports them; names may stand twice."""
    write(
        tmp_path,
        first='import { greet, NAME } from "./second.js";\nconst hidden = 1;\nconsole.log(greet(NAME), hidden);\n',
        second='import { Mark } from "./third.js";\nconst hidden = 2;\nexport const NAME = "you";\n'
        "export function greet(name) {\n  return `${name}${new Mark().sign}${hidden}`;\n}\n",
        third='export class Mark {\n  sign = "!";\n}\nexport async function unused() {}\n',
    )

    assert run(join_scripts(tmp_path, "first", {})) == "you!2 1"


def test_module_needed_twice_is_joined_once(tmp_path: Path) -> None:
    """What two modules share runs once."""
    write(
        tmp_path,
        first='import { A } from "./a.js";\nimport { B } from "./b.js";\nconsole.log(A + B);\n',
        a='import { ONE } from "./one.js";\nexport const A = ONE;\n',
        b='import { ONE } from "./one.js";\nexport const B = ONE;\n',
        one='console.log("once");\nexport const ONE = 1;\n',
    )

    assert run(join_scripts(tmp_path, "first", {})).split() == ["once", "2"]


@given(text=st.text())
def test_data_arrives_as_it_was(text: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Whatever a sentence holds, it stands in the script as one literal."""
    folder = write(tmp_path_factory.getbasetemp(), reader='import { DATA } from "./words.js";\nuse(DATA);\n')

    joined = join_scripts(folder, "reader", {"words": {"a": text}})

    literal = joined.partition("DATA: ")[2].partition(" };\nconst $reader")[0]
    assert json.loads(literal.replace("\\u2028", "\u2028").replace("\\u2029", "\u2029")) == {"a": text}
    assert "\u2028" not in joined and "\u2029" not in joined


@pytest.mark.parametrize(
    "line",
    [
        'import thing from "./other.js";',
        'import * as other from "./other.js";',
        'import "./other.js";',
        'import { a } from "elsewhere";',
        "export default 1;",
        'export * from "./other.js";',
        "export { a };",
        "export let a = 1;",
    ],
)
def test_other_form_of_import_is_refused(tmp_path: Path, line: str) -> None:
    """What would be joined wrongly is named with its file."""
    write(tmp_path, first=f"{line}\n", other="export const a = 1;\n")

    with pytest.raises(NotJoinable, match=r"^first\.js: "):
        join_scripts(tmp_path, "first", {})


def test_modules_that_need_each_other_are_refused(tmp_path: Path) -> None:
    """A circle has no order."""
    write(
        tmp_path,
        first='import { a } from "./second.js";\nexport const b = 1;\n',
        second='import { b } from "./first.js";\nexport const a = 1;\n',
    )

    with pytest.raises(NotJoinable, match=r"first -> second"):
        join_scripts(tmp_path, "first", {})


def test_styles_keep_their_order_without_remarks(tmp_path: Path) -> None:
    """Later sheets win, as in the page."""
    (tmp_path / "a.css").write_text("/* about\n   a */\na { color: red; }\n", encoding="utf-8")
    (tmp_path / "b.css").write_text("a { color: blue; }\n", encoding="utf-8")

    assert join_styles(tmp_path, ("a", "b")) == "a { color: red; }\na { color: blue; }\n"


@given(one=st.text(), other=st.text())
def test_version_tells_texts_apart(one: str, other: str) -> None:
    """The same texts have the same version, and other texts another."""
    assert (version_of(one) == version_of(other)) == (one == other)
