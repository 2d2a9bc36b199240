/* The element that the address names; none for an address that cannot be read. */
const addressed = () => {
  try { return document.getElementById(decodeURIComponent(location.hash.slice(1))); } catch { return null; }
};

/* The frame that the theme draws: color scheme, drawer, the present page in the navigation, folds. */
(() => {
  "use strict";

  /* The scheme follows the system until the reader presses the button. */
  const button = document.querySelector("button.scheme");
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const draw = (scheme) => {
    document.body.dataset.mdColorScheme = scheme;
    button.title = button.dataset[scheme === "slate" ? "light" : "dark"];
    button.setAttribute("aria-label", button.title);
  };
  draw(document.body.dataset.mdColorScheme);
  button.hidden = false;
  button.addEventListener("click", () => {
    draw(document.body.dataset.mdColorScheme === "slate" ? "default" : "slate");
    __md_set("scheme", document.body.dataset.mdColorScheme);
  });
  dark.addEventListener("change", () => {
    if (!__md_get("scheme")) draw(dark.matches ? "slate" : "default");
  });

  /* Labels of the theme that act as buttons do so for the keyboard too. */
  addEventListener("keydown", (event) => {
    if ((event.key === "Enter" || event.key === " ") && event.target.matches("label[for]")) {
      event.preventDefault();
      event.target.click();
    }
  });

  /* The drawer, the menu of narrow screens: it takes the focus, and closes with Escape, when the focus leaves it, and
     behind a link to a heading of this page. */
  const drawer = document.getElementById("__drawer");
  const label = document.querySelector(".md-header__button[for=__drawer]");
  const pages = document.querySelector(".md-sidebar--primary");
  const menu = document.createElement("button"); // in place of the label, which the keyboard cannot reach
  menu.type = "button";
  menu.className = "md-header__button md-icon menu";
  menu.setAttribute("aria-label", button.dataset.menu);
  menu.append(...label.children);
  label.replaceWith(menu);
  const told = () => menu.setAttribute("aria-expanded", String(drawer.checked));
  const turn = (on) => {
    drawer.checked = on;
    told();
  };
  turn(false); // some browsers remember how it was left
  drawer.addEventListener("change", told);
  menu.addEventListener("click", () => {
    turn(!drawer.checked);
    if (drawer.checked) pages.querySelector(".md-nav__link--active, a.md-nav__link").focus();
  });
  pages.addEventListener("click", (event) => {
    if (event.target.closest("a")) turn(false);
  });
  addEventListener("keydown", (event) => {
    if (event.key === "Escape" && drawer.checked) {
      turn(false);
      menu.focus();
    }
  });
  addEventListener("focusin", (event) => {
    if (drawer.checked && !pages.contains(event.target) && event.target !== menu) turn(false);
  });

  const present = pages.querySelector(".md-nav__list .md-nav__list a.md-nav__link--active");
  const box = pages.querySelector(".md-sidebar__scrollwrap");
  if (present && box.scrollHeight > box.clientHeight + 40) box.scrollTop = present.getBoundingClientRect().top - box.getBoundingClientRect().top - box.clientHeight / 2;

  /* A fold opens for the address of something inside it, and on paper. */
  const open = (folds) => folds.forEach((fold) => { fold.open = true; });
  const arrive = () => {
    const target = addressed();
    const fold = target && target.closest("details");
    if (fold && !fold.open) {
      open([fold]);
      target.scrollIntoView();
    }
  };
  arrive();
  addEventListener("hashchange", arrive);
  addEventListener("beforeprint", () => open(document.querySelectorAll(".md-content details")));
})();

