/* The shortcut of a single key can be switched off (WCAG 2.1.4); the choice is remembered. */
(() => {
  "use strict";
  const button = document.querySelector("button.slash");
  const show = () => button.setAttribute("aria-pressed", String(__md_get("slash") !== false));
  show();
  button.addEventListener("click", () => {
    __md_set("slash", __md_get("slash") === false);
    show();
    const on = button.getAttribute("aria-pressed") === "true";
    dispatchEvent(new CustomEvent("say", { detail: button.dataset[on ? "on" : "off"] }));
  });
})();
