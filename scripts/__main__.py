"""The project's verbs: `python -m scripts --help`."""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
from difflib import get_close_matches
from pathlib import Path
from typing import NoReturn

from scripts.environment import ROOT, CannotRun, enter


def main(arguments: list[str]) -> int:
    """0: fine. 1: findings. 2: could not run."""
    options = _parser().parse_args(arguments)
    try:
        enter(arguments)
        return options.run(options)
    except CannotRun as error:
        print(_cannot_run(str(error), options.lang), file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130


def _cannot_run(why: str, language: str | None) -> str:
    try:
        from scripts.messages import reader_language, say
    except ImportError:  # the environment that would translate it is what is missing
        return f"Cannot run: {why}"
    language = language or reader_language()
    return f"{say('Cannot run', language)}: " + "\n".join(say(line, language) for line in why.split("\n"))


class _Parser(argparse.ArgumentParser):
    """Says what was likely meant by a misspelt verb or option."""

    def error(self, message: str) -> NoReturn:
        if match := re.search(r"invalid choice: '([^']*)' \(choose from (.*)\)", message):
            word, known = match[1], re.findall(r"[\w-]+", match[2])
        else:
            match = re.search(r"unrecognized arguments:.*?(--[\w-]+)", message)
            word, known = (match[1], self._all_options()) if match else ("", [])
        near = get_close_matches(word, known, 1)
        self.exit(2, f"{self.prog}: {message}{f'; did you mean {near[0]}?' if near else ''}\n")

    def _all_options(self) -> list[str]:
        parsers = [self, *(one for action in self._actions if action.dest == "verb" for one in action.choices.values())]
        return [option for parser in parsers for action in parser._actions for option in action.option_strings]


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="python -m scripts",
        description="Builds, checks and serves the site. Makes its own environment in .venv at the first run.",
    )
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")

    def verb(name: str, run, text: str) -> argparse.ArgumentParser:
        added = verbs.add_parser(name, help=text, description=text)
        added.set_defaults(run=run)
        added.add_argument("--lang", choices=("ko", "en"), help="language of messages (default: that of your locale)")
        return added

    def with_format(one: argparse.ArgumentParser) -> argparse.ArgumentParser:
        text = "text for people, json for programs, github to show findings on the lines of a pull request"
        one.add_argument("--format", choices=("text", "github", "json"), help=text)
        return one

    one = verb("serve", _serve, "build the site, serve it at a printed address, rebuild on save")
    one.add_argument("--host", default="127.0.0.1", help="address to listen on (default: %(default)s)")
    one.add_argument("--port", type=int, default=8000, help="first port to try (default: %(default)s)")
    one = with_format(verb("check", _check, "check docs/ without building: seconds, every finding with its line"))
    which = one.add_mutually_exclusive_group()
    which.add_argument("--changed", action="store_true", help="only what differs from main, and what that can break")
    which.add_argument("--staged", action="store_true", help="the same of what the next commit holds")
    one = with_format(
        verb("prose", _prose, "advice on style, which blocks nothing, then the spelling of all words in both languages")
    )
    one.add_argument("--changed", action="store_true", help="only of files that differ from main")
    one = verb(
        "review", _review, "what a branch does, as the comment on its pull request: findings, pages, before and after"
    )
    one.add_argument("base", metavar="BASE", help="the commit that it is to be merged into, such as main")
    one = verb(
        "status", _status, "how pages stand: when each language changed, whether the other followed, old sources"
    )
    one.add_argument("--format", choices=("text", "json"), default="text", help="text for people, json for programs")
    one = with_format(verb("build", _build, "check, build strictly into site/, check the built pages"))
    one.add_argument("--into", type=Path, default=ROOT / "site", help="folder to write to (default: site)")
    one = with_format(
        verb("exports", _exports, "build the site, then the packages for lecturers and readers, into dist/")
    )
    one.add_argument("--site", type=Path, default=ROOT / "site", help="folder of the site (default: site)")
    one.add_argument("--into", type=Path, default=ROOT / "dist", help="folder of the packages (default: dist)")
    one = verb(
        "manifest", _manifest, "beside the packages: the site as one file, its parts (SBOM), a sum of every file"
    )
    one.add_argument("--site", type=Path, default=ROOT / "site", help="folder of the site (default: site)")
    one.add_argument("--into", type=Path, default=ROOT / "dist", help="folder of the packages (default: dist)")
    one = verb("editions", _editions, "build every tagged edition into the site, below /editions/")
    one.add_argument("--site", type=Path, default=ROOT / "site", help="folder of the site (default: site)")
    one = with_format(verb("release", _release, "make an edition: begin it in the papers; at the second run, check it"))
    one.add_argument("version", help="its name, such as 0.3")
    verb(
        "fix",
        _fix,
        "mend what needs no judgement, such as ids, order of keys, particles, quotation marks, moved links; say what",
    )
    one = verb("test", _test, "everything: source checks, strict build, built pages, browser tests")
    one.add_argument("pytest", nargs="*", help="arguments for pytest, after --")
    verb(
        "bench", _bench, "measure build, serving, bytes, requests beside stock Material, and the search; takes minutes"
    )
    one = verb("new", _new, "write a new case, term, chapter, quiz question, or the missing half of a page; asks")
    one.add_argument("kind", nargs="?", help="case, term, chapter, question or half")
    one.add_argument("name", nargs="?", help="address; of a question its chapter, of a half the missing file")
    one.add_argument("--ko", help="name in Korean; can be written later")
    one.add_argument("--en", help="name in English; can be written later")
    one.add_argument("--pages", nargs="+", metavar="1-20", help="pages of the report")
    one.add_argument("--direction", help="of a case: ai-to-metaverse, metaverse-to-ai or both")
    one.add_argument("--sector", nargs="+", help="of a case: games, education, manufacturing …")
    one.add_argument("--horizon", help="of a case: short, medium or long")
    one.add_argument("--country", nargs="+", metavar="KR", help="of a case: ISO 3166-1 codes")
    one.add_argument("--question", metavar="KIND", help="of a question: single, true-false, multiple, numeric …")
    one.add_argument("--objective", metavar="N", help="of a question: number of the learning objective")
    one.add_argument("--at", metavar="ID", help="of a question: id of the heading under which the answer stands")
    one.add_argument("--fact", metavar="ID", help="of a numeric question: such as cases/roblox#daily-users-2025q1")
    verb("hook", _hook, "check what is committed before each commit; once a clone")
    verb("schemas", _schemas, "renew the schemas by which editors know the data files, after a change of the models")
    return parser


