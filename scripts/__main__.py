"""The project's verbs: `python -m scripts --help`."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from scripts.environment import ROOT, CannotRun, enter


def main(arguments: list[str]) -> int:
    """0: fine. 1: findings. 2: could not run."""
    options = _parser().parse_args(arguments)
    try:
        enter(arguments)
        return options.run(options)
    except CannotRun as error:
        print(f"Cannot run: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m scripts",
        description="Builds, checks and serves the site. Makes its own environment in .venv at the first run.",
    )
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")

    def verb(name: str, run, text: str) -> argparse.ArgumentParser:
        added = verbs.add_parser(name, help=text, description=text)
        added.set_defaults(run=run)
        return added

    def with_format(one: argparse.ArgumentParser) -> argparse.ArgumentParser:
        text = "github: show findings on the lines of a pull request"
        one.add_argument("--format", choices=("text", "github"), help=text)
        return one

    one = verb("serve", _serve, "build the site, serve it at a printed address, rebuild on save")
    one.add_argument("--host", default="127.0.0.1", help="address to listen on (default: %(default)s)")
    one.add_argument("--port", type=int, default=8000, help="first port to try (default: %(default)s)")
    with_format(verb("check", _check, "check docs/ without building: seconds, every finding with its line"))
    one = with_format(verb("build", _build, "check, build strictly into site/, check the built pages"))
    one.add_argument("--into", type=Path, default=ROOT / "site", help="folder to write to (default: site)")
    one = with_format(verb("exports", _exports, "build the site, then the packages for lecturers and readers, into dist/"))
    one.add_argument("--site", type=Path, default=ROOT / "site", help="folder of the site (default: site)")
    one.add_argument("--into", type=Path, default=ROOT / "dist", help="folder of the packages (default: dist)")
    one = verb("manifest", _manifest, "beside the packages: the site as one file, its parts (SBOM), a sum of every file")
    one.add_argument("--site", type=Path, default=ROOT / "site", help="folder of the site (default: site)")
    one.add_argument("--into", type=Path, default=ROOT / "dist", help="folder of the packages (default: dist)")
    one = verb("editions", _editions, "build every tagged edition into the site, below /editions/")
    one.add_argument("--site", type=Path, default=ROOT / "site", help="folder of the site (default: site)")
    one = with_format(verb("release", _release, "make an edition: begin it in the papers; at the second run, check it"))
    one.add_argument("version", help="its name, such as 0.3")
    verb("fix", _fix, "mend what needs no judgement: encodings, particles, term base, links of first mentions")
    one = verb("test", _test, "everything: source checks, strict build, built pages, browser tests")
    one.add_argument("pytest", nargs="*", help="arguments for pytest, after --")
    one = verb("bench", _bench, "measure the search of a built site: questions answered, bytes, time per keystroke")
    one.add_argument("--site", type=Path, default=ROOT / "site", help="folder of the site (default: site)")
    one = verb("new", _new, "write the three files of a new entry and its line in the navigation")
    one.add_argument("kind", choices=("case", "term"))
    one.add_argument("slug", help="lower-case ASCII words with hyphens; the address of the page")
    one.add_argument("--ko", default="TODO 이름", help="name in Korean; can be written later")
    one.add_argument("--en", default="TODO name", help="name in English; can be written later")
    one.add_argument("--page", type=int, default=1, choices=range(1, 21), metavar="1-20", help="page of the report")
    return parser


def _style(options: argparse.Namespace) -> str:
    return options.format or ("github" if os.environ.get("GITHUB_ACTIONS") == "true" else "text")


def _tell(findings: list, style: str, fine: str) -> int:
    from scripts.findings import report

    print(report(findings, style) if findings else fine)
    return 1 if findings else 0


def _check(options: argparse.Namespace) -> int:
    from scripts.build import source_findings

    book, findings = source_findings()
    return _tell(findings, _style(options), f"Checked {len(book.pages)} pages: no findings")


def _build(options: argparse.Namespace) -> int:
    from scripts.build import build

    return _tell(
        build(target=options.into.resolve()), _style(options), f"Built and checked: {options.into / 'index.html'}"
    )


def _exports(options: argparse.Namespace) -> int:
    from scripts.build import build, read_site
    from scripts.system import need_font

    need_font()
    site, into = options.site.resolve(), options.into.resolve()
    findings = build(target=site)
    if not findings:
        from scripts.browser import running
        from scripts.exports.packages import export
        from scripts.finish import compress, offline

        with running() as browser:
            findings = export(read_site(site), into, browser)
        offline.write(site)  # packages have changed the downloads pages
        compress.write(site)
    return _tell(findings, _style(options), f"Packages written: {into}; listed on {site / 'teach/downloads/index.html'}")


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
    print(f"Built below {site / 'editions'}: {', '.join(names) or 'nothing, no edition has a tag here (git fetch --tags)'}")
    return 0


def _release(options: argparse.Namespace) -> int:
    from datetime import UTC, datetime

    from scripts import release
    from scripts.build import read_site, source_findings
    from scripts.published import grown

    book, findings = source_findings()
    if findings:
        return _tell(findings, _style(options), "")
    begun = release.is_begun(book, options.version)
    release.need_clean(ROOT)
    if not begun:
        for path in release.begin(ROOT, book, options.version, datetime.now(UTC).date()):
            print(f"began edition {options.version} in {path}")
        print(f"Now replace every TODO in them, commit, and run `python -m scripts release {options.version}` again.")
        return 0
    if findings := release.findings(ROOT, book):
        return _tell(findings, _style(options), "")
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
    from scripts.build import source_findings
    from scripts.repair import repair

    mended = []
    while done := repair(ROOT, source_findings()[1]):
        mended += done
        if len(mended) > 10_000:
            raise CannotRun("repairs do not come to an end; please report this")
    for finding in mended:
        print(f"mended {finding}")
    return _tell(source_findings()[1], "text", f"Mended {len(mended)}; no findings are left")


def _test(options: argparse.Namespace) -> int:
    import pytest

    from scripts.browser import chromium
    from scripts.system import need_font, need_java

    os.environ["CHROMIUM"] = chromium()
    need_font()
    need_java()
    os.chdir(ROOT)
    code = pytest.main(options.pytest or ["tests"])
    return 0 if code == 0 else 1 if code == 1 else 2


def _bench(options: argparse.Namespace) -> int:
    from scripts.bench_search import run
    from scripts.browser import running

    with running() as browser:
        for line in run(options.site.resolve(), browser):
            print(line, flush=True)
    return 0


def _new(options: argparse.Namespace) -> int:
    from scripts.scaffold import new

    for path in new(ROOT, options.kind, options.slug, options.ko, options.en, options.page):
        print(f"wrote {path}")
    print("Now replace every TODO; `make check` says what is still missing.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
