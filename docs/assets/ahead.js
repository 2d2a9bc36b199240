/* The page that a reader's mouse rests on is fetched before the click, and opens at once. Only where the browser says that
   the line is fast and not metered. Loaded by site.js at the first sign of a reader. */
(() => {
  "use strict";
  const RESTS = 80; // milliseconds: long enough not to be on the way to something else
  const line = navigator.connection;
  const free = () => line && !line.saveData && line.effectiveType === "4g" && line.type !== "cellular";
  const had = new Set([location.pathname]);
  let timer = 0;
  const fetchAhead = (path) => {
    if (had.has(path) || !free()) return;
    had.add(path);
    document.head.append(Object.assign(document.createElement("link"), { rel: "prefetch", href: path }));
  };
  document.addEventListener("pointerover", (event) => {
    clearTimeout(timer);
    const link = event.pointerType === "mouse" && event.target.closest?.("a[href]:not([download])");
    if (!link || link.origin !== location.origin || !link.pathname.endsWith("/")) return;
    timer = setTimeout(fetchAhead, RESTS, link.pathname + link.search);
  });
})();