def _style(options: argparse.Namespace) -> str:
    return getattr(options, "format", None) or ("github" if os.environ.get("GITHUB_ACTIONS") == "true" else "text")


def _tell(findings: list, options: argparse.Namespace, fine: str) -> int:
    from scripts.findings import report
    from scripts.messages import reader_language, say

    language = options.lang or reader_language()
    style = _style(options)
    print(report(findings, style, language) if findings or style == "json" else say(fine, language))
    return 1 if findings else 0


def _check(options: argparse.Namespace) -> int:
    import gc
    from contextlib import ExitStack
    from tempfile import TemporaryDirectory

    from scripts.build import source_findings
    from scripts.changes import since_main, staged, write_index

    gc.disable()  # the book is one heap of objects that all live to the end
    change, root = None, ROOT
    with ExitStack() as stack:
        if options.changed:
            change = since_main(ROOT)
        elif options.staged:
            change = staged(ROOT)
            root = Path(stack.enter_context(TemporaryDirectory()))
            write_index(ROOT, root)
        book, findings = source_findings(root, change)
    if change is None:
        return _tell(findings, options, f"Checked {len(book.pages)} pages: no findings")
    return _tell(findings, options, f"Checked {len(change.before)} changed files and what they can break: no findings")


def _prose(options: argparse.Namespace) -> int:
    from scripts.advice import advice
    from scripts.changes import since_main
    from scripts.content.loading import load
    from scripts.findings import counted, report
    from scripts.messages import reader_language, say
    from scripts.spelling import findings
    from scripts.system import need_hunspell

    need_hunspell()
    book, broken = load(ROOT)
    strings = ROOT / "overrides/strings.yml"
    change = since_main(ROOT) if options.changed else None

    def of_change(found: list) -> list:
        return [one for one in found if not change or one.path in change.before]

    said = [] if broken else of_change(advice(book))
    if said and _style(options) == "text":
        language = options.lang or reader_language()
        print(report(said, "text", language).rpartition("\n\n")[0])
        print("\n" + say(f"Advice, which blocks nothing: {counted(len(said), 'piece')}", language) + "\n")
    found = broken or of_change(findings(book, strings.read_text(encoding="utf-8")))
    return _tell(found, options, f"Spelled {len(book.pages)} pages: no findings")


def _review(options: argparse.Namespace) -> int:
    import gc

    from scripts.messages import reader_language
    from scripts.review import review

    gc.disable()  # as in _check
    language = options.lang or reader_language()
    comment, count = review(ROOT, options.base, os.environ.get("PREVIEW_URL", ""), language)
    print(comment)
    return 1 if count else 0


def _status(options: argparse.Namespace) -> int:
    import gc
    from datetime import UTC, datetime

    from scripts.messages import reader_language
    from scripts.status import as_json, as_text, status

    gc.disable()  # as in _check
    found = status(ROOT, datetime.now(UTC).date())
    print(as_json(found) if options.format == "json" else as_text(found, options.lang or reader_language()))
    return 0


def _build(options: argparse.Namespace) -> int:
    from scripts.build import build

    return _tell(build(target=options.into.resolve()), options, f"Built and checked: {options.into / 'index.html'}")


def _exports(options: argparse.Namespace) -> int:
    from scripts.build import build, read_site
    from scripts.system import need_font

    need_font()
    site, into = options.site.resolve(), options.into.resolve()
    findings = build(target=site)
    if not findings:
        from scripts.browser import running
        from scripts.exports.packages import export
        from scripts.finish import compress

        with running() as browser:
            findings = export(read_site(site), into, browser)
        compress.write(site)
    return _tell(findings, options, f"Packages written: {into}; listed on {site / 'teach/downloads/index.html'}")


