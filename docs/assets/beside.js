/* Side by side: the other language next to each block of the text. Both pages have the same blocks under the same ids, so
   blocks are matched by name where they have one and by order between names; what has no match stands whole after its
   section, so that nothing is lost or doubled. Copies are only to be read: no ids, no buttons, no fields. */
(() => {
  "use strict";
  const button = document.querySelector("button.beside");
  const article = document.querySelector("article.md-content__inner");
  const languageSwitch = document.getElementById("switch");
  const words = button.dataset;
  const mine = document.documentElement.lang;
  const other = languageSwitch.hreflang;
  const address = new URL(languageSwitch.href);
  address.search = address.hash = "";

  /* Not text, but the site around it. A section may be hidden by the timeline's filters and is text all the same. */
  const SKIPPED = ".closing, .definitions, .site-only, .filters, .score, .copying, script, [hidden]:not(section)";
  const NOT_COPIED = ".headerlink, .site-only, .check, .verdict-line, .md-clipboard, button, script, style, [hidden]";
  const CONTAINERS = "section, .timeline, form.quiz";

  const say = (text) => dispatchEvent(new CustomEvent("say", { detail: text }));
  const blocksOf = (parent) => [...parent.children].filter((child) => !child.matches(SKIPPED));
  /* The theme gives code its own ids, which begin with two underscores and are on this page only. */
  const nameOf = (block) => (block.id.startsWith("__") ? "" : block.id) || block.getAttribute("aria-labelledby") || "";

  /* A copy of a block of the other page, fit to stand on this one. */
  const renamed = (element, tag) => {
    const fresh = document.createElement(tag);
    fresh.className = element.className;
    fresh.append(...element.childNodes);
    element.replaceWith(fresh);
    return fresh;
  };
  const link = (anchor) => {
    const href = anchor.getAttribute("href");
    anchor.classList.remove("term");
    if (href.startsWith("#") && document.getElementById(href.slice(1))) return;
    anchor.href = new URL(href, address).href;
  };
  const copyOf = (block) => {
    const holder = document.createElement("div");
    holder.append(document.importNode(block, true));
    for (const one of holder.querySelectorAll(NOT_COPIED)) one.remove();
    for (const field of holder.querySelectorAll("input, textarea")) field.replaceWith(field.type === "text" ? "…" : "");
    const selects = [...holder.querySelectorAll("select")];
    for (const select of selects) {  // all of a question offer the same: said once, after the last
      const options = [...select.options].filter((option) => option.value).map((option) => option.text);
      select.replaceWith(select === selects.at(-1) ? `(${options.join(" · ")})` : "");
    }
    for (const [selector, tag] of [["h1", "p"], ["legend", "p"], ["fieldset", "div"], ["label", "p"]]) {
      for (const one of holder.querySelectorAll(selector)) renamed(one, tag).classList.add(`beside-${selector}`);
    }
    /* A drawing refers to its own parts by id; those get names of their own, all other ids go. */
    for (const one of holder.querySelectorAll("*")) {
      const drawn = one.closest("svg");
      for (const { name, value } of [...one.attributes]) {
        if (name === "id" && drawn) one.id = `beside-${value}`;
        else if (["aria-labelledby", "aria-describedby"].includes(name) && drawn) one.setAttribute(name, value.replace(/\S+/g, "beside-$&"));
        else if (["id", "aria-labelledby", "aria-describedby"].includes(name)) one.removeAttribute(name);
        else if (drawn) one.setAttribute(name, value.replace(name.endsWith("href") ? /^#/ : /url\(["']?#/g, "$&beside-"));
      }
    }
    for (const anchor of holder.querySelectorAll("a[href]")) if (!anchor.closest("svg")) link(anchor);
    return holder.firstElementChild;
  };

  /* Lays a copy after a block. On a desk the two share a line of the grid. */
  const mark = (copy) => {
    copy.lang = other;
    copy.classList.remove("event");
    copy.classList.add("beside-copy");
    return copy;
  };
  const own = (block) => {
    block.classList.add("beside-own");
    if (!block.lang) {
      block.lang = mine;
      block.classList.add("beside-lang");
    }
    block.parentElement.classList.add("beside-grid");
  };
  const layOne = (block, match) => {
    const copy = mark(copyOf(match));
    own(block);
    block.after(copy);
    return copy;
  };
  const layRest = (parent, after, blocks) => {
    const rest = mark(document.createElement(/^[uo]l$/i.test(parent.tagName) ? "li" : "div"));
    rest.classList.add("beside-rest");
    rest.append(...blocks.map(copyOf));
    if (after) after.after(rest);
    else parent.prepend(rest);
    return rest;
  };

  /* Lists of paragraphs go item by item: by id or first link, since each language sorts by its own names, else by order. */
  const keyOf = (item, base) => {
    const first = item.querySelector("a[href]");
    const path = first ? new URL(first.getAttribute("href"), base).href.replace(`${__md_scope}en/`, __md_scope) : "";
    return item.id || path;
  };
  const layItems = (list, match) => {
    const [left, right] = [[...list.children], [...match.children]];
    const keys = left.map((item) => keyOf(item, location.href.replace(/[?#].*/, "")));
    const byKey = new Map(right.map((item) => [keyOf(item, address), item]));
    const named = new Set(keys).size === left.length && byKey.size === right.length && keys.every((key) => key && byKey.has(key));
    if (left.length !== right.length) return layOne(list, match);
    left.forEach((item, index) => {
      const copy = layOne(item, named ? byKey.get(keys[index]) : right[index]);
      if (list.tagName === "OL") copy.value = item.value || index + 1;
    });
    return list;
  };

  const layPair = (block, match) => {
    if (block.matches(CONTAINERS)) {
      layAll(block, match);
      return block;
    }
    if (block.matches("ul, ol") && block.querySelector(":scope > li > p")) return layItems(block, match);
    return layOne(block, match);
  };

  /* Cuts a run of blocks before each one that has a name. */
  const partsOf = (parent) => {
    const parts = [{ name: "", blocks: [] }];
    for (const block of blocksOf(parent)) {
      if (nameOf(block)) parts.push({ name: nameOf(block), blocks: [] });
      parts.at(-1).blocks.push(block);
    }
    return parts;
  };
  const layAll = (parent, match) => {
    const parts = new Map(partsOf(parent).map((part) => [part.name, part.blocks]));
    let last = null;
    for (const { name, blocks } of partsOf(match)) {
      const here = parts.get(name) || [];
      const alike = here.length === blocks.length && here.every((block, index) => block.tagName === blocks[index].tagName);
      if (alike) blocks.forEach((block, index) => { last = layPair(here[index], block); });
      else if (blocks.length) {
        here.forEach(own);
        last = layRest(parent, here.at(-1) || last, blocks);
      } else last = here.at(-1) || last;
    }
  };

  /* The reader goes on seeing what was in view: the heading of the address, else the first block that begins below the
     header, else the one that fills the window. */
  const keepingPlace = (change) => {
    const top = document.querySelector(".md-header").offsetHeight;
    const target = location.hash && document.getElementById(location.hash.slice(1));
    const seen = (element) => {
      const { top: y, bottom, height } = element.getBoundingClientRect();
      return height && bottom > top && y < innerHeight;
    };
    const blocks = [...article.querySelectorAll("p, li, h2, h3, figure, table, dl")].filter((one) => !one.closest(".beside-copy"));
    const fixed = scrollY < 40 ? null : [target, blocks.find((one) => seen(one) && one.getBoundingClientRect().top >= top), blocks.find(seen)].find((one) => one && seen(one));
    const before = fixed && fixed.getBoundingClientRect().top;
    document.documentElement.style.overflowAnchor = "none";
    change();
    if (fixed) scrollBy({ top: fixed.getBoundingClientRect().top - before, behavior: "instant" });
    document.documentElement.style.overflowAnchor = "";
  };

  let styles;
  const styled = () => styles ??= new Promise((done, fail) => {
    const sheet = document.createElement("link");
    sheet.rel = "stylesheet";
    sheet.href = new URL("assets/beside.css", __md_scope);
    sheet.onload = done;
    sheet.onerror = () => { sheet.remove(); styles = undefined; fail(); };
    document.head.append(sheet);
  });
  let page;
  const fetched = async () => {
    if (page) return page;
    const answer = await fetch(address, { signal: AbortSignal.timeout(20_000) });
    const parsed = new DOMParser().parseFromString(answer.ok ? await answer.text() : "", "text/html");
    const found = parsed.querySelector("article.md-content__inner");
    if (!found || parsed.documentElement.lang !== other) throw new Error("not the sibling page");
    return (page = found);
  };

  /* A choice made here is kept until it is taken back, and stands in the address, which the reader may send. */
  const remember = (on) => {
    if (on) __md_set("beside", true);
    else {
      try { localStorage.removeItem(__md_scope.pathname + ".beside"); } catch { /* storage is off */ }
    }
    const query = location.search.slice(1).split("&").filter((part) => part && !/^beside(=|$)/.test(part));
    if (on) query.push("beside");
    try {
      history.replaceState(history.state, "", location.pathname + (query.length ? `?${query.join("&")}` : "") + location.hash);
    } catch { /* called too often; the page is right all the same */ }
  };

  const isOn = () => button.getAttribute("aria-pressed") === "true";
  const hide = () => {
    button.setAttribute("aria-pressed", "false");
    keepingPlace(() => {
      delete document.body.dataset.beside;
      for (const copy of article.querySelectorAll(".beside-copy")) copy.remove();
      for (const block of article.querySelectorAll(".beside-lang")) block.removeAttribute("lang");
      for (const name of ["beside-own", "beside-lang", "beside-grid"]) {
        for (const block of document.querySelectorAll(`.${name}`)) block.classList.remove(name);
      }
    });
  };
  const show = async (chosen) => {
    button.setAttribute("aria-pressed", "true");
    const slow = setTimeout(() => say(words.loading), 400);
    try {
      const [found] = await Promise.all([fetched(), styled()]);
      if (!isOn() || document.body.dataset.beside) return;
      keepingPlace(() => {
        document.body.dataset.beside = other;
        layAll(article, found);
      });
      if (chosen) remember(true);
      say(words.shown);
    } catch {
      if (!isOn()) return;
      button.setAttribute("aria-pressed", "false");
      say(words.failed);
    } finally {
      clearTimeout(slow);
    }
  };

  /* Loaded because it is wanted: by a press of the button, or by the address or an earlier choice. */
  button.addEventListener("click", () => {
    if (isOn()) {
      remember(false);
      hide();
    } else show(true);
  });
  show(Boolean(button.dataset.pressed));
})();
