/* Search in the copy of the site that is read from disk, where browsers refuse fetch, modules and workers by address: one
   plain script per language (`data-local` of the search box) brings engine, box, index and texts, all as values. */
globalThis.localSearch = async () => {
  const form = document.querySelector("form.search");
  await new Promise((done, failed) => {
    const script = document.createElement("script");
    script.src = form.dataset.local;
    script.onload = done;
    script.onerror = failed;
    document.head.append(script);
  });
  const { worker, box, index, texts } = globalThis.searchFiles;
  const address = (code) => URL.createObjectURL(new Blob([code], { type: "text/javascript" }));
  return {
    worker: new Worker(address(worker)),
    script: address(box),
    index: Promise.resolve({ ok: true, json: async () => index }),
    read: async (url) => texts[url] ?? [],
  };
};