def _manifest(options: argparse.Namespace) -> int:
    from scripts.build import source_findings
    from scripts.manifest import write

    site, into = options.site.resolve(), options.into.resolve()
    if not (site / "index.html").is_file() or not into.is_dir():
        raise CannotRun(f"{site} or {into} is not there; run `make exports` first")
    for name in write(site, into, source_findings()[0].site):
        print(f"wrote {into / name}")
    return 0


def _editions(options: argparse.Namespace) -> int:
    from scripts.build import read_site
    from scripts.editions import archive
    from scripts.finish import compress

    site = options.site.resolve()
    if not (site / "editions/index.html").is_file():
        raise CannotRun(f"{site} holds no site; run `make build` first")
    names = archive(read_site(site))
    compress.write(site)
    print(
        f"Built below {site / 'editions'}: {', '.join(names) or 'nothing, no edition has a tag here (git fetch --tags)'}"
    )
    return 0


def _release(options: argparse.Namespace) -> int:
    from datetime import UTC, datetime

    from scripts import release
    from scripts.build import read_site, source_findings
    from scripts.published import grown

    book, findings = source_findings()
    if findings:
        return _tell(findings, options, "")
    begun = release.is_begun(book, options.version)
    release.need_clean(ROOT)
    if not begun:
        for path in release.begin(ROOT, book, options.version, datetime.now(UTC).date()):
            print(f"began edition {options.version} in {path}")
        print(f"Now replace every TODO in them, commit, and run `python -m scripts release {options.version}` again.")
        return 0
    if findings := release.findings(ROOT, book):
        return _tell(findings, options, "")
    options.site, options.into = ROOT / "site", ROOT / "dist"
    if code := _exports(options):
        return code
    file = ROOT / "docs/published.yml"
    file.write_text(grown(read_site(options.site)), encoding="utf-8")
    _manifest(options)
    print(
        f"Edition {options.version} is ready. What is left is yours:\n"
        f"  git add docs/published.yml && git commit -m 'Edition {options.version}: what it publishes'\n"
        f"  git tag {options.version}\n"
        f"  git push origin main {options.version}"
    )
    return 0


def _serve(options: argparse.Namespace) -> int:
    from mkdocs.exceptions import Abort

    from scripts.build import serve

    try:
        serve(options.host, options.port)
    except Abort as error:
        print(f"{error}\nMend these and start again.", file=sys.stderr)
        return 1
    return 0


def _fix(options: argparse.Namespace) -> int:
    from scripts.repair import mend

    done, left = mend(ROOT)
    for one in done:
        print(one)
    return _tell(left, options, f"Mended {len(done)}; no findings are left")


def _test(options: argparse.Namespace) -> int:
    import pytest

    from scripts.browser import chromium
    from scripts.system import html_checker, need_font, need_hunspell, need_java

    os.environ["CHROMIUM"] = chromium()
    need_font()
    need_java()
    need_hunspell()
    html_checker()
    os.chdir(ROOT)
    code = pytest.main(options.pytest or ["tests"])
    return 0 if code == 0 else 1 if code == 1 else 2


def _bench(options: argparse.Namespace) -> int:
    from scripts.bench import run
    from scripts.browser import running

    with running() as browser:
        for line in run(browser):
            print(line, flush=True)
    return 0


def _new(options: argparse.Namespace) -> int:
    from scripts.messages import reader_language, say
    from scripts.scaffold import OPTIONS_OF, Wish, new

    language = options.lang or reader_language()
    every = dict.fromkeys(option for some in OPTIONS_OF.values() for option in some)
    given = {option: getattr(options, option) for option in every if getattr(options, option) is not None}
    if sys.stdin.isatty() and not given and options.kind != "half":
        from scripts.ask import ask

        written = ask(ROOT, options.kind, options.name, language)
    elif not (options.kind and options.name):
        raise CannotRun("say what and how it is called, such as new case my-case")
    else:
        useless = [option for option in given if option not in OPTIONS_OF.get(options.kind, every)]
        if useless:
            raise CannotRun("\n".join(f"{option}: not an option of {options.kind}" for option in useless))
        written = new(ROOT, Wish(options.kind, options.name, **given))
    for path in written:
        print(say(f"wrote {path}", language))
    print(say("Now replace every TODO; `make check` says what is still missing.", language))
    return 0


def _hook(options: argparse.Namespace) -> int:
    from scripts.messages import reader_language, say

    try:
        subprocess.run(["git", "config", "core.hooksPath", ".githooks"], cwd=ROOT, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        raise CannotRun("this folder is no git repository; clone it first") from None
    said = "Each commit is checked now; `git commit --no-verify` passes over it once."
    print(say(said, options.lang or reader_language()))
    return 0


def _schemas(options: argparse.Namespace) -> int:
    from scripts.schemas import write

    for path in write(ROOT):
        print(f"wrote {path}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
