/* The search box in use: asks the worker at every keystroke and shows its answers as a list of links with a status
   line. Loaded by site.js when somebody searches. */

const SHOWN = { pages: 3, parts: 2, partsBelow: 1, letters: 90 };

export const start = (form, { worker, index, read }) => {
  const input = form.elements.q;
  const button = form.querySelector("button");
  const says = JSON.parse(form.dataset.says);
  const root = new URL(form.dataset.root.replace(/\/?$/, "/"), document.baseURI);
  const say = (key, ...values) => says[key].replace(/\{(\d)\}/g, (_, n) => values[n]);
  const make = (tag, properties = {}, ...children) => {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children);
    return element;
  };

  const status = make("p", { className: "search__status" });
  status.setAttribute("role", "status");
  const list = make("ul", { className: "search__pages" });
  const panel = make("div", { className: "search__panel", id: "search-panel", hidden: true }, status, list);
  const closing = make("button", { type: "button", className: "search__close", textContent: "×" });
  closing.setAttribute("aria-label", says.close);
  input.setAttribute("aria-controls", panel.id);
  input.setAttribute("aria-describedby", "search-keys");
  form.append(closing, make("span", { id: "search-keys", hidden: true, textContent: says.keys }), panel);

  /* Open and closed. The query stays in the box; the address keeps it only for the way back. */
  const isOpen = () => form.classList.contains("search--open");
  const open = () => {
    form.classList.add("search--open");
    panel.hidden = false;
  };
  const address = (query) => {
    const url = new URL(location.href);
    if (query) url.searchParams.set("q", query);
    else url.searchParams.delete("q");
    if (url.href !== location.href) history.replaceState(history.state, "", url);
  };
  const close = (focus) => {
    if (!isOpen()) return;
    form.classList.remove("search--open");
    panel.hidden = true;
    address("");
    if (focus) (button.checkVisibility() && !input.checkVisibility({ visibilityProperty: true }) ? button : input).focus();
  };

  /* The worker: one question at a time; what was typed meanwhile is asked when the answer is there. */
  let ready = false, failed = false, asked = 0, busy = false, shown = null;
  const ask = () => {
    const query = input.value.trim();
    if (failed) return tell(say("failed"), true);
    if (!query) {
      shown = null;
      list.replaceChildren();
      status.textContent = says.hint;
      return;
    }
    if (!ready) {
      if (!shown) status.textContent = says.loading;
      return;
    }
    if (busy) return;
    busy = true;
    worker.postMessage({ id: ++asked, query: input.value });
  };
  const fail = () => {
    failed = true;
    ask();
  };
  worker.addEventListener("error", fail);
  worker.addEventListener("message", ({ data }) => {
    if (data.ready) {
      ready = true;
      return ask();
    }
    busy = false;
    if (data.query !== input.value) ask();
    if (input.value.trim() && !data.short) keepFocus(() => show(data));
  });
  index
    .then((response) => (response.ok ? response.json() : Promise.reject(response.status)))
    .then((value) => worker.postMessage({ index: value }))
    .catch(fail);

  /* An answer may come while a link of the one before has the focus. */
  const keepFocus = (change) => {
    const at = [...list.querySelectorAll("a")].indexOf(document.activeElement);
    change();
    if (at >= 0) (list.querySelectorAll("a")[at] ?? input).focus({ preventScroll: true });
  };

  /* Answers. */
  const link = (url, ...children) => make("a", { href: new URL(url, root).href }, ...children);
  const marked = (text, pattern) => {
    const parts = [];
    let end = 0;
    if (pattern) {
      for (const match of text.matchAll(pattern)) {
        parts.push(text.slice(end, match.index), make("mark", { textContent: match[0] }));
        end = match.index + match[0].length;
      }
    }
    return [...parts, text.slice(end)];
  };
  const tell = (text, helpless) => {
    status.textContent = text;
    list.replaceChildren();
    if (!helpless) return;
    list.append(
      make("li", {}, link(says.cases_url, says.cases)),
      make("li", {}, link(says.terms_url, says.terms)),
    );
  };
  const show = (answer) => {
    shown = answer;
    panel.dataset.query = answer.query; // what is shown answers this
    if (!answer.results.length) {
      tell(say("none", answer.query.trim()), true);
      list.prepend(...answer.near.map(({ url, title }) => make("li", {}, `${says.near} `, link(url, title))));
      return;
    }
    const pattern = answer.marks ? new RegExp(answer.marks, "giu") : null;
    excerpts = [];
    list.replaceChildren(
      ...answer.results.map((page, place) => {
        const title = link(page.url, ...marked(page.title, pattern));
        title.className = "search__title";
        const item = make("li", {}, title, " ", make("span", { className: "search__label", textContent: page.label }));
        item.append(make("p", {}, ...marked(page.description, pattern)));
        const parts = page.parts
          .filter((part) => part.number && part.score > page.parts[0].score / 2)
          .slice(0, place < SHOWN.pages ? SHOWN.parts : SHOWN.partsBelow);
        if (parts.length) {
          item.append(
            make("ul", {}, ...parts.map((part) => {
              const excerpt = make("p", { className: "search__excerpt" });
              excerpts.push({ page, part, excerpt, pattern });
              return make("li", {}, link(`${page.url}#${part.anchor}`, ...marked(part.heading, pattern)), excerpt);
            })),
          );
        }
        return item;
      }),
    );
    const { count, results } = answer;
    status.textContent = count > results.length ? say("first", count, results.length) : say("found", count);
    if (scrolled) panel.scrollTop = 0; // asked of every answer, this would cost a layout
    scrolled = false;
    fill();
  };

  /* Excerpts: from the pages' texts. Those in view come when typing pauses; what is there already is shown at once. */
  const texts = new Map();
  let excerpts = [];
  let pause = 0;
  let scrolled = false;
  const fill = () => {
    clearTimeout(pause);
    excerpts = excerpts.filter((one) => !write(one));
    if (excerpts.length) pause = setTimeout(fetchTexts, 150);
  };
  const write = ({ page, part, excerpt, pattern }) => {
    const text = texts.get(page.url);
    if (text === undefined) return false;
    excerpt.replaceChildren(...marked(cut(text[part.number] || "", pattern), pattern));
    return true;
  };
  const textsOf = read ?? ((url) => fetch(new URL(`search/${url}text.json`, root)).then((r) => (r.ok ? r.json() : []), () => []));
  const fetchTexts = async () => {
    const mine = excerpts;
    const inView = mine.filter(({ excerpt }) => excerpt.getBoundingClientRect().top < innerHeight);
    for (const url of new Set(inView.map((one) => one.page.url))) {
      if (!texts.has(url)) {
        const text = await textsOf(url);
        texts.set(url, text);
      }
      if (excerpts !== mine) return;
      mine.filter((one) => one.page.url === url).forEach(write);
    }
  };
  panel.addEventListener("scroll", () => {
    scrolled = true;
    fill();
  }, { passive: true });
  /* The stretch of a text that holds the most different words of the question, from the start of a sentence if it can. */
  const cut = (text, pattern) => {
    const room = SHOWN.letters * (document.documentElement.lang === "ko" ? 1 : 1.8);
    const found = pattern ? [...text.matchAll(pattern)] : [];
    let best = 0, from = 0;
    for (const { index: at } of found) {
      const inside = found.filter((match) => match.index >= at && match.index < at + room * 0.6);
      const worth = new Set(inside.map((match) => match[0].toLowerCase())).size;
      if (worth > best) [best, from] = [worth, at];
    }
    const starts = [0, ...[...text.slice(0, from).matchAll(/[.?!] (?=[\p{Lu}가-힣])/gu)].map((match) => match.index + 2)];
    const sentence = starts[starts.length - 1];
    from = from - sentence < room * 0.4 ? sentence : text.indexOf(" ", from - room * 0.25) + 1;
    const to = from + room < text.length ? text.lastIndexOf(" ", from + room) : text.length;
    return (from ? "… " : "") + text.slice(from, to > from ? to : from + room) + (to < text.length ? " …" : "");
  };

  /* Keys. Real links hold the focus, so that they can be opened in a new tab and read out like any link. */
  form.addEventListener("keydown", (event) => {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const links = [...list.querySelectorAll("a")];
    const at = links.indexOf(document.activeElement);
    const go = (element) => {
      event.preventDefault();
      element.focus();
      element.scrollIntoView({ block: "nearest" });
    };
    if (event.key === "Escape" && isOpen()) {
      event.preventDefault();
      close(true);
    } else if (event.key === "ArrowDown" && links.length) {
      open();
      go(links[Math.min(at + 1, links.length - 1)]);
    } else if (event.key === "ArrowUp" && at >= 0) go(at ? links[at - 1] : input);
    else if (event.key === "Home" && at >= 0) go(links[0]);
    else if (event.key === "End" && at >= 0) go(links[links.length - 1]);
    else if (at >= 0 && (event.key.length === 1 || event.key === "Backspace") && event.key !== " ") input.focus();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const visible = input.checkVisibility({ visibilityProperty: true });
    if (!isOpen() || !visible) {
      open();
      input.focus();
      ask();
    } else if (shown && shown.results.length && shown.query === input.value) list.querySelector("a").click();
  });
  list.addEventListener("click", (event) => {
    const to = event.target.closest("a");
    if (!to) return;
    if (to.pathname === location.pathname) close(false);
    else address(input.value.trim());
  });
  closing.addEventListener("click", () => close(true));
  input.addEventListener("input", () => { open(); ask(); });
  input.addEventListener("focus", open);
  input.addEventListener("pointerdown", open);
  form.addEventListener("focusout", ({ relatedTarget }) => {
    if (relatedTarget && !form.contains(relatedTarget)) close(false);
  });
  document.addEventListener("pointerdown", ({ target }) => {
    if (!form.contains(target)) close(false);
  });

  /* While this was loading the reader may have gone on: then the box stays shut, and the focus where it is. */
  const here = form.contains(document.activeElement);
  if (here || (isOpen() && document.activeElement === document.body)) {
    open();
    ask();
    if (!here) input.focus();
  } else close(false);
};
