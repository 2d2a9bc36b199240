/* Reading without a network. Registered only when the reader asks for it on the page about it, and removed there.
   Pages come from the network while there is one, and are kept; a kept page that stands in for the network says from which
   day it is. Styles and scripts carry their content in their names, so a kept one is never out of date. */
"use strict";

const ROOT = registration.scope;
const STORE = `saved:${ROOT}`;
const WORDS = `${ROOT}offline-words.json`; // written by offline.js; never fetched
const PATIENCE = 5000; // milliseconds after which a kept page is better than a slow network

addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(clients.claim()));
addEventListener("fetch", (event) => {
  const address = event.request.url.split(/[?#]/)[0];
  const path = address.slice(ROOT.length);
  if (event.request.method !== "GET" || !address.startsWith(ROOT) || path.startsWith("packages/") || /^(sw\.js|offline\.json)$/.test(path)) return;
  event.respondWith(path.startsWith("assets/") ? lasting(event.request, address) : current(event.request, address));
});

const lasting = async (request, address) => {
  const store = await caches.open(STORE);
  const kept = await store.match(address);
  if (kept) return kept;
  const answer = await fetch(request);
  await keep(store, address, answer);
  return answer;
};

const current = async (request, address) => {
  const store = await caches.open(STORE);
  const kept = await store.match(address);
  const asked = fetch(request, { cache: "no-cache" }).then(async (answer) => {
    await keep(store, address, answer);
    return answer;
  }).catch(() => null);
  const answer = kept
    ? await Promise.race([asked, new Promise((done) => { setTimeout(done, PATIENCE, null); })])
    : await asked;
  if (answer && (answer.status < 500 || !kept)) return answer;
  if (kept) return request.mode === "navigate" ? dated(store, kept) : kept;
  return request.mode === "navigate" ? absent(store, address) : Response.error();
};

/* Keeps a copy with the day on it. Without room nothing is kept, and the page does not claim that it is. */
const keep = async (store, address, answer) => {
  if (!answer.ok || answer.redirected || answer.type !== "basic") return;
  const headers = new Headers(answer.headers);
  for (const name of ["content-encoding", "content-length"]) headers.delete(name);
  headers.set("x-saved", new Date().toISOString());
  await store.put(address, new Response(await answer.clone().blob(), { headers })).catch(() => {});
};

const words = async (store, locale) => {
  const all = await store.match(WORDS).then((found) => found && found.json()).catch(() => null);
  return (all && all[locale]) || {};
};

const plain = (text) => String(text ?? "").replace(/[&<>"]/g, (letter) => `&#${letter.charCodeAt(0)};`);

const dated = async (store, kept) => {
  const page = await kept.text();
  const locale = /<html[^>]*\slang=["']?en/.test(page) ? "en" : "ko";
  const day = new Date(kept.headers.get("x-saved")).toLocaleDateString(locale, { dateStyle: "long" });
  const note = plain((await words(store, locale)).stale).replace("{0}", day);
  return new Response(page.replace("<main", `<p class="stale" role="status">${note}</p><main`), { headers: kept.headers });
};

const absent = async (store, address) => {
  const locale = address.startsWith(`${ROOT}en/`) ? "en" : "ko";
  const says = await words(store, locale);
  const home = ROOT + (locale === "en" ? "en/" : "");
  const body = `<!doctype html><html lang="${locale}"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark"><title>${plain(says.absent)}</title>
<main><h1>${plain(says.absent)}</h1><p>${plain(says.absent_why)}</p><p><a href="${home}offline/">${plain(says.title)}</a></p></main>`;
  return new Response(body, { status: 503, headers: { "content-type": "text/html; charset=utf-8" } });
};
