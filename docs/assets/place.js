/* Keeping one's place: the address of a heading at one click, how far the text has been read, and, once the reader asked
   for it, where to continue. Stored is one thing only: the last place in a chapter, until the reader has it deleted. */
(() => {
  "use strict";
  const words = document.querySelector("[data-anchor]").dataset;
  const header = document.querySelector(".md-header");
  const article = document.querySelector("article.md-content__inner");
  const say = (text) => dispatchEvent(new CustomEvent("say", { detail: text }));

  /* A link at each heading. A click copies its address, and still goes there. */
  for (const heading of article.querySelectorAll("h2[id], h3[id], h4[id]")) {
    let anchor = heading.querySelector(".headerlink");
    if (!anchor) {
      anchor = document.createElement("a");
      anchor.className = "headerlink";
      anchor.href = `#${heading.id}`;
      anchor.textContent = "¶";
      heading.append(anchor);
    }
    anchor.title = words.anchor;
    anchor.setAttribute("aria-label", words.anchor);
  }
  article.addEventListener("click", async (event) => {
    const anchor = event.target.closest("a.headerlink");
    if (!anchor || event.ctrlKey || event.metaKey || event.shiftKey || !navigator.clipboard) return;
    try {
      await navigator.clipboard.writeText(anchor.href);
      say(words.copied);
    } catch { /* the browser refused; the link has gone to the heading, whose address stands in the bar */ }
  });

  /* How far: a line under the header, the number of the section in the list of headings. Of the text, not of the lists
     of facts and sources below it. */
  const sections = [...article.querySelectorAll(":scope > h2[id]")];
  const passed = (headings) => headings.filter((one) => one.getBoundingClientRect().top <= header.offsetHeight + innerHeight / 4).at(-1);
  const endOfText = () => {
    let last = sections.at(-1);
    for (let next = last.nextElementSibling; next && !next.matches("section, form, footer, .site-only, .definitions"); next = next.nextElementSibling) last = next;
    return last.getBoundingClientRect().bottom + scrollY;
  };
  let drawPosition = () => {};
  if (sections.length > 1) {
    const line = document.createElement("div");
    line.className = "position";
    line.setAttribute("aria-hidden", "true");
    header.append(line);
    const count = document.createElement("span");
    count.setAttribute("aria-hidden", "true");
    const title = document.querySelector(".md-sidebar--secondary .md-nav__title");
    if (title) title.append(" ", count);
    drawPosition = () => {
      const way = endOfText() - innerHeight;
      const share = way > 0 ? Math.min(1, Math.max(0, scrollY / way)) : 1;
      line.style.transform = `scaleX(${share.toFixed(4)})`;
      const at = scrollY < 40 ? 0 : sections.indexOf(passed(sections)) + 1;
      count.textContent = at ? `${at}/${sections.length}` : "";
    };
    drawPosition();
  }

  /* The heading that one is at, in the list of headings; and the page's title in the header once it has left the screen. */
  const links = new Map([...document.querySelectorAll(".md-sidebar--secondary a.md-nav__link")].map((link) => [link.hash.slice(1), link]));
  const listed = [...article.querySelectorAll("[id]")].filter((one) => links.has(one.id));
  const h1 = article.querySelector("h1");
  const drawHeading = () => {
    const at = scrollY < 40 ? -1 : listed.indexOf(passed(listed));
    listed.forEach((heading, number) => {
      const link = links.get(heading.id);
      link.classList.toggle("md-nav__link--passed", number < at);
      link.classList.toggle("md-nav__link--active", number === at);
      if (number === at) link.setAttribute("aria-current", "location");
      else link.removeAttribute("aria-current");
    });
    document.querySelector(".md-header__title").classList.toggle("md-header__title--active", h1.getBoundingClientRect().bottom < header.offsetHeight);
  };
  drawHeading();

  /* Where to continue. */
  const forget = () => {
    try { localStorage.removeItem(__md_scope.pathname + ".place"); } catch { /* storage is off */ }
  };
  const text = (value) => (typeof value === "string" ? value.replace(/\s+/g, " ").trim().slice(0, 200) : "");
  const kept = () => {
    const place = __md_get("place");
    const known = place && /^(en\/)?chapters\/[a-z0-9-]+\/$/.test(place.page) && /^[a-z0-9-]*$/.test(place.section);
    return known && text(place.title) ? place : null;
  };

  let record = () => {};
  const keep = document.querySelector(".keep");
  if (keep) {
    const button = keep.querySelector("button");
    const headings = [...article.querySelectorAll("h2[id], h3[id]")];
    const write = () => {
      const section = scrollY < 40 ? null : passed(headings);
      __md_set("place", {
        page: location.pathname.replace(__md_scope.pathname, ""),
        title: text(article.querySelector("h1").textContent),
        section: section ? section.id : "",
        heading: section ? text(section.firstChild.textContent) : "",
      });
    };
    const press = (on) => button.setAttribute("aria-pressed", String(on));
    record = () => { if (button.getAttribute("aria-pressed") === "true" && kept()) write(); };
    press(Boolean(kept()));
    record();
    button.addEventListener("click", () => {
      if (kept()) {
        forget();
        press(false);
        say(keep.dataset.cleared);
        return;
      }
      write();
      press(Boolean(kept()));
      say(kept() ? keep.dataset.kept : keep.dataset.refused);
    });
    keep.dataset.ready = "yes";
  }

  const resume = document.querySelector(".resume");
  const place = resume && kept();
  if (place) {
    const link = resume.querySelector("a");
    link.href = new URL(place.page + (place.section && `#${place.section}`), __md_scope);
    link.textContent = [text(place.title), text(place.heading)].filter(Boolean).join(" – ");
    link.lang = link.hreflang = place.page.startsWith("en/") ? "en" : "ko";
    resume.hidden = false;
    resume.querySelector("button").addEventListener("click", () => {
      forget();
      resume.hidden = true;
      say(resume.dataset.cleared);
      const next = article.querySelector(".door");
      if (next) next.focus();
    });
  }

  let asked = false;
  let timer = 0;
  const moved = () => {
    if (!asked) requestAnimationFrame(() => { asked = false; drawPosition(); drawHeading(); });
    asked = true;
    clearTimeout(timer);
    timer = setTimeout(record, 400);
  };
  addEventListener("scroll", moved, { passive: true });
  addEventListener("resize", moved);
  addEventListener("pagehide", record);
})();
