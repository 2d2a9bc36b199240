/* The search engine, in a worker of its own. Gets {index} once and {id, query} per keystroke; answers {id, …answer}.

   Words become the keys one presses for them (로블 → ㄹㅗㅂㅡㄹ), so that a half-typed syllable is a beginning like any
   other, and those are cut into threes. A word of the question is found in a section to the share of its threes that
   the section's words hold between them: endings, joined words and most typing errors fall out of that. */
"use strict";

const LEADS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ";
const VOWELS = "ㅏ ㅐ ㅑ ㅒ ㅓ ㅔ ㅕ ㅖ ㅗ ㅗㅏ ㅗㅐ ㅗㅣ ㅛ ㅜ ㅜㅓ ㅜㅔ ㅜㅣ ㅠ ㅡ ㅡㅣ ㅣ".split(" ");
const TAILS = " ㄱ ㄲ ㄱㅅ ㄴ ㄴㅈ ㄴㅎ ㄷ ㄹ ㄹㄱ ㄹㅁ ㄹㅂ ㄹㅅ ㄹㅌ ㄹㅍ ㄹㅎ ㅁ ㅂ ㅂㅅ ㅅ ㅆ ㅇ ㅈ ㅊ ㅋ ㅌ ㅍ ㅎ".split(" ");

