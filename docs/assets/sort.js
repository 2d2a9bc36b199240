/* The table of cases in the order that its heads ask for. A hidden menu of the form holds it, so that filters.js keeps it
   in the address. Cells without a key of their own are sorted by their words; empty keys come last. */
(() => {
  "use strict";
  const menu = document.querySelector("select.sort");
  const table = document.getElementById("cases");
  const heads = [...table.tHead.rows[0].cells];
  const rows = [...table.tBodies[0].rows];
  const { compare } = new Intl.Collator(document.documentElement.lang, { numeric: true });
  const key = (row, column) => row.cells[column].dataset.key ?? row.cells[column].innerText;

  const apply = () => {
    const name = menu.value.replace("-", "") || heads[0].dataset.column;
    const sign = menu.value.startsWith("-") ? -1 : 1;
    const column = heads.findIndex((head) => head.dataset.column === name);
    heads.forEach((head, place) => {
      if (place === column) head.setAttribute("aria-sort", sign > 0 ? "ascending" : "descending");
      else head.removeAttribute("aria-sort");
    });
    const keys = new Map(rows.map((row) => [row, key(row, column)]));
    const order = (a, b) => !keys.get(a) - !keys.get(b) || sign * compare(keys.get(a), keys.get(b));
    table.tBodies[0].append(...[...rows].sort(order));
  };

  for (const head of heads) {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const name = head.dataset.column;
      const up = head === heads[0] ? "" : name;
      menu.value = head.getAttribute("aria-sort") === "ascending" ? `-${name}` : up;
      menu.dispatchEvent(new Event("change", { bubbles: true }));
    });
  }
  menu.addEventListener("change", apply);
  menu.form.addEventListener("reset", () => setTimeout(apply));
  if (menu.value) apply();
})();
