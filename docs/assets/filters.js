/* Menus that narrow a list on the page: the timeline's facts, the cases. The choice lives in the address, so that it can
   be sent; what cannot be read there is left out, and said. Beside each value stands how many would be left. */
(() => {
  "use strict";
  const form = document.querySelector("form.filters");
  const find = (selector) => (selector ? [...document.querySelectorAll(selector)] : []);
  const items = find(form.dataset.items);
  const groups = find(form.dataset.groups);
  const output = form.querySelector("output");
  const warning = form.querySelector(".warning");
  const selects = [...form.querySelectorAll("select")];
  const filters = selects.filter((select) => !select.matches(".sort"));
  const labels = new Map(filters.flatMap((filter) => [...filter.options].map((option) => [option, option.text])));

  const has = (item, filter, value) => !value || (item.dataset[filter.name] || "").split(" ").includes(value);
  const fits = (item, other) => filters.every((filter) => filter === other || has(item, filter, filter.value));
  const offers = (select, value) => [...select.options].some((option) => option.value === value);

  const apply = () => {
    for (const filter of filters) {
      const left = items.filter((item) => fits(item, filter));
      for (const option of filter.options) {
        const count = left.filter((item) => has(item, filter, option.value)).length;
        option.text = `${labels.get(option)} (${count})`;
        option.disabled = !count && !option.selected && option.value !== "";
      }
    }
    for (const item of items) item.hidden = !fits(item);
    for (const group of groups) group.hidden = items.every((item) => item.hidden || !group.contains(item));
    const shown = items.filter((item) => !item.hidden).length;
    output.textContent = output.dataset.words.replace("{0}", shown).replace("{1}", items.length);
  };

  const remember = (hash) => {
    const query = new URLSearchParams(location.search);
    for (const select of selects) {
      query.delete(select.name);
      if (select.value) query.set(select.name, select.value);
    }
    history.replaceState(history.state, "", location.pathname + (query.size ? "?" + query : "") + hash);
  };

  const recall = () => {
    const asked = new URLSearchParams(location.search);
    const unread = [];
    for (const select of selects) {
      const values = asked.getAll(select.name).filter(Boolean);
      const value = values.find((one) => offers(select, one));
      if (value !== undefined) select.value = value;
      unread.push(...values.filter((one) => one !== value));
    }
    warning.hidden = !unread.length;
    warning.textContent = form.dataset.unread.replace("{0}", () => unread.join(", ").slice(0, 100));
  };

  /* The page of cases had a heading for each sector and direction; a link to one of them means its filter. */
  const recallHeading = () => {
    const filter = filters.find((one) => location.hash.startsWith(`#${one.name}-`));
    const value = filter && location.hash.slice(filter.name.length + 2);
    if (!value || filter.value || !offers(filter, value)) return;
    filter.value = value;
    remember("");
  };

  const update = () => {
    warning.hidden = true;
    apply();
    remember(location.hash);
  };

  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("change", update);
  form.addEventListener("reset", () => setTimeout(update));
  recall();
  recallHeading();
  apply();
})();
