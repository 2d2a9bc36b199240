/* A quiz that answers at once: checks on the spot, counts, starts again. Nothing is kept beyond the page. */
(() => {
  "use strict";
  const form = document.querySelector("form.quiz");
  if (!form) return;
  const words = form.dataset;
  const questions = [...form.querySelectorAll(".question")];
  const score = form.querySelector(".score");
  const output = score.querySelector("output");

  /* What the reader gave: true or false, or undefined while nothing is answered. */
  const judge = {
    single: (box) => {
      const chosen = box.querySelector("input:checked");
      return chosen ? "right" in chosen.dataset : undefined;
    },
    "true-false": (box) => {
      const chosen = box.querySelector("input:checked");
      return chosen ? chosen.value === box.dataset.answer : undefined;
    },
    multiple: (box) => {
      const options = [...box.querySelectorAll("input")];
      if (!options.some((option) => option.checked)) return undefined;
      return options.every((option) => option.checked === "right" in option.dataset);
    },
    numeric: (box) => {
      const given = box.querySelector("input").value.normalize("NFKC").replace(/[\s,]/g, "");
      return given ? /^[+-]?\d*\.?\d+$|^[+-]?\d+\.$/.test(given) && Number(given) === Number(box.dataset.answer) : undefined;
    },
    matching: (box) => {
      const selects = [...box.querySelectorAll("select")];
      if (selects.some((select) => !select.value)) return undefined;
      return selects.every((select) => select.value === select.dataset.answer);
    },
  };

  const count = () => {
    const judged = questions.filter((box) => judge[box.dataset.kind]);
    const done = judged.filter((box) => box.dataset.result);
    score.hidden = !done.length;
    const right = done.filter((box) => box.dataset.result === "right").length;
    output.textContent = words.score.replace("{0}", right).replace("{1}", done.length).replace("{2}", judged.length);
  };

  for (const box of questions) {
    const key = box.querySelector("details.key");
    const said = box.querySelector(".verdict-line");
    const check = box.querySelector(".check");
    check.hidden = false;
    key.hidden = true;
    /* A new answer is not yet judged. */
    const forget = () => {
      delete box.dataset.result;
      said.textContent = "";
      key.hidden = true;
      key.open = false;
      count();
    };
    if (box.dataset.kind !== "essay") box.addEventListener("input", forget);
    check.querySelector("button").addEventListener("click", () => {
      const result = judge[box.dataset.kind];
      const right = result && result(box);
      if (result && right === undefined) {
        said.textContent = words.empty;
        return;
      }
      if (result) {
        box.dataset.result = right ? "right" : "wrong";
        const feedback = box.querySelector(right ? ".feedback-right span" : ".feedback-wrong span");
        said.textContent = (right ? words.right : words.wrong) + " " + feedback.textContent;
      }
      key.hidden = false;
      key.open = !result;
      count();
    });
    box.forget = forget;
  }
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const box = event.submitter === null && document.activeElement.closest(".question");
    if (box) box.querySelector(".check button").click();
  });
  form.addEventListener("reset", () => setTimeout(() => {
    questions.forEach((box) => box.forget());
    questions[0].querySelector("input, select, textarea").focus();
  }));
})();
