"""./octavo bench: the benchmarks, each a module in bench/ with `main() -> int`.

One with `PARTS` runs those that are named after it, or all.
"""

from __future__ import annotations

import ast
import shutil
import sys
import tempfile
from pathlib import Path

from launcher import frontend, translations
from launcher.arguments import Request, guess_among, port, wrong
from launcher.places import ROOT, VAR
from launcher.servers import servers

BENCHES = ROOT / "bench"
START = "import sys, importlib; sys.exit(importlib.import_module('bench.' + sys.argv[1]).main())"


def run(request: Request) -> int:
    known = names()
    if not request.words:
        for name in known:
            print(f"{name:<16}{purpose(name)}")
        return 0
    name = request.words[0]
    if name not in known:
        raise wrong(f"there is no benchmark {name!r}{guess_among(name, known)}; ./octavo bench lists them.")
    check_parts(name, request.words[1:])
    frontend.ensure(development=True)
    translations.ensure()
    VAR.mkdir(exist_ok=True)
    data = Path(tempfile.mkdtemp(prefix="bench-", dir=VAR))  # on disk, as the platform's own data
    try:
        with servers(data, port=port()) as (supervisor, environment):
            return supervisor.follow(
                [sys.executable, "-c", START, *request.words], environment=environment, cwd=ROOT
            )
    finally:
        shutil.rmtree(data, ignore_errors=True)


def check_parts(name: str, words: tuple[str, ...]) -> None:
    """Raises Refusal for a part that the benchmark does not have."""
    known = parts(name)
    short = [part.partition("_")[2] for part in known]
    if words and not known:
        raise wrong(f"the benchmark {name} has no parts; run it as  ./octavo bench {name}")
    for word in words:
        if word not in (*known, *short):
            raise wrong(f"{name} has no part {word!r}{guess_among(word, short)}; it has {', '.join(short)}.")


def parts(name: str) -> list[str]:
    """The modules that a benchmark's `PARTS` names, as far as they exist."""
    for node in tree(BENCHES / f"{name}.py").body:
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "PARTS":
            return [part for part in ast.literal_eval(node.value) if (BENCHES / f"{part}.py").exists()]
    return []


def names() -> list[str]:
    """Modules with a `main`; others in the folder are their parts."""
    return sorted(path.stem for path in BENCHES.glob("*.py") if has_main(path))


def has_main(path: Path) -> bool:
    return any(isinstance(node, ast.FunctionDef) and node.name == "main" for node in tree(path).body)


def purpose(name: str) -> str:
    return (ast.get_docstring(tree(BENCHES / f"{name}.py")) or "").partition("\n")[0]


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text())
