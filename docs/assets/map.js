/* The map of the book, walked: what has the focus or the pointer shows what it is linked with. Up and down go through a
   column, left and right along a link; then up and down go through the other links of where one came from. */
(() => {
  "use strict";
  const map = document.querySelector("svg.map");
  const box = map.parentNode; // listens: Chromium gives the focus to an SVG that listens to it
  const said = document.querySelector(".map-said");
  const nodes = [...map.querySelectorAll("a")];
  const columns = [...map.querySelectorAll("g:not(.edges)")];
  const columnOf = (node) => columns.indexOf(node.parentNode);
  const nameOf = (node) => node.getAttribute("aria-label") || node.textContent;
  const linked = new Map(nodes.map((node) => [node, new Map()])); // node → neighbor → the line between them
  for (const line of map.querySelectorAll("path")) {
    const [a, b] = line.dataset.ends.split(" ").map((place) => nodes[place]);
    linked.get(a).set(b, line);
    linked.get(b).set(a, line);
  }

  let origin = null; // where one came from along a link
  let trail = []; // and what else it is linked with on that side

  const leave = () => {
    origin = null;
    trail = [];
  };

  const focused = () => map.querySelector("a:focus");

  const show = (node) => {
    for (const one of map.querySelectorAll(".on")) one.classList.remove("on");
    map.classList.toggle("chosen", Boolean(node));
    if (!node) return;
    node.classList.add("on");
    for (const [neighbor, line] of linked.get(node)) {
      neighbor.classList.add("on");
      line.classList.add("on");
    }
  };

  const say = (node) => {
    const neighbors = nodes.filter((one) => linked.get(node).has(one));
    neighbors.sort((a, b) => (columnOf(b) === 1) - (columnOf(a) === 1)); // chapters first
    const words = [nameOf(node), node.parentNode.dataset.kind, neighbors.length, neighbors.map(nameOf).join(", ")];
    said.textContent = said.dataset.words.replace(/\{(\d)\}/g, (_, place) => words[place]);
  };

  /* What a node is linked with to its left (-1) or right (1), the nearer column first. Links inside an outer column
     are drawn on its outer side, so that is where they lead. */
  const beside = (node, side) => {
    const from = columnOf(node);
    const away = (one) => (columnOf(one) - from) * side;
    const outer = from - 1 === side;
    const found = nodes.filter((one) => linked.get(node).has(one) && (away(one) > 0 || (outer && !away(one))));
    return found.sort((a, b) => away(a) - away(b));
  };

  const go = (node) => {
    if (!node) return;
    node.focus({ preventScroll: true });
    node.scrollIntoView({ block: "nearest", inline: "nearest" });
  };

  const walk = {
    ArrowUp: (node, row) => go(row[row.indexOf(node) - 1]),
    ArrowDown: (node, row) => go(row[row.indexOf(node) + 1]),
    ArrowLeft: (node) => follow(node, -1),
    ArrowRight: (node) => follow(node, 1),
    Home: (node, row) => go(row[0]),
    End: (node, row) => go(row[row.length - 1]),
    Escape: () => {
      show(null);
      said.textContent = "";
      leave();
    },
  };

  const follow = (node, side) => {
    const found = beside(node, side);
    if (!found.length) return;
    const next = found.includes(origin) ? origin : found[0];
    trail = found;
    origin = node;
    go(next);
  };

  box.addEventListener("keydown", (event) => {
    const node = event.target.closest("a");
    if (!node || !walk[event.key] || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    walk[event.key](node, trail.includes(node) ? trail : nodes.filter((one) => columnOf(one) === columnOf(node)));
  });

  /* One stop of the Tab key for the whole map. */
  const rest = (node) => {
    for (const one of nodes) one.setAttribute("tabindex", one === node ? 0 : -1);
  };
  box.addEventListener("focusin", (event) => {
    const node = event.target.closest("a");
    if (!node) return;
    if (!trail.includes(node)) leave();
    rest(node);
    show(node);
    say(node);
  });
  box.addEventListener("focusout", () => show(null));

  /* The mouse shows; a finger shows at the first tap and follows at the second. */
  let touched = null;
  let tapped = null;
  box.addEventListener("pointerover", (event) => {
    if (event.pointerType !== "touch") show(event.target.closest("a") || focused());
  });
  box.addEventListener("pointerleave", (event) => {
    if (event.pointerType !== "touch") show(focused());
  });
  box.addEventListener("pointerdown", (event) => {
    touched = event.pointerType === "touch" ? event.target.closest("a") : null;
  });
  box.addEventListener("click", (event) => {
    const node = event.target.closest("a");
    if (node && node === touched && node !== tapped) {
      event.preventDefault();
      show(node);
      say(node);
    }
    tapped = touched;
  });

  rest(columns[1].querySelector("a") || nodes[0]);
})();
