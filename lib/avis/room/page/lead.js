// The facilitator's page, on the laptop alone: what the room does now, and what it waits for.

const Lead = { view: null, up: true, part: "now", data: {}, drafts: {}, said: null, sound: false, calls: 0 };
const PARTS = {};
const key = leadKey();
const outbox = new Outbox(
  "/mener",
  () => ({ "X-Cle": key }),
  () => draw(),
);
// Words that others say are not kept in this browser.
outbox.waiting = [];

// The key stands behind the `#` once, then in this tab alone: a mirrored screen shows addresses.
function leadKey() {
  const given = location.hash.slice(1);
  try {
    if (given) sessionStorage.setItem("notes.lead", given);
    const kept = given || sessionStorage.getItem("notes.lead") || "";
    if (given) history.replaceState(null, "", location.pathname);
    return kept;
  } catch {
    return given;
  }
}

// --- acts

async function act(name, fields = {}, told = "") {
  Lead.said = null;
  const answer = await outbox.add({ do: name, ...fields }, { keep: false });
  Lead.said = answer.ok ? told && { good: true, words: t(told) } : { words: reason(answer) };
  if (answer.ok && told.endsWith(".kept")) for (const one of document.querySelectorAll("details")) one.open = false;
  if (Lead.said) announce(Lead.said.words);
  draw();
  return answer;
}

const reason = (answer) => [answer.what, answer.do].filter(Boolean).join(" ") || t("lead.refused");
const does = (name, fields, told) => () => act(name, fields, told);
const show = (what, items) => act("show", items ? { what, items } : { what }, "lead.shown");

// --- going about

function go(part, data = {}) {
  Hear.stop();
  Object.assign(Lead, { part, data, said: null });
  draw();
  scrollTo(0, 0);
  $("main h1")?.focus({ preventScroll: true });
}

const NAV = [
  ["now", "check"],
  ["texts", "write"],
  ["round", "group"],
  ["wall", "wall"],
  ["speak", "voice"],
  ["adopt", "adopt"],
  ["door", "door"],
  ["end", "leave"],
];

function draw() {
  if (!Lead.view || Lead.out) return;
  const part = Lead.view.session ? Lead.part : "start";
  const main = h(
    "main",
    { key: part + (Lead.data.id ?? "") + (Lead.data.step ?? "") },
    ...alerts(),
    ...PARTS[part](),
  );
  morph($("#page"), h("div", { id: "page" }, topBar(), Lead.view.session ? nav() : null, main));
}

function topBar() {
  const { session, phase, shown } = Lead.view;
  return h(
    "header",
    { key: "top" },
    session
      ? h(
          "p",
          {},
          h("b", {}, dayOf(session.date), session.place && ` · ${session.place}`),
          " · ",
          t("phase." + phase),
          " · ",
          t("lead.on_wall"),
          " ",
          h("b", {}, t("show." + shown.what)),
        )
      : h("p", {}, h("b", {}, t("start.title"))),
    button("hear", t(Lead.sound ? "lead.sound_on" : "lead.sound_off"), toggleSound, {
      class: "quiet",
      pressed: Lead.sound,
    }),
    row(languageChips(Object.keys(Words.languages), async (id) => (await speakIn(id, "lead")) && draw())),
  );
}

const timeOf = (at) => new Date(at).toLocaleTimeString(Words.language, { timeStyle: "short" });
const dayOf = (date) => new Date(date + "T12:00").toLocaleDateString(Words.language, { dateStyle: "long" });

function nav() {
  const waiting = { texts: inbox().length };
  return h(
    "nav",
    { key: "nav", "aria-label": t("lead.parts") },
    NAV.map(([part, name]) =>
      h(
        "button",
        {
          type: "button",
          class: "part",
          "aria-current": Lead.part === part ? "page" : null,
          onclick: () => go(part),
        },
        icon(name),
        h("span", {}, t("part." + part)),
        waiting[part] ? h("b", { class: "badge" }, waiting[part]) : null,
      ),
    ),
  );
}

