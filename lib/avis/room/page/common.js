"use strict";
// How a page is put together (`pages.py` reads this). `phone.html`, `wall.html` and `lead.html` hold markers:
//
//   <!-- style common.css phone.css -->   one <style> with these files, one after the other
//   <!-- icons -->                        `icons.svg` as it stands (a hidden <svg> of <symbol>s)
//   <!-- words -->                        <script type="application/json" id="words">…</script>: the JSON of
//                                         `spoken.words(evaluation, language, view)`, view = phone, wall or lead,
//                                         every "<" written \u003c. It is data: no hash is needed for it
//   <script src="common.js"></script>     neighbouring lines of this form become ONE inline <script> with the
//                                         files in that order: one hash for the policy. "use strict" above is
//                                         its first line and holds for all
//
// Lines of style and script that hold a comment alone (`//` or `/* … */` on one line) are left out, and spaces
// around signs: they are for us, not for the phones. So no comment stands behind code. Nothing else is replaced. No attribute `style=` or `on…=` stands in the HTML, so
// neither needs a rule. `/mots/LANG.json?as=VIEW` gives the same JSON as the marker; without `as`, that of the
// phone. `/voix/LANG/KEY` gives `spoken.clip(evaluation, language, key)`, a path or None (404).
// The first language of a page is the evaluation's; the page asks for another one when somebody touches it.
// A page is reached with its key behind the `#`: `/#JOINCODE`, `/animer#LEADKEY`; the wall has none.

const $ = (selector, within = document) => within.querySelector(selector);
const SVG = "http://www.w3.org/2000/svg";

// --- elements: text goes in as text, never as markup

function h(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (name === "pressed") node.setAttribute("aria-pressed", value);
    else if (value === undefined || value === null || value === false) continue;
    else if (name.startsWith("on")) node[name] = value;
    else if (name === "key") node.key = value;
    else if (name === "value") node.value = value;
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat(3).filter((child) => child || child === 0));
  return node;
}

function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", "icon");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  svg.append(document.createElementNS(SVG, "use"));
  svg.firstChild.setAttribute("href", "#i-" + name);
  return svg;
}

const HANDLERS = ["onclick", "oninput", "onsubmit", "onchange", "onkeydown"];

// Makes `old` like `fresh` and keeps its elements: nobody loses the focus or half a sentence when news come.
function morph(old, fresh) {
  if (old.nodeName !== fresh.nodeName || old.key !== fresh.key) return old.replaceWith(fresh);
  if (old.nodeType === Node.TEXT_NODE) {
    if (old.data !== fresh.data) old.data = fresh.data;
    return;
  }
  // What a reader unfolded stays so.
  for (const { name } of [...old.attributes])
    if (name !== "open" && !fresh.hasAttribute(name)) old.removeAttribute(name);
  for (const { name, value } of fresh.attributes)
    if (old.getAttribute(name) !== value) old.setAttribute(name, value);
  for (const name of HANDLERS) old[name] = fresh[name];
  if (old.nodeName !== "TEXTAREA") morphChildren(old, fresh);
}

function morphChildren(old, fresh) {
  const keyed = new Map([...old.childNodes].filter((node) => node.key).map((node) => [node.key, node]));
  let at = old.firstChild;
  for (const want of [...fresh.childNodes]) {
    const same = want.key ? keyed.get(want.key) : null;
    if (same && same !== at) old.insertBefore(same, at);
    if (same || (at && !want.key && !at.key)) {
      const here = same || at;
      if (here === at) at = at.nextSibling;
      morph(here, want);
    } else old.insertBefore(want, at);
  }
  while (at) {
    const next = at.nextSibling;
    at.remove();
    at = next;
  }
}

// --- words

const Words = { ...JSON.parse($("#words")?.textContent || '{"language":"fr","words":{},"languages":{}}') };
Words.first = Words.words;

function t(key, facts = {}) {
  const found = Words.words[key] ?? Words.first[key] ?? key;
  return found.replace(/\{(\w+)\}/g, (whole, name) => facts[name] ?? whole);
}

async function speakIn(language, view) {
  if (language === Words.language) return true;
  const answer = await fetch(`/mots/${language}.json?as=${view}`).catch(() => null);
  if (!answer?.ok) return false;
  Object.assign(Words, await answer.json());
  tellLanguage();
  return true;
}

function tellLanguage() {
  const rightToLeft = ["ar", "fa", "he", "ps", "ur"].includes(Words.language);
  Object.assign(document.documentElement, { lang: Words.language, dir: rightToLeft ? "rtl" : "ltr" });
}
tellLanguage();

// Words that the association wrote in several languages: the reader's, else French, else any.
const inWords = (texts) => texts?.[Words.language] ?? texts?.fr ?? Object.values(texts ?? {})[0] ?? "";

const langName = (id) => Words.languages[id] ?? Words.words["language." + id] ?? id;

// The languages of a page, one touch each.
const languageChips = (ids, touched) =>
  ids.map((id) =>
    h(
      "button",
      {
        type: "button",
        class: "chip",
        lang: id,
        pressed: id === Words.language,
        "aria-label": langName(id),
        onclick: () => touched(id),
      },
      id.toUpperCase(),
    ),
  );

