// The projector: what the room looks at together. Nothing is touched here; the facilitator says what is shown.

let view = null;
let up = true;
// Whether the session was seen open: before it nothing is over.
let met = false;

function draw() {
  if (!view) return;
  met ||= view.phase !== "closed";
  const screen = view.phase === "closed" ? (met ? "over" : "soon") : view.shown.what;
  const key = [screen, ...(view.shown.items ?? [])].join();
  const page = h(
    "div",
    { id: "page" },
    band(),
    h("main", { key, class: "show-" + screen }, (SHOWN[screen] ?? SHOWN.nothing)()),
    foot(),
  );
  morph($("#page"), page);
  fit($("main"));
}

// Largest letters with which all can be seen at once: nobody scrolls a wall.
function fit(main) {
  const fits = (size) => {
    main.style.setProperty("--size", `${size}px`);
    return main.scrollHeight <= main.clientHeight + 1 && main.scrollWidth <= main.clientWidth + 1;
  };
  let [low, high] = [Math.max(20, innerHeight / 46), innerHeight / 11];
  for (let n = 0; n < 9; n++) {
    const middle = (low + high) / 2;
    if (fits(middle)) low = middle;
    else high = middle;
  }
  fits(low);
}

// Trouble is said at once, to everybody: answers wait on the phones meanwhile.
function band() {
  const words = view.trouble ? t("trouble." + view.trouble) : up ? "" : t("network.wall");
  return h("div", { role: "status", class: "band" }, words && note("alert", words, "bad"));
}

function foot() {
  const { join } = view;
  return h(
    "footer",
    {},
    join?.code && view.shown.what !== "join"
      ? h("p", {}, icon("door"), h("span", {}, address(join)), h("b", { class: "door" }, join.code))
      : h("p"),
    row(languageChips(Object.keys(Words.languages), async (id) => (await speakIn(id, "wall")) && draw())),
  );
}

const address = (join) => join.url.replace(/^https?:\/\//, "").replace(/\/$/, "");

// --- one text

function sheet(item, more = []) {
  const [first, ...others] = item.wordings;
  const to = inWords(item.addressee);
  return h(
    "section",
    { class: "sheet", key: item.id },
    h("p", { class: "kind" }, icon(item.kind), t("kind." + item.kind), to && ` → ${to}`),
    h("div", { class: "first" }, shownText(first)),
    others.map((one) => h("div", { class: "other" }, small(langName(one.language)), shownText(one))),
    dissents(item),
    more,
  );
}

const chosen = (texts = view.texts) => {
  const { items } = view.shown;
  return items?.length ? texts.filter((one) => items.includes(one.id)) : texts;
};
const heading = (words) => title(words, { class: "top" });
const amendments = (item) => (item.amendments ?? []).filter((one) => one.status === "open");

function sideBySide(item, amendment) {
  const before = item.wordings[0];
  const after = amendment.wordings.find((one) => one.language === before?.language) ?? amendment.wordings[0];
  if (!before || !after) return null;
  const same = before.language === after.language;
  return h(
    "div",
    { class: "change" },
    small(t("amendment.open")),
    same ? shownDiff(wordDiff(before.text, after.text), after.language) : shownText(after),
  );
}

// --- what can be shown

const SHOWN = {
  nothing: () => h("h1", { class: "unseen" }, t("wall.nothing")),

  over: () => [heading(t("wall.over")), h("p", {}, t("wall.thanks"))],

  soon: () => [heading(t("wall.soon"))],

  join: () => {
    const { join } = view;
    if (!join?.code) return SHOWN.soon();
    return [
      heading(t("wall.come")),
      h(
        "div",
        { class: "join" },
        qr(join.qr),
        h(
          "div",
          {},
          h("p", {}, t("wall.wifi")),
          h("p", {}, t("wall.scan")),
          small(t("wall.type")),
          h("p", { class: "url" }, address(join)),
          small(t("wall.code")),
          h("p", { class: "code door", "aria-label": [...join.code].join(" ") }, join.code),
        ),
      ),
    ];
  },

  limits: () => {
    const language = [Words.language, "fr", ...Object.keys(view.limits)].find((id) => view.limits[id]);
    return [heading(t("wall.limits")), shownLimits(view.limits[language] ?? "", language)];
  },

  texts: () => {
    const items = chosen();
    return items.length
      ? [
          h("h1", { class: "unseen" }, t("wall.texts")),
          grid(
            items.map((item) =>
              sheet(
                item,
                amendments(item).map((one) => sideBySide(item, one)),
              ),
            ),
          ),
        ]
      : [heading(t("wall.texts")), h("p", {}, t("wall.none"))];
  },

  round: () => {
    const paper = view.phase === "paper";
    const items = view.round?.items ?? chosen();
    return [
      heading(t(paper ? "wall.paper" : "wall.round")),
      grid(items.map((item) => sheet(item))),
      h(
        "ul",
        { class: "scale", "aria-label": t("wall.scale") },
        (view.scale?.levels ?? []).map((level) =>
          h("li", {}, icon(level.kind), h("span", {}, inWords(level.label))),
        ),
      ),
      note("hidden", t(paper ? "wall.paper_why" : "wall.hidden")),
    ];
  },

  results: () => {
    const outcome = (item) => {
      const result = view.results.find((one) => one.id === item.id);
      return (
        result && [
          note(OUTCOME_ICONS[result.outcome], t("outcome." + result.outcome), "outcome"),
          result.adopted && note("adopt", t("adopted"), "good"),
        ]
      );
    };
    const shown = chosen().filter((item) => view.results.some((one) => one.id === item.id));
    return [heading(t("wall.results")), grid(shown.map((item) => sheet(item, outcome(item))))];
  },

  history: () => [heading(t("wall.history")), h("ol", { class: "steps" }, (view.history ?? []).map(pastStep))],

  edition: () => {
    const items = chosen(view.edition ?? []);
    return [heading(t("wall.edition")), grid(items.map((item) => sheet(item)))];
  },
};

const grid = (sheets) => h("div", { class: `grid n${Math.min(sheets.length, 4)}` }, sheets);

// What was suggested and then taken in is shown as a change once, then as the text that it gave.
function pastStep(step, at) {
  const { kind, wording, change, reason } = step;
  const told = kind === "amended" && (view.history ?? []).slice(0, at).some((one) => one.kind === "suggested");
  const changed = !told && change?.some(([op]) => op !== "same");
  return h(
    "li",
    {},
    small(t("step." + kind)),
    wording ? (changed ? shownDiff(change, wording.language) : said(wording)) : wording === null && said(null),
    reason && h("p", { class: "reason" }, reason),
  );
}

// Dark squares as one path, with the white margin that cameras need.
function qr(rows) {
  const svg = document.createElementNS(SVG, "svg");
  const size = rows.length + 8;
  svg.setAttribute("viewBox", `-4 -4 ${size} ${size}`);
  svg.setAttribute("class", "qr");
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", t("wall.qr"));
  const path = document.createElementNS(SVG, "path");
  const dark = rows.flatMap((row, y) => [...row].map((cell, x) => (cell === "1" ? `M${x} ${y}h1v1h-1z` : "")));
  path.setAttribute("d", dark.join(""));
  svg.append(path);
  return svg;
}

new Line("wall", "", {
  view: (news) => {
    view = news;
    draw();
  },
  line: (standing) => {
    up = standing;
    draw();
  },
});
addEventListener("resize", draw);