// What must be seen whatever she does: calls first, then trouble, then what an act answered.
function alerts() {
  const { view, up, said } = Lead;
  const calls = view.calls.map((call) =>
    h(
      "div",
      { class: "note call", key: "call" + call.n },
      icon(call.what === "stop" ? "stop" : "voice"),
      h("span", {}, t("call." + call.what), " ", h("span", { class: "where" }, timeOf(call.at))),
      button("check", t("call.seen"), does("answered", { n: call.n })),
    ),
  );
  return [
    h("div", { key: "calls", role: "status", class: "alerts" }, calls),
    view.trouble && note("alert", t("trouble." + view.trouble), "bad"),
    (!up || outbox.tries > 1) && note("wait", t("network.wall"), "bad"),
    said && note(said.good ? "check" : "alert", said.words, said.good ? "good" : "bad"),
  ].filter(Boolean);
}

function toggleSound() {
  Lead.sound = !Lead.sound;
  if (Lead.sound) beep();
  draw();
}

function beep() {
  const context = (Lead.audio ??= new AudioContext());
  const tone = context.createOscillator();
  const loud = context.createGain();
  loud.gain.value = 0.08;
  tone.frequency.value = 520;
  tone.connect(loud).connect(context.destination);
  tone.start();
  tone.stop(context.currentTime + 0.25);
}

// --- parts of forms: what is typed stays, whatever comes from the room meanwhile

function field(name, words, props = {}) {
  const { lines, hint, ...more } = props;
  const given = {
    id: "f-" + name,
    key: "f-" + name,
    value: Lead.drafts[name] ?? more.value ?? "",
    spellcheck: "false",
    autocomplete: "off",
    ...more,
    oninput: (event) => ((Lead.drafts[name] = event.target.value), more.redraw && draw()),
  };
  delete given.redraw;
  if (Lead.drafts[name] === undefined) Lead.drafts[name] = more.value ?? "";
  return h(
    "div",
    { class: "field" },
    h("label", { for: "f-" + name }, words),
    hint && small(hint),
    lines
      ? h("textarea", { rows: lines, dir: "auto", ...given, value: Lead.drafts[name] })
      : h("input", { ...given, value: Lead.drafts[name] }),
  );
}

const draft = (name) => (Lead.drafts[name] ?? "").trim();
const number = (name) => Number.parseInt(draft(name) || "0", 10);
const forget = (...names) => names.forEach((name) => delete Lead.drafts[name]);

function choice(name, words, options, chosen) {
  Lead.drafts[name] ??= chosen ?? options[0]?.[0];
  return h(
    "div",
    { class: "field", role: "group", "aria-label": words },
    h("p", { class: "label" }, words),
    row(
      options.map(([id, label, lang]) =>
        h(
          "button",
          {
            type: "button",
            class: "chip wide",
            lang: lang ?? null,
            pressed: Lead.drafts[name] === id,
            onclick: () => ((Lead.drafts[name] = id), draw()),
          },
          label,
        ),
      ),
    ),
  );
}

function several(name, words, options) {
  Lead.drafts[name] ??= [];
  const turn = (id) => {
    const held = Lead.drafts[name];
    Lead.drafts[name] = held.includes(id) ? held.filter((one) => one !== id) : [...held, id];
    draw();
  };
  return h(
    "div",
    { class: "several", role: "group", "aria-label": words },
    options.map(([id, label, lang, mark]) =>
      h(
        "button",
        {
          type: "button",
          class: "pick",
          key: name + id,
          pressed: Lead.drafts[name].includes(id),
          onclick: () => turn(id),
        },
        icon(Lead.drafts[name].includes(id) ? "support" : "plus"),
        h("span", { lang, dir: "auto" }, label),
        mark && h("span", { class: "where" }, mark),
      ),
    ),
  );
}

const languages = () => (Lead.view.session?.languages ?? []).map((id) => [id, langName(id)]);

// --- texts

// What is decided comes last: today's texts are what she looks for.
const here = () =>
  Lead.view.texts
    .filter((item) => !item.withdrawn && item.wordings.length)
    .sort((a, b) => a.adopted - b.adopted);
const inbox = () => here().filter((item) => !item.shown && !item.suspended);
const byId = (id) => Lead.view.texts.find((item) => item.id === id);
const short = (item) => [item.id, item.wordings[0].text, item.wordings[0].language];
const flagged = (flags) =>
  flags?.length > 0 && note("alert", `${t("flagged")} ${flags.map(inWords).join(", ")}. ${t("flags.do")}`, "bad");