// The wording that this reader sees first: her language, approved or not, else the original.
function wordingFor(wordings) {
  return wordings.find((one) => one.language === Words.language) ?? wordings[0];
}

function said(wording, tag = "p", props = {}) {
  if (!wording) return h(tag, { ...props, class: "gone" }, t("gone"));
  return h(
    tag,
    { ...props, lang: wording.language, dir: "auto", class: "said " + (props.class ?? "") },
    wording.text,
  );
}

// A text with what must be said of it: that it is a translation, and whether its author said yes to it.
function shownText(wording, tag = "p") {
  if (!wording || wording.original) return said(wording, tag);
  const mark = wording.approved ? t("translated") : t("not_approved");
  return [said(wording, tag), h("p", { class: "mark" }, icon(wording.approved ? "check" : "wait"), mark)];
}

// The limits of confidentiality: paragraphs; a short one that is no sentence is a heading. The page has the first.
function shownLimits(text, language) {
  const parts = text.split(/\n\n+/);
  const head = (part) => part.length < 60 && !/[.?!…]$/.test(part);
  return h(
    "div",
    { lang: language, class: "limits" },
    parts.slice(head(parts[0]) ? 1 : 0).map((part) => h(head(part) ? "h2" : "p", {}, part)),
  );
}

// --- buttons, notes

function button(name, words, onclick, props = {}) {
  return h("button", { type: "button", ...props, onclick }, name && icon(name), h("span", {}, words));
}

const title = (words, props = {}) => h("h1", { tabindex: "-1", ...props }, words);
const note = (name, words, kind = "") => h("p", { class: "note " + kind }, icon(name), h("span", {}, words));

const small = (...words) => h("p", { class: "where" }, words);
const row = (...parts) => h("div", { class: "chips" }, parts);
const box = (...parts) => h("div", { class: "sheet" }, parts);

const spread = (wordings, shown = shownText) => (wordings.length ? wordings.map((one) => shown(one)) : said(null));
const dissents = (item, more) =>
  item.dissents.map((one) =>
    h("div", { class: "dissent" }, small(t("dissent.beside")), more ? more(one) : spread(one.wordings)),
  );

function announce(words) {
  const region = $("#news");
  if (region.textContent !== words) region.textContent = words;
}

// --- ids and what is kept

// `crypto.randomUUID` is absent on plain HTTP.
function newId() {
  // 32: five bits of each byte.
  const signs = "abcdefghijkmnopqrstuvwxyz2345678";
  return Array.from(crypto.getRandomValues(new Uint8Array(22)), (byte) => signs[byte & 31]).join("");
}

// `localStorage`, or memory where a private window forbids it.
const Kept = {
  memory: {},
  read(name) {
    try {
      return JSON.parse(localStorage.getItem("notes." + name)) ?? this.memory[name];
    } catch {
      return this.memory[name];
    }
  },
  write(name, value) {
    this.memory[name] = value;
    try {
      if (value === undefined) localStorage.removeItem("notes." + name);
      else localStorage.setItem("notes." + name, JSON.stringify(value));
    } catch {}
  },
  wipe() {
    this.memory = {};
    try {
      localStorage.clear();
      sessionStorage.clear();
    } catch {}
  },
};

// --- differences of words, for amendments side by side

function wordDiff(before, after) {
  const [a, b] = [before, after].map((text) => text.match(/\S+\s*|\s+/g) ?? []);
  const same = (i, j) => a[i].trim() === b[j].trim();
  const long = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1));
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      long[i][j] = same(i, j) ? long[i + 1][j + 1] + 1 : Math.max(long[i + 1][j], long[i][j + 1]);
  const steps = [];
  for (let [i, j] = [0, 0]; i < a.length || j < b.length;) {
    if (i < a.length && j < b.length && same(i, j)) {
      steps.push(["same", b[j]]);
      [i, j] = [i + 1, j + 1];
    } else if (j === b.length || (i < a.length && long[i + 1][j] >= long[i][j + 1]))
      steps.push(["removed", a[i++]]);
    else steps.push(["added", b[j++]]);
  }
  return steps;
}

// Changes with nothing but a space between them are one change: "two evenings" for "one evening".
function grouped(steps) {
  const parts = [];
  let [kept, removed, added] = ["", "", ""];
  const put = () => {
    parts.push(["same", kept], ["removed", removed], ["added", added]);
    [kept, removed, added] = ["", "", ""];
  };
  steps.forEach(([op, words], at) => {
    const between = op === "same" && !words.trim() && (removed || added) && steps[at + 1];
    if (between) [removed, added] = [removed + words, added + words];
    else if (op === "removed") removed += words;
    else if (op === "added") added += words;
    else {
      if (removed || added) put();
      kept += words;
    }
  });
  put();
  return parts.filter(([, words]) => words);
}

// Said in words too: colour alone tells nothing to some, and nothing on paper.
function shownDiff(steps, language) {
  const one = ([op, words]) => {
    if (op === "same") return words;
    const label = h("span", { class: "op" }, t("diff." + op) + " ");
    return [h(op === "added" ? "ins" : "del", {}, label, words.trim()), " "];
  };
  return h("p", { class: "said diff", lang: language, dir: "auto" }, grouped(steps).map(one));
}
