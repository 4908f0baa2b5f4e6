// Writing: choose, write, hear or read it back, say yes a second time; then the code that gives the words back.

const MOST = { propose: 600, amend: 600, object: 300, dissent: 300, change: 600 };

// What a text from this phone is: `data.what` is the act, `data.item` the text that it is about.
function startWriting(what, data = {}) {
  const first = what === "propose" ? "kind" : "write";
  const { languages } = Me.view;
  const language = languages.includes(Words.language) ? Words.language : languages[0];
  go("write", { what, language, text: "", step: first, ...data });
}

const turn = (change) => go("write", { ...Me.data, ...change });

SCREENS.write = () => WRITING[Me.data.step]();

const WRITING = {
  kind: () => [
    title(t("propose.title")),
    ...["statement", "recommendation"].map((kind) =>
      h(
        "button",
        { type: "button", class: "choice", onclick: () => turn({ kind, step: afterKind() }) },
        icon(kind),
        h("span", {}, h("b", {}, t("kind." + kind)), t("kind.help." + kind)),
      ),
    ),
    cancel(),
  ],

  question: () => [
    title(t("propose.question")),
    ...Me.view.questions.map((question) =>
      button("", inWords(question.text), () => turn({ question: question.id, step: afterQuestion() }), {
        class: "choice",
      }),
    ),
    cancel(),
  ],

  from: () => {
    const { themes, figures } = offers();
    const choice = (kind, one, words) =>
      button(kind, words, () => turn({ from: one, source: one && words, step: "write" }), { class: "choice" });
    return [
      title(t("propose.from")),
      choice("write", "", t("propose.nothing")),
      themes.length > 0 && h("h2", {}, t("propose.theme")),
      ...themes.map((one) => choice("group", "theme:" + one.id, inWords(one.label))),
      figures.length > 0 && h("h2", {}, t("propose.figure")),
      ...figures.map((one) => choice("statement", "figure:" + one.id, inWords(one.text))),
      cancel(),
    ];
  },

  write: () => {
    const { what, item, text, language, source } = Me.data;
    const about = item && wordingFor(item.wordings);
    const left = MOST[what] - [...text].length;
    return [
      title(t(`write.${what}`)),
      h("p", { class: "calm" }, t(`write.${what}_help`)),
      what !== "change" && about && h("div", { class: "sheet quiet" }, said(about)),
      h("p", { class: "calm" }, t("write.careful")),
      source && small(t("write.source"), " ", source),
      h("label", { for: "words", class: "unseen" }, t(`write.${what}`)),
      h("textarea", {
        id: "words",
        rows: "6",
        lang: language,
        dir: "auto",
        value: text,
        spellcheck: "false",
        autocomplete: "off",
        key: "words",
        oninput: (event) => ((Me.data.text = event.target.value), draw()),
      }),
      h(
        "p",
        { class: left < 0 ? "note bad" : "where", role: left < 0 ? "status" : null },
        left < 100 && t("write.left", { n: left }),
      ),
      writtenIn(language),
      Me.data.problem && note("alert", Me.data.problem, "bad"),
      button("next", t("write.read"), () => ready(left), { class: "main" }),
      cancel(),
    ];
  },

  read: () => {
    const { what, text, language } = Me.data;
    return [
      title(t("read.title")),
      box(said({ text, language }), hearButton(text, language, "", draw)),
      h("p", {}, t(`read.${what}`)),
      h("p", {}, t("read.nameless")),
      button("check", t("read.yes"), sendWords, { class: "main" }),
      button("write", t("read.correct"), () => turn({ step: "write" }), { class: "quiet" }),
      cancel(),
    ];
  },

  sending: () => [
    title(t("sending.title")),
    note("wait", t(Me.up ? "network.sending" : "sending.waits"), "big"),
    h("p", {}, t("sending.keep")),
  ],

  sent: () => codeScreen(),

  changed: () => [
    title(t("sent.done")),
    note("check", t(Me.data.amendment ? "change.amended" : "change.done"), "big"),
    button("next", t("ok"), goRoom, { class: "main" }),
  ],

  refused: () => [
    title(t("refused.title")),
    note("alert", Me.data.problem, "bad big"),
    button("write", t("read.correct"), () => turn({ step: "write" }), { class: "main" }),
    cancel(),
  ],
};

const offers = () => ({ themes: Me.view.offers?.themes ?? [], figures: Me.view.offers?.figures ?? [] });
const afterKind = () => (Me.view.questions.length > 1 ? "question" : afterQuestion());
const afterQuestion = () => (offers().themes.length + offers().figures.length ? "from" : "write");
const cancel = () => button("back", t("cancel"), goRoom, { class: "quiet" });

function ready(left) {
  const text = Me.data.text.trim();
  const problem = text ? (left < 0 ? t("write.long") : "") : t("write.empty");
  turn({ text, problem, step: problem ? "write" : "read" });
}

function writtenIn(language) {
  const ids = Me.view.languages;
  if (ids.length < 2) return null;
  return h(
    "div",
    { role: "group", "aria-label": t("write.language"), class: "asked" },
    small(t("write.language")),
    row(
      ids.map((id) =>
        h(
          "button",
          {
            type: "button",
            class: "chip wide",
            pressed: id === language,
            onclick: () => turn({ language: id }),
          },
          langName(id),
        ),
      ),
    ),
  );
}

// The act as the laptop wants it. A version is named where the words dispute one.
function actOf({ what, kind, question, from, item, language, text, code }) {
  const act = { do: what, language, text, confirmed: true };
  if (what === "propose")
    Object.assign(act, { kind, question: question ?? Me.view.questions[0]?.id }, from ? { from } : {});
  else act.item = item.id;
  if (what === "change") act.code = code;
  if (what === "object") act.version = item.version;
  return act;
}

async function sendWords() {
  const data = Me.data;
  turn({ step: "sending" });
  // A return code does not lie on a phone.
  const keep = data.what !== "change";
  const answer = await outbox.add(actOf(data), { keep });
  if (answer.ok && answer.code && keep) Kept.write("code", (Me.code = answer.code));
  if (Me.screen !== "write" || Me.data.step !== "sending") return draw();
  if (!answer.ok) return turn({ step: "refused", problem: whyNot(answer) });
  turn({ step: keep ? "sent" : "changed", amendment: answer.amendment });
}

// The laptop gives its reasons in French and in English; other readers get the page's own words.
const whyNot = (answer) =>
  (["fr", "en"].includes(Words.language) && [answer.what, answer.do].filter(Boolean).join(" ")) ||
  t("refused.any");

// --- the return code: seen once, then gone

function codeScreen() {
  const code = Me.code ?? "";
  return [
    title(t("code.title")),
    note("check", t("sent.done"), "good"),
    h("p", { class: "code", "aria-label": [...code].join(" ") }, code.slice(0, 4), " ", code.slice(4)),
    h("p", { class: "big" }, t("code.keep")),
    h("p", {}, t("code.for")),
    note("alert", t("code.careful")),
    button(
      "check",
      t("code.noted"),
      () => {
        Kept.write("code", (Me.code = undefined));
        goRoom();
      },
      { class: "main" },
    ),
  ];
}

// Words that were on their way when the page was closed: their code is shown when they arrive.
outbox.orphan = (act, answer) => {
  if (!answer.ok || !answer.code) return;
  Kept.write("code", (Me.code = answer.code));
  if (FOLLOWING.has(Me.screen)) go("write", { what: act.do, step: "sent" });
};
