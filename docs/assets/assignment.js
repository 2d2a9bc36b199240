/* The assignment builder: what is picked, with or without dates, as a link, a list, a calendar. The address holds it all:
   ?title=…&pick=chapters/01-introduction@2027-03-09,cases/roblox. Whatever of it is not known is said and left out. */
(() => {
  "use strict";
  const form = document.querySelector("form.builder");
  if (!form) return;
  const words = form.dataset;
  const boxes = [...form.querySelectorAll("input[name=pick]")];
  const title = document.getElementById("builder-title");
  const list = form.querySelector(".list");
  const total = form.querySelector(".chosen output");
  const warning = form.querySelector(".warning");
  const calendar = form.querySelector("[data-do=calendar]");
  const dates = new Map();
  const language = document.documentElement.lang;

  const isDay = (text) => {
    if (!/^[12]\d{3}-\d{2}-\d{2}$/.test(text)) return false;
    const day = new Date(text + "T00:00:00Z");
    return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
  };
  const inWords = (day) =>
    new Intl.DateTimeFormat(language === "ko" ? "ko" : "en-GB", { dateStyle: "long", timeZone: "UTC" }).format(new Date(day + "T00:00:00Z"));
  const fill = (words, ...values) => words.replace(/\{(\d)\}/g, (whole, index) => values[index] ?? whole);

  /* By date, then as the book goes. */
  const chosen = () =>
    boxes
      .filter((box) => box.checked)
      .map((box) => ({
        box,
        key: box.value,
        name: box.nextElementSibling.textContent,
        url: box.dataset.url,
        minutes: Number(box.dataset.minutes),
        day: dates.get(box.value) || "",
      }))
      .sort((a, b) => (a.day || "9999") < (b.day || "9999") ? -1 : (a.day || "9999") > (b.day || "9999") ? 1 : 0);

  const query = () => {
    const parts = [];
    if (title.value.trim()) parts.push("title=" + encodeURIComponent(title.value.trim()));
    const picks = boxes.filter((box) => box.checked).map((box) => box.value + (dates.get(box.value) ? "@" + dates.get(box.value) : ""));
    if (picks.length) parts.push("pick=" + picks.join(","));
    return parts.length ? "?" + parts.join("&") : "";
  };

  /* Characters that would end a link or a line of Markdown, and those of HTML. */
  const markdown = (text) => text.replace(/[\\[\]`*_<>]/g, "\\$&").replace(/\s+/g, " ");
  const html = (text) => text.replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`);

  const draw = () => {
    const items = chosen();
    const name = title.value.trim() || words.untitled;
    const sum = items.reduce((minutes, item) => minutes + item.minutes, 0);
    const summary = fill(words.total, items.length, sum);
    const focused = document.activeElement && document.activeElement.dataset.day;
    list.replaceChildren(...items.map((item) => {
      const line = document.createElement("li");
      const link = document.createElement("a");
      link.href = item.url;
      link.textContent = item.name;
      const minutes = document.createElement("span");
      minutes.className = "quiet";
      minutes.textContent = fill(words.minutes, item.minutes);
      const label = document.createElement("label");
      const day = document.createElement("input");
      day.type = "date";
      day.value = item.day;
      day.dataset.day = item.key;
      label.append(words.due + " ", day);
      const printed = document.createElement("span");
      printed.className = "printed";
      printed.textContent = (item.day ? fill(words.dated, inWords(item.day)) + " " : "") + item.url;
      const remove = document.createElement("button");
      remove.type = "button";
      remove.dataset.remove = item.key;
      remove.textContent = words.remove;
      remove.setAttribute("aria-label", words.remove + ": " + item.name);
      line.append(link, " ", minutes, " ", label, " ", remove, printed);
      return line;
    }));
    if (focused) {
      const again = [...list.querySelectorAll("input")].find((input) => input.dataset.day === focused);
      if (again) again.focus();
    }
    const empty = !items.length;
    form.querySelector(".chosen").hidden = empty;
    form.querySelector(".outputs").hidden = empty;
    total.textContent = empty ? words.none : summary;
    calendar.hidden = !items.some((item) => item.day);
    form.querySelector(".printed-title").textContent = name;
    const lines = (link) => items.map((item) => (item.day ? fill(words.dated, inWords(item.day)) + " " : "") + link(item) + ` (${fill(words.minutes, item.minutes)})`);
    const asked = location.origin === "null" ? "" : location.origin;
    document.getElementById("builder-link").value = asked + location.pathname + query();
    document.getElementById("builder-markdown").value =
      `## ${markdown(name)}\n\n` + lines((item) => `[${markdown(item.name)}](${item.url})`).map((line) => `- ${line}\n`).join("") + `\n${summary}\n`;
    document.getElementById("builder-html").value =
      `<div lang="${language}">\n<h2>${html(name)}</h2>\n<ul>\n` +
      lines((item) => `<a href="${html(item.url)}">${html(item.name)}</a>`).map((line) => `<li>${line}</li>\n`).join("") +
      `</ul>\n<p>${html(summary)}</p>\n</div>\n`;
  };

  const remember = () => {
    try {
      history.replaceState(null, "", location.pathname + query() + location.hash);
    } catch {
      /* some browsers refuse on file: pages or when called too often; the link in its box is still right */
    }
  };

  const read = () => {
    const unread = [];
    const asked = new URLSearchParams(location.search);
    title.value = (asked.get("title") || "").replace(/\s+/g, " ").slice(0, title.maxLength);
    for (const pick of (asked.get("pick") || "").split(",").filter(Boolean)) {
      const [key, day, ...rest] = pick.split("@");
      const box = boxes.find((one) => one.value === key);
      if (!box || rest.length || (day !== undefined && !isDay(day))) unread.push(pick.slice(0, 60));
      if (!box) continue;
      box.checked = true;
      box.closest("details").open = true;
      if (day !== undefined && isDay(day)) dates.set(key, day);
    }
    warning.hidden = !unread.length;
    warning.textContent = unread.length ? fill(words.unread, unread.slice(0, 10).join(", ")) : "";
  };

  /* RFC 5545: lines of at most 75 octets, folded between letters; commas, semicolons and backslashes escaped. */
  const fold = (line) => {
    const size = (text) => new TextEncoder().encode(text).length;
    let folded = "";
    let part = "";
    for (const letter of line) {
      if (size(part + letter) > 75) {
        folded += part + "\r\n";
        part = " ";
      }
      part += letter;
    }
    return folded + part + "\r\n";
  };
  const inCalendar = (text) => text.replace(/[\\;,]/g, "\\$&").replace(/[\s\p{Cc}]+/gu, " ");
  const asCalendar = () => {
    const stamp = new Date().toISOString().replace(/[-:]|\.\d+/g, "");
    const lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//metaverse-ai-coevolution//assignment//EN"];
    for (const item of chosen().filter((one) => one.day)) {
      const next = new Date(item.day + "T00:00:00Z");
      next.setUTCDate(next.getUTCDate() + 1);
      lines.push(
        "BEGIN:VEVENT",
        `UID:${item.key.replace("/", "-")}-${item.day}-${language}@metaverse-ai-coevolution`,
        `DTSTAMP:${stamp}`,
        `DTSTART;VALUE=DATE:${item.day.replaceAll("-", "")}`,
        `DTEND;VALUE=DATE:${next.toISOString().slice(0, 10).replaceAll("-", "")}`,
        `SUMMARY:${inCalendar(`${words.reading}: ${item.name}`)}`,
        `DESCRIPTION:${inCalendar(`${title.value.trim() || words.untitled} · ${fill(words.minutes, item.minutes)} · ${item.url}`)}`,
        `URL:${item.url}`,
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
      );
    }
    return [...lines, "END:VCALENDAR"].map(fold).join("");
  };
  const save = (name, type, text) => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type }));
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  };

  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", (event) => {
    const { day } = event.target.dataset;
    if (day !== undefined) {
      if (event.target.value && isDay(event.target.value)) dates.set(day, event.target.value);
      else dates.delete(day);
    }
    remember();
    if (day === undefined) draw();
  });
  /* While a date is typed its line stays where it is. */
  list.addEventListener("focusout", (event) => { if (event.target.dataset.day) setTimeout(draw); });
  list.addEventListener("change", (event) => { if (event.target.dataset.day) draw(); });
  form.addEventListener("reset", () => setTimeout(() => {
    dates.clear();
    warning.hidden = true;
    remember();
    draw();
    boxes[0].focus();
  }));
  form.addEventListener("click", (event) => {
    const { remove, do: action } = event.target.dataset;
    if (remove) {
      const box = boxes.find((one) => one.value === remove);
      box.checked = false;
      dates.delete(remove);
      remember();
      draw();
      box.focus();
    }
    if (action === "print") print();
    if (action === "calendar") save("assignment.ics", "text/calendar", asCalendar());
  });
  read();
  draw();
})();