/* The site's own behavior: the language switch keeps the heading, terms explain themselves. */
(() => {
  "use strict";

  /* The switch goes to the heading that the reader is at: the address's own, or the last one passed. */
  const languageSwitch = document.getElementById("switch");
  if (languageSwitch) {
    const target = languageSwitch.getAttribute("href");
    const headings = [...document.querySelectorAll(".md-content h2[id], .md-content h3[id]")];
    const header = document.querySelector(".md-header");
    const here = () => {
      if (scrollY < 40) return "";
      const top = (header ? header.offsetHeight : 0) + innerHeight / 4;
      const passed = headings.filter((heading) => heading.getBoundingClientRect().top <= top);
      if (passed.length) return "#" + passed[passed.length - 1].id;
      return "";
    };
    const carry = () => {
      const asked = addressed();
      const seen = asked && asked.getBoundingClientRect();
      const hash = seen && seen.top >= 0 && seen.top < innerHeight ? location.hash : here();
      languageSwitch.setAttribute("href", target + location.search + hash);
    };
    for (const event of ["pointerdown", "focus", "keydown", "click"]) languageSwitch.addEventListener(event, carry);
  }

  /* Search: its script, worker and index are fetched when the box gets the focus, for Ctrl/⌘ K and /, and for ?q=. */
  const search = document.querySelector("form.search");
  if (search) {
    const at = (name) => new URL(search.dataset[name], document.baseURI).href;
    const input = search.elements.q;
    let started = null;
    const start = () => {
      started ??= (async () => {
        const parts = self.localSearch ? await localSearch() : { worker: new Worker(at("worker")), index: fetch(at("index")) };
        parts.index.catch(() => {}); // the script tells of it
        const style = Object.assign(document.createElement("link"), { rel: "stylesheet", href: at("style") });
        const styled = new Promise((done) => { style.onload = style.onerror = done; });
        document.head.append(style);
        const script = await import(parts.script ?? at("script"));
        await styled;
        script.start(search, parts);
      })();
    };
    const asked = new URLSearchParams(location.search).get("q");
    const open = () => {
      start();
      search.classList.add("search--open");
      input.focus();
    };
    input.addEventListener("focus", start, { once: true });
    search.addEventListener("submit", (event) => {
      event.preventDefault();
      open();
    });
    document.addEventListener("keydown", (event) => {
      const typing = event.target.closest("input, textarea, select, [contenteditable]");
      if ((event.key === "k" && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey) || (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && __md_get("slash") !== false)) {
        event.preventDefault();
        open();
        input.select();
      }
    });
    if (asked) {
      input.value = asked.slice(0, 100);
      open();
    }
  }

  /* Copy buttons of citations; the button itself says when it is done. */
  for (const button of document.querySelectorAll("button.copy")) {
    button.hidden = !navigator.clipboard;
    button.addEventListener("click", async () => {
      const label = button.textContent;
      const source = document.getElementById(button.dataset.copy);
      await navigator.clipboard.writeText((source.value ?? source.textContent).trim());
      button.textContent = button.dataset.copied;
      button.setAttribute("aria-live", "polite");
      setTimeout(() => { button.textContent = label; }, 2000);
    });
  }

  /* Definitions of terms: on hover and focus, on touch at the first tap; Esc or a look elsewhere closes. */
  const terms = document.querySelectorAll("a.term[aria-describedby]");
  if (!terms.length) return;
  const box = document.createElement("div");
  box.className = "tooltip";
  box.hidden = true;
  const text = document.createElement("p");
  const more = document.createElement("a");
  more.textContent = document.querySelector(".definitions").dataset.open;
  more.tabIndex = -1;
  box.append(text);
  box.setAttribute("aria-hidden", "true");
  document.body.append(box);
  let shown = null;
  let timer = 0;
  let touched = null;

  const hide = () => {
    clearTimeout(timer);
    box.hidden = true;
    shown = null;
  };
  const show = (link) => {
    const definition = document.getElementById(link.getAttribute("aria-describedby"));
    if (!definition) return;
    clearTimeout(timer);
    text.textContent = definition.textContent;
    more.href = link.href;
    if (touched) box.append(more);
    else more.remove();
    box.hidden = false;
    shown = link;
    const place = link.getClientRects()[0];
    const left = Math.min(place.left, document.documentElement.clientWidth - box.offsetWidth - 12);
    const above = place.bottom + box.offsetHeight + 8 > innerHeight && place.top > box.offsetHeight + 8;
    box.style.left = Math.max(12, left) + scrollX + "px";
    box.style.top = (above ? place.top - box.offsetHeight - 4 : place.bottom + 4) + scrollY + "px";
  };
  const later = (action, wait) => {
    clearTimeout(timer);
    timer = setTimeout(action, wait);
  };

  for (const link of terms) {
    link.addEventListener("pointerenter", (event) => {
      if (event.pointerType !== "touch") later(() => show(link), 150);
    });
    link.addEventListener("pointerleave", (event) => {
      if (event.pointerType !== "touch") later(hide, 250);
    });
    link.addEventListener("pointerdown", (event) => {
      touched = event.pointerType === "touch" ? link : null;
    });
    link.addEventListener("focus", () => {
      if (!touched && link.matches(":focus-visible")) show(link);
    });
    link.addEventListener("blur", () => later(hide, 100));
    link.addEventListener("click", (event) => {
      if (touched === link && shown !== link) {
        event.preventDefault();
        show(link);
      }
    });
  }
  box.addEventListener("pointerenter", () => clearTimeout(timer));
  box.addEventListener("pointerleave", () => later(hide, 250));
  document.addEventListener("pointerdown", (event) => {
    if (shown && !box.contains(event.target) && event.target.closest("a.term") !== shown) hide();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && shown) {
      event.stopPropagation();
      hide();
    }
  });
})();

/* What no first view needs loads on use: beside.js when the button, the address or an earlier choice asks for the other
   language, place.js and ahead.js at the first sign of a reader. They say what they did in the theme's own message box. */
(() => {
  "use strict";
  const box = document.querySelector(".md-dialog");
  box.setAttribute("role", "status");
  let timer = 0;
  const say = (text) => {
    box.firstElementChild.textContent = text;
    box.classList.toggle("md-dialog--active", Boolean(text));
    clearTimeout(timer);
    if (text) timer = setTimeout(say, 8000, "");
  };
  addEventListener("say", (event) => say(event.detail));
  const load = (name, failed) => {
    const script = document.createElement("script");
    script.src = new URL(name, __md_scope);
    if (failed) script.onerror = failed;
    document.head.append(script);
  };

  const beside = document.querySelector("button.beside");
  if (beside && location.protocol !== "file:") {
    const start = (press) => {
      beside.removeEventListener("click", start);
      if (press) beside.dataset.pressed = "yes";
      load("assets/beside.js", () => {
        say(beside.dataset.failed);
        beside.addEventListener("click", start);
      });
    };
    beside.hidden = false;
    if (/[?&]beside(=(ko|en)?)?(&|$)/.test(location.search) || __md_get("beside") === true) start();
    else beside.addEventListener("click", start);
  }

  if (navigator.serviceWorker?.controller && !document.querySelector("form.offline")) load("assets/offline.js");

  const signs = ["scroll", "pointermove", "touchstart", "focusin"];
  const begin = () => {
    signs.forEach((sign) => removeEventListener(sign, begin));
    load("assets/place.js");
    load("assets/ahead.js");
  };
  if (__md_get("place")) begin();
  else signs.forEach((sign) => addEventListener(sign, begin, { passive: true }));
})();
