/* What is saved on this device: on every page, once the reader asked for it, whether this page is; on the page about it
   what there is, and the buttons that save, renew and delete. */
(() => {
  "use strict";
  const root = __md_scope.href;
  const store = `saved:${root}`;
  const here = location.href.split(/[?#]/)[0];
  const locale = document.documentElement.lang;
  const day = (date) => new Date(date).toLocaleDateString(locale, { dateStyle: "long" });
  const fill = (text, ...values) => text.replace(/\{(\d)\}/g, (_, number) => values[number]);
  const controlled = () => "serviceWorker" in navigator && Boolean(navigator.serviceWorker.controller);

  const line = document.querySelector("p.saved");
  const tell = async () => {
    const kept = controlled() && (await caches.has(store)) && (await (await caches.open(store)).match(here));
    line.hidden = !controlled();
    line.firstElementChild.textContent = kept ? fill(line.dataset.yes, day(kept.headers.get("x-saved"))) : line.dataset.no;
  };
  if (line) setTimeout(tell, 500); // the page just shown is being kept

  const panel = document.querySelector("form.offline");
  if (!panel) return;
  const says = JSON.parse(panel.dataset.says);
  const state = panel.querySelector("output");
  const [save, renew, remove] = panel.querySelectorAll("button");
  const boxes = [...panel.querySelectorAll("input")];
  const megabytes = (bytes) => (bytes / 1e6).toLocaleString(locale, { maximumFractionDigits: 1, minimumFractionDigits: 1 });
  if (!("serviceWorker" in navigator) || !("caches" in window)) {
    state.textContent = says.unable;
    return;
  }

  let plan = null; // of the site as it is now: each file's hash and bytes, the pages of each chapter's thread
  const load = async () => {
    plan ??= await fetch(new URL("offline.json", root), { cache: "no-cache" }).then((answer) => (answer.ok ? answer.json() : null)).catch(() => null);
    return plan;
  };
  const mine = (path) => path.startsWith("en/") === (locale === "en");
  const common = () => Object.keys(plan.files).filter((path) => path.startsWith("assets/") || path === `search/${locale}.json`);
  const withTexts = (pages) => pages.flatMap((path) => [path, `search/${path}text.json`]).filter((path) => plan.files[path]);
  const first = () => ["", "chapters/", "cases/", "glossary/", "offline/"].map((path) => (locale === "en" ? "en/" : "") + path);
  const wanted = (box) => {
    const pages = box.value === "all"
      ? Object.keys(plan.files).filter((path) => /^(|.*\/)$/.test(path) && mine(path))
      : [...first(), box.value, ...(plan.threads[box.value] ?? [])];
    return new Set([...common(), ...withTexts(pages)]);
  };
  const weight = (paths) => [...paths].reduce((sum, path) => sum + (plan.files[path]?.[1] ?? 0), 0);

  const digest = async (answer) => {
    const hash = await crypto.subtle.digest("SHA-256", await answer.arrayBuffer());
    return [...new Uint8Array(hash)].slice(0, 6).map((byte) => byte.toString(16).padStart(2, "0")).join("");
  };
  /* Saved paths, and those of them that the site now has otherwise or no more. */
  const look = async () => {
    if (!(await caches.has(store))) return { paths: [], old: [], bytes: 0, since: "" };
    const box = await caches.open(store);
    const result = { paths: [], old: [], bytes: 0, since: "" };
    for (const request of await box.keys()) {
      const path = request.url.slice(root.length);
      if (path === "offline-words.json") continue;
      const kept = await box.match(request);
      const saved = kept.headers.get("x-saved") ?? "";
      result.paths.push(path);
      result.bytes += (await kept.clone().blob()).size;
      if (!result.since || saved < result.since) result.since = saved;
      if (plan && plan.files[path]?.[0] !== (await digest(kept))) result.old.push(path);
    }
    return result;
  };
  const show = async (message) => {
    const found = await look();
    const pages = found.paths.filter((path) => /^(|.*\/)$/.test(path));
    remove.hidden = !pages.length;
    renew.hidden = !plan || !found.old.length;
    const now = pages.length ? fill(says.saved, pages.length, megabytes(found.bytes), day(found.since)) : says.nothing;
    const news = !pages.length ? "" : !plan ? says.unknown : found.old.length ? says.newer : says.current;
    state.textContent = [message, now, news].filter(Boolean).join(" ");
    if (line) tell();
  };

  const fetchInto = async (box, path) => {
    const answer = await fetch(new URL(path, root), { cache: "no-cache" });
    if (!answer.ok || answer.redirected) throw new TypeError(path);
    const headers = new Headers(answer.headers);
    for (const name of ["content-encoding", "content-length"]) headers.delete(name);
    headers.set("x-saved", new Date().toISOString());
    await box.put(new URL(path, root).href, new Response(await answer.blob(), { headers }));
  };
  const bring = async (paths) => {
    save.disabled = renew.disabled = remove.disabled = true;
    let message = "";
    try {
      await navigator.serviceWorker.register(new URL("sw.js", root), { scope: root });
      const box = await caches.open(store);
      await box.put(new URL("offline-words.json", root).href, new Response(panel.dataset.words));
      let done = 0;
      for (const path of paths) {
        await fetchInto(box, path);
        done += 1;
        if (done % 10 === 0) state.textContent = fill(says.progress, done, paths.length);
      }
      await navigator.serviceWorker.ready;
      message = says.done;
    } catch (error) {
      message = error.name === "QuotaExceededError" ? says.full : says.failed;
    }
    save.disabled = renew.disabled = remove.disabled = false;
    await show(message);
  };

  panel.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (!(await load())) {
      await show(says.failed);
      return;
    }
    const chosen = boxes.filter((box) => box.checked);
    if (chosen.length) await bring([...new Set(chosen.flatMap((box) => [...wanted(box)]))]);
    else await show(says.choose);
  });
  renew.addEventListener("click", async () => {
    const { old } = await look();
    const box = await caches.open(store);
    for (const path of old) if (!plan.files[path]) await box.delete(new URL(path, root).href);
    await bring([...new Set([...common(), ...old.filter((path) => plan.files[path])])]);
  });
  remove.addEventListener("click", async () => {
    const there = await navigator.serviceWorker.getRegistration(root);
    if (there) await there.unregister();
    await caches.delete(store);
    await show(says.removed);
    save.focus();
  });

  (async () => {
    if (await load()) {
      for (const box of boxes) {
        box.closest("li").querySelector(".quiet").textContent = fill(says.size, megabytes(weight(wanted(box))));
      }
    }
    const asked = new URLSearchParams(location.search).get("chapter");
    for (const box of boxes) box.checked = box.value.endsWith(`chapters/${asked}/`);
    await show("");
    save.hidden = false;
  })();
})();
