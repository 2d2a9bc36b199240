/* The plan's table goes to the clipboard as a table for documents and as lines for spreadsheets. */
(() => {
  "use strict";
  const button = document.querySelector("button.copy-table");
  if (!button || !navigator.clipboard || !window.ClipboardItem) return;
  button.parentElement.hidden = false;
  button.addEventListener("click", async () => {
    const table = document.getElementById(button.dataset.copy);
    const copy = table.cloneNode(true);
    const links = [...table.querySelectorAll("a")];
    copy.querySelectorAll("a").forEach((link, index) => link.setAttribute("href", links[index].href));
    const cell = (one) => [...one.querySelectorAll("li")].map((item) => item.textContent.trim()).join(", ") || one.textContent.replace(/\s+/g, " ").trim();
    const lines = [...table.rows].map((row) => [...row.cells].map(cell).join("\t")).join("\n");
    await navigator.clipboard.write([
      new ClipboardItem({
        "text/html": new Blob([copy.outerHTML], { type: "text/html" }),
        "text/plain": new Blob([lines], { type: "text/plain" }),
      }),
    ]);
    const label = button.textContent;
    button.textContent = button.dataset.copied;
    button.setAttribute("aria-live", "polite");
    setTimeout(() => { button.textContent = label; }, 2000);
  });
})();
