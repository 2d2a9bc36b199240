"""Measures the search on the questions of tests/search-questions.yml, with the real engine in a real browser.

Prints how often the right page comes first, the bytes, and the time that a keystroke costs on a processor slowed to a
quarter, at today's size and at 4 and 16 times that.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import brotli
import yaml
from playwright.sync_api import Browser, CDPSession, Page

from scripts import search_index
from scripts.build import read_site
from scripts.content.book import address
from scripts.environment import ROOT, CannotRun
from scripts.finish.names import stamped
from scripts.search_index import Item, Section
from scripts.view import View, views

QUESTIONS = ROOT / "tests/search-questions.yml"
ORIGIN = "http://bench.test/"
TYPED = {
    "ko": ["로블록스 이용자", "디지털 트윈이 뭐야", "합성 데이터는 왜 필요한가", "제약 공장 품질 규제", "없는 낱말들"],
    "en": ["roblox daily users", "what is a digital twin", "why does AI need synthetic data", "no such words"],
}
WORKER = "new URL(document.querySelector('form.search').dataset.worker, document.baseURI).href"
ASK = """async ([worker, index, questions]) => {
  const engine = new Worker(worker);
  const reply = () => new Promise((done) => { engine.onmessage = (event) => done(event.data); });
  engine.postMessage({ index: await (await fetch(index)).json() });
  await reply();
  const answers = [];
  for (const query of questions) {
    engine.postMessage({ id: 1, query });
    answers.push(((await reply()).results || []).map((page) => page.url));
  }
  engine.terminate();
  return answers;
}"""
# Painting is left out: any letter typed into any box costs that.
SHOWING = ("ScriptDuration", "RecalcStyleDuration", "LayoutDuration")
WORKING = ("TaskDuration",)  # scripts started by a test are counted nowhere else
TYPE = """async (queries) => {
  const input = document.querySelector("form.search input");
  const panel = document.querySelector(".search__panel");
  let typed = 0;
  for (const query of queries) {
    for (let end = 2; end <= query.length; end++) {
      const changed = new Promise((done) => {
        const observer = new MutationObserver(() => {
          if (panel.dataset.query !== input.value) return;
          observer.disconnect();
          done();
        });
        observer.observe(panel, { attributeFilter: ["data-query"] });
      });
      input.value = query.slice(0, end);
      input.dispatchEvent(new InputEvent("input", { bubbles: true }));
      await changed;
      typed++;
    }
  }
  return typed;
}"""
LOAD = """async ([worker, index]) => {
  const source = await (await fetch(worker)).text();
  window.bench = new Function("self", "postMessage", source + ";return { load, search }")({}, () => 0);
  window.bench.data = await (await fetch(index)).json();
}"""
ENGINE = """(queries) => {
  let asked = 0;
  for (const query of queries) for (let end = 2; end <= query.length; end++, asked++) window.bench.search(query.slice(0, end));
  return asked;
}"""


@dataclass(frozen=True)
class Question:
    locale: str
    kind: str
    held: bool
    text: str
    answers: frozenset[str]  # addresses of pages; none if the book has no answer


@dataclass(frozen=True)
class Score:
    first: float  # share of questions whose right page comes first; of absent topics, those answered with nothing
    five: float
    mrr: float
    nothing: float
    asked: int


def questions() -> list[Question]:
    return [
        Question(locale, kind, part == "held", text, frozenset(address(key, locale) for key in keys.split(", ") if key))
        for locale, kinds in yaml.safe_load(QUESTIONS.read_text(encoding="utf-8")).items()
        for kind, parts in kinds.items()
        for part, asked in parts.items()
        for text, keys in asked.items()
    ]


def answers(page: Page, root: str, locale: str, asked: list[Question]) -> list[list[str]]:
    """Addresses of the pages found for each question, best first, by the worker of the site at `root`."""
    index = f"{root}search/{locale}.json"
    return page.evaluate(ASK, [page.evaluate(WORKER), index, [question.text for question in asked]])


def score(asked: list[Question], found: list[list[str]]) -> Score:
    ranks = [
        (next((i for i, url in enumerate(urls) if url in q.answers), None) if q.answers else None if urls else 0)
        for q, urls in zip(asked, found, strict=True)
    ]
    right = [rank for rank in ranks if rank is not None]
    n = len(asked)
    return Score(
        sum(r == 0 for r in right) / n,
        sum(r < 5 for r in right) / n,
        sum(1 / (r + 1) for r in right) / n,
        sum(not urls for urls in found) / n,
        n,
    )


def grown(items: list[Item], times: int) -> list[Item]:
    """As many times the pages: copies whose words are dealt out anew, one in eight of them made up."""
    dice = random.Random(7)
    grown = list(items)
    for copy in range(1, times):
        words = [word for item in items for section in item.sections for word in section.text.split()]
        dice.shuffle(words)
        deal = iter(words)

        def text(section: Section, deal: Iterator[str] = deal) -> str:
            dealt = [next(deal) for _ in section.text.split()]
            return " ".join(w if dice.randrange(8) else "".join(dice.sample(w, len(w))) for w in dealt)

        for item in items:
            sections = [replace(section, text=text(section)) for section in item.sections]
            names = ["".join(dice.sample(name, len(name))) for name in item.names]
            title = "".join(dice.sample(item.title, len(item.title)))
            grown.append(replace(item, url=f"{item.url}{copy}/", title=title, names=names, sections=sections))
    return grown


def run(site_folder: Path, browser: Browser) -> Iterator[str]:
    """Lines of the report."""
    if not (site_folder / "search").is_dir():
        raise CannotRun(f"{site_folder} is no built site; run make build first")
    site = read_site(site_folder)
    told = views(site.book, site.site_url, "", "main")
    page = _page(browser, site_folder, {})
    yield from _quality(page)
    yield from _bytes(site_folder, told)
    page.context.close()
    for locale, view in told.items():
        items = search_index.items_of(site.book, view)
        for times in (1, 4, 16):
            index = search_index.as_json(search_index.index(grown(items, times), locale))
            yield _speed(browser, site_folder, locale, times, index)


def _quality(page: Page) -> Iterator[str]:
    yield f"{'':22}{'asked':>6}{'first':>7}{'five':>7}{'MRR':>7}{'none':>7}"
    everything = questions()
    for locale in ("ko", "en"):
        asked = [q for q in everything if q.locale == locale]
        found = dict(zip(asked, answers(page, ORIGIN, locale, asked), strict=True))

        def line(name: str, some: list[Question], found: dict[Question, list[str]] = found) -> str:
            s = score(some, [found[q] for q in some])
            return f"{name:22}{s.asked:6}{s.first:7.1%}{s.five:7.1%}{s.mrr:7.3f}{s.nothing:7.1%}"

        for kind in dict.fromkeys(q.kind for q in asked):
            yield line(f"{locale} {kind}", [q for q in asked if q.kind == kind])
        there = [q for q in asked if q.answers]
        yield line(f"{locale} all but absent", there)
        yield line(f"{locale} tuned on", [q for q in there if not q.held])
        yield line(f"{locale} held out", [q for q in there if q.held])


def _bytes(folder: Path, told: dict[str, View]) -> Iterator[str]:
    for name in ("search-worker.js", "search.js", "search.css"):
        data = stamped(folder, name).read_bytes()
        yield f"{name}: {len(data)} bytes, brotli {len(brotli.compress(data))}"
    for locale, view in told.items():
        data = (folder / f"search/{locale}.json").read_bytes()
        letters = search_index.letters(search_index.items_of(view.book, view))
        small = len(brotli.compress(data))
        rate = f"{100 * small / letters:.1f} for 100 letters of indexed text"
        yield f"index {locale}: {len(data)} bytes, brotli {small}, {rate}"


def _speed(browser: Browser, folder: Path, locale: str, times: int, index: str) -> str:
    page = _page(browser, folder, {f"search/{locale}.json": index})
    page.goto(ORIGIN + ("en/" if locale == "en" else "") + "cases/roblox/")
    page.locator("form.search input").fill(TYPED[locale][0])
    page.locator(".search__pages a").first.wait_for(timeout=120_000)
    box, engine, ready = keystroke(page, ORIGIN, locale)
    page.context.close()
    return (
        f"{locale} at {times:2}×, 4× slowed: a keystroke {box + engine:.1f} ms "
        f"(box {box:.1f}, engine {engine:.1f}), the index once {ready:.0f} ms"
    )


def keystroke(page: Page, root: str, locale: str) -> tuple[float, float, float]:
    """Milliseconds on a processor slowed to a quarter: for a keystroke what the page does and what the engine does,
    and for making the index ready. Time of the processor, so that other work on the machine does not count."""
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    session.send("Emulation.setCPUThrottlingRate", {"rate": 4})

    def spent(what: tuple[str, ...], script: str, arguments: object = None) -> tuple[float, int]:
        before = _times(session)
        done = page.evaluate(script, arguments)
        after = _times(session)
        return 1000 * sum(after[name] - before[name] for name in what), done

    # The quickest of three rounds: what else the machine does slows even the processor's own time a little.
    box = min(cost / typed for cost, typed in (spent(SHOWING, TYPE, TYPED[locale]) for _ in range(3)))
    page.evaluate(LOAD, [page.evaluate(WORKER), f"{root}search/{locale}.json"])
    ready, _ = spent(WORKING, "() => window.bench.load(window.bench.data)")
    engine = min(cost / asked for cost, asked in (spent(WORKING, ENGINE, TYPED[locale]) for _ in range(3)))
    return box, engine, ready


def _times(session: CDPSession) -> dict[str, float]:
    """Seconds that the page's thread has worked, by what it did."""
    return {m["name"]: m["value"] for m in session.send("Performance.getMetrics")["metrics"]}


def _page(browser: Browser, folder: Path, instead: dict[str, str]) -> Page:
    """A page on the site, served from its folder but for the files given."""

    def serve(route) -> None:
        path = route.request.url.removeprefix(ORIGIN).partition("?")[0]
        file = folder / path / "index.html" if path.endswith("/") or not path else folder / path
        if path in instead:
            route.fulfill(body=instead[path], content_type="application/json")
        elif file.is_file():
            route.fulfill(path=file)
        else:
            route.fulfill(status=404)

    context = browser.new_context(bypass_csp=True)  # the engine is also run inside the page, to time it
    context.route("**/*", serve)
    page = context.new_page()
    page.goto(ORIGIN)
    return page