const keys = (word) => word.replace(/[가-힣]/g, (letter) => {
  const n = letter.charCodeAt(0) - 0xac00;
  return LEADS[(n / 588) | 0] + VOWELS[((n / 28) | 0) % 21] + TAILS[n % 28];
});
const wordsOf = (text) =>
  text.normalize("NFC").toLowerCase()
    .replace(/(\d),(?=\d)|['’]s(?![\p{L}\p{N}])/gu, "$1")
    .replace(/(?<=[a-z])(?=[가-힣])|(?<=[가-힣])(?=[a-z])/g, " ")
    .match(/[\p{L}\p{N}]+(?:\.\d+)*/gu) || [];
const bits = (n) => {
  let count = 0;
  for (; n; n &= n - 1) count++;
  return count;
};
const threes = (text) => {
  const found = [];
  for (let i = 0; i + 3 <= text.length && i < 30; i++) found.push(text.slice(i, i + 3));
  return found;
};

/* Whether a's first n letters are b but for one more, less, other, or two swapped. */
const near = (a, b, n = a.length) => {
  if (Math.abs(n - b.length) > 1) return false;
  let i = 0, m = b.length;
  while (i < n && a[i] === b[i]) i++;
  while (n > i && m > i && a[n - 1] === b[m - 1]) n--, m--;
  const x = n - i, y = m - i;
  return (x < 2 && y < 2) || (x === 2 && y === 2 && a[i] === b[i + 1] && a[i + 1] === b[i]);
};

/* Weights of a word by where it stands, and how much of a question must be found. Tuned on tests/search-questions.yml. */
const TITLE = 5, NAME = 4, ABOUT = 2, DESCRIPTION = 2, HEADING = 2, TEXT = 1;
const SHARE = 0.45, FAR = 0.15, LEAST = 0.4;

let stem, asked, ids, words, inKeys, grams, posts, sections, names, length;

const load = (index) => {
  const cut = new RegExp(`^(.{${index.least},}?)(?:${index.endings})$`, "u");
  stem = (word) => {
    for (let i = 0; i < index.rounds; i++) word = word.replace(cut, "$1");
    return word;
  };
  asked = new Set(index.asked.split(" "));
  ids = new Map();
  words = [];
  posts = [];
  const add = (word, section, weight) => {
    let id = ids.get(word);
    if (id === undefined) {
      ids.set(word, (id = words.length));
      words.push(word);
      posts.push([]);
    }
    posts[id].push(section, weight);
  };
  const number = (letter) => letter.charCodeAt(0) - 35 - (letter > "\\");
  let before = "", at = 0;
  index.words.split("\n").forEach((part, i) => {
    before = before.slice(0, number(part[0])) + part.slice(1);
    let section = -1;
    const post = [];
    for (let n = number(index.counts[i]); n; n--) post.push((section += number(index.places[at++]) + 1), TEXT);
    ids.set(before, i);
    words.push(before);
    posts.push(post);
  });
  sections = [];
  names = [];
  const common = {}; // headings of which every page of a kind has one
  for (const page of index.pages) for (const heading of page[8]) common[heading] = (common[heading] || 0) + 1;
  for (const [url, title, label, weight, description, others, about, anchors, headings] of index.pages) {
    const page = { url, title, label, weight, description, first: sections.length };
    const field = (text, value, section = page.first) => {
      for (const word of wordsOf(text)) add(stem(word), section, value);
    };
    ["", ...anchors].forEach((anchor, i) => sections.push({ page, anchor, heading: headings[i - 1] || "" }));
    field(title, TITLE);
    field(others.join(" "), NAME);
    field(about, ABOUT);
    field(description, DESCRIPTION);
    headings.forEach((heading, i) => {
      if (common[heading] < 5) field(heading, HEADING, page.first + i + 1);
    });
    for (const name of [title, ...others]) names.push({ page, name, keys: keys(wordsOf(name).join("")), main: name === title });
  }
  length = new Float32Array(sections.length);
  for (const post of posts) for (let i = 0; i < post.length; i += 2) length[post[i]]++;
  const mean = length.reduce((a, b) => a + b, 0) / length.length;
  length = length.map((n) => 0.6 + (0.4 * n) / mean);
  inKeys = words.map((word) => "^" + keys(word));
  grams = new Map();
  inKeys.forEach((word, id) => {
    for (const gram of new Set(threes(word))) {
      if (!grams.has(gram)) grams.set(gram, []);
      grams.get(gram).push(id);
    }
  });
};

/* The words of the book that hold something of one word of the question: which of its threes, and how like it is.
   What shares too little is passed over, or every section would have some of everything. */
const candidates = (token, last) => {
  const wanted = "^" + keys(token);
  const parts = threes(wanted);
  const size = parts.length;
  const least = Math.min(3, Math.ceil(size * 0.6));
  const masks = new Map();
  parts.forEach((gram, i) => {
    for (const id of grams.get(gram) || []) masks.set(id, masks.get(id) | (1 << i));
  });
  let best = 0;
  const found = [];
  for (const [id, mask] of masks) {
    const count = bits(mask);
    if (count < least) continue;
    const word = inKeys[id];
    const held = word.length > 4 && wanted.includes(word.slice(1)); // a word of a joined one
    const begins = word.startsWith(wanted);
    let like = (count / size) * (word === wanted ? 1 : begins && words[id].startsWith(token) ? 0.9 : begins ? 0.75 : 0.7);
    best = Math.max(best, like);
    if (held) like = Math.max(like, 0.7);
    found.push({ id, mask, like });
  }
  if (best < 0.6 && wanted.length > 5) {
    inKeys.forEach((word, id) => {
      if (near(word, wanted) || (last && word.length > wanted.length && near(word, wanted, wanted.length))) {
        found.push({ id, mask: 2 ** size - 1, like: 0.8 });
      }
    });
  }
  return { found, size };
};

/* Pages by whose name they are called: the question is one, begins one, holds one, or misses one by a key. */
const called = (tokens, mark) => {
  const bonus = new Map();
  const reward = ({ page, name }, value) => {
    bonus.set(page, Math.max(bonus.get(page) || 0, value));
    if (value > 0.5) for (const word of wordsOf(name)) mark(stem(word), value);
  };
  const spans = new Map();
  const joined = (list) => keys(list.join(""));
  const size = joined(tokens.map(({ word }) => word)).length;
  for (let i = 0; i < tokens.length; i++) {
    for (let j = i + 1; j <= Math.min(tokens.length, i + 6); j++) {
      const part = tokens.slice(i, j).map(({ word }) => word);
      for (const text of [joined(part), joined([...part.slice(0, -1), tokens[j - 1].raw])]) {
        spans.set(text, Math.min(1, text.length / size));
      }
    }
  }
  const asWhole = [...spans].filter(([, part]) => part === 1).map(([text]) => text);
  for (const name of names) {
    const worth = name.main ? 1 : 0.9;
    const part = spans.get(name.keys);
    if (part) reward(name, worth * (part === 1 ? 2 : part ** 2));
    for (const text of asWhole) {
      if (text.length > 1 && name.keys.startsWith(text)) reward(name, worth * (0.7 + (0.6 * text.length) / name.keys.length));
    }
    if (name.keys.length > 4) {
      for (const [text, part] of spans) {
        if (text.length > 4 && text !== name.keys && near(text, name.keys)) reward(name, worth * 0.8 * part);
      }
    }
  }
  return bonus;
};

const search = (query) => {
  const typed = wordsOf(query).slice(0, 12);
  if (keys(typed.join("")).length < 2) return { short: true };
  const open = !/\s$/.test(query);
  let tokens = typed.filter((word) => !asked.has(word) && !asked.has(stem(word)));
  if (!tokens.length) tokens = typed;
  tokens = tokens.map((word, i) => ({ raw: word, word: stem(word), last: open && i === tokens.length - 1 }));
  const total = new Float32Array(sections.length);
  const marks = new Map();
  const mark = (word, like) => marks.set(word, Math.max(marks.get(word) || 0, like));
  const share = new Map();
  let whole = 1e-9;
  for (const token of tokens) {
    const { found, size } = candidates(token.word, token.last);
    const mask = new Int32Array(sections.length);
    const times = new Float32Array(sections.length);
    for (const one of found) {
      const post = posts[one.id];
      const strength = one.like ** 3;
      for (let i = 0; i < post.length; i += 2) {
        mask[post[i]] |= one.mask;
        times[post[i]] += post[i + 1] * strength;
      }
    }
    let with_ = 0;
    for (let s = 0; s < mask.length; s++) if (mask[s] && bits(mask[s]) > size * 0.7) with_++;
    const rare = Math.log(1 + (sections.length - with_ + 0.5) / (with_ + 0.5));
    const weight = rare * Math.min(1, size / 4);
    whole += weight;
    const here = new Map();
    for (let s = 0; s < mask.length; s++) {
      if (!mask[s]) continue;
      const part = bits(mask[s]) / size;
      if (part < SHARE) continue;
      total[s] += weight * part * part * ((2.2 * times[s]) / (times[s] + 1.2 * length[s]));
      const page = sections[s].page;
      here.set(page, Math.max(here.get(page) || 0, part));
    }
    for (const [page, part] of here) share.set(page, (share.get(page) || 0) + weight * part);
    for (const { id, like } of found) if (like > 0.5) mark(words[id], like);
  }

  const bonus = called(tokens, mark);
  const scored = new Map();
  total.forEach((value, s) => {
    if (!value) return;
    const page = sections[s].page;
    const one = scored.get(page) || { page, best: 0, sum: 0, parts: [] };
    one.best = Math.max(one.best, value);
    one.sum += value;
    one.parts.push([value, s]);
    scored.set(page, one);
  });
  for (const page of bonus.keys()) if (!scored.has(page)) scored.set(page, { page, best: 0, sum: 0, parts: [] });
  const results = [];
  for (const one of scored.values()) {
    const extra = bonus.get(one.page) || 0;
    const part = (share.get(one.page) || 0) / whole;
    if (extra < 0.5 && part < SHARE) continue;
    const said = one.best / whole + 0.12 * Math.log(1 + one.sum / whole);
    one.score = (said * (0.4 + 0.6 * part) + 1.5 * extra) * one.page.weight;
    results.push(one);
  }
  results.sort((a, b) => b.score - a.score);
  const top = results.filter((one) => one.score >= Math.max(LEAST, FAR * results[0].score));
  return {
    count: top.length,
    results: top.slice(0, 8).map(({ page, score, parts }) => ({
      url: page.url, title: page.title, label: page.label, description: page.description, score,
      parts: parts.sort((a, b) => b[0] - a[0]).slice(0, 3).map(([value, s]) => ({
        number: s - page.first, anchor: sections[s].anchor, heading: sections[s].heading, score: value,
      })),
    })),
    marks: marks.size && pattern([...marks].sort((a, b) => b[1] - a[1]).slice(0, 16).map(([word]) => word)),
    near: top.length ? [] : nearest(typed),
  };
};

/* A regular expression for the words in a text: Hangul without its endings, Latin with them, digits with commas. */
const pattern = (stems) => {
  const one = (word) => {
    const text = word.replace(/\./g, "\\.").replace(/(\d)(?=\d)/g, "$1,?");
    return /[가-힣]$/.test(word) ? text : text + (word.length > 3 ? "[a-z]{0,5}" : "s?") + "(?![a-z\\d])";
  };
  return "(?<![가-힣a-z\\d.])(?:" + stems.sort((a, b) => b.length - a.length).map(one).join("|") + ")";
};

/* Names that share the most threes with the question. */
const nearest = (typed) => {
  const wanted = threes(keys(typed.join("")));
  const scored = names.map((name) => {
    const own = new Set(threes(name.keys));
    return [(2 * wanted.filter((gram) => own.has(gram)).length) / (wanted.length + own.size), name.page];
  });
  scored.sort((a, b) => b[0] - a[0]);
  const pages = [...new Set(scored.filter(([like]) => like > 0.25).map(([, page]) => page))];
  return pages.slice(0, 4).map(({ url, title }) => ({ url, title }));
};

self.onmessage = ({ data }) => {
  if (data.index) {
    load(data.index);
    postMessage({ ready: true });
  } else postMessage({ id: data.id, query: data.query, ...search(data.query) });
};
