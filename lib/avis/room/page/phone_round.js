// Answering: one text at a time, on the group's own scale; an answer can be changed until the round is closed.

const roundItems = () => Me.view.round?.items ?? [];
const answerTo = (item) => {
  const given = Me.answers[item.id];
  return given?.round === Me.view.round?.id && given?.version === item.version ? given : null;
};

SCREENS.round = () => {
  const items = roundItems();
  if (Me.at >= items.length) return roundEnd(items);
  const item = items[Me.at];
  const wording = wordingFor(item.wordings);
  const given = answerTo(item);
  return [
    items.length > 1 && small(t("round.where", { n: Me.at + 1, of: items.length })),
    title(t("round.title"), { class: "small" }),
    box(
      kindLine(item),
      shownText(wording),
      wording && hearButton(wording.text, wording.language, `${item.id}-v${item.version}`, draw),
    ),
    otherWordings(item.wordings, wording),
    h(
      "div",
      { class: "levels", role: "group", "aria-label": t("round.your") },
      Me.view.scale.levels.map((level) => levelButton(item, level, given)),
    ),
    given && answerState(given),
    h(
      "div",
      { class: "row" },
      Me.at > 0 && button("back", t("round.before"), () => step(-1), { class: "quiet" }),
      button(
        "next",
        t(given ? (Me.at + 1 < items.length ? "round.next" : "round.end") : "round.skip"),
        () => step(1),
        { class: given ? "main" : "quiet" },
      ),
    ),
    h("p", { class: "calm" }, icon("hidden"), t("round.hidden")),
  ];
};

function levelButton(item, level, given) {
  const words = inWords(level.label);
  const props = { class: "level " + level.kind, pressed: given?.level === level.id };
  return button(level.kind, words, () => react(item, level.id), props);
}

function answerState(given) {
  const waits = outbox.waiting.some((act) => act.id === given.id);
  const words = given.late ? "round.late" : waits ? "sent.waiting" : "sent.done";
  return h(
    "p",
    { class: "note " + (waits ? "bad" : "good"), role: "status" },
    icon(waits ? "wait" : "check"),
    h("span", {}, t(words)),
  );
}

function react(item, level) {
  const id = newId();
  const round = Me.view.round.id; // an answer that waits for the network is for no later round
  Me.answers[item.id] = { round, version: item.version, level, id };
  Kept.write("answers", Me.answers);
  outbox.add({ id, do: "react", round, item: item.id, version: item.version, level }).then((answer) => {
    const given = Me.answers[item.id];
    if (answer.ok || given?.id !== id) return draw();
    delete Me.answers[item.id];
    Kept.write("answers", Me.answers);
    announce(t("round.late"));
    draw();
  });
}

function step(by) {
  Me.at += by;
  Hear.stop();
  draw();
}

function roundEnd(items) {
  const open = items.findIndex((item) => !answerTo(item));
  return [
    title(t(open < 0 ? "round.all" : "round.some")),
    h("p", { class: "big" }, t(open < 0 ? "round.change" : "round.silence")),
    outbox.waiting.length > 0 && note("wait", t("sent.waiting"), "bad"),
    ...items.map((item, at) => {
      const given = answerTo(item);
      const level = Me.view.scale.levels.find((one) => one.id === given?.level);
      const wording = wordingFor(item.wordings);
      return h(
        "button",
        { type: "button", class: "choice answered", onclick: () => ((Me.at = at), draw()) },
        icon(level?.kind ?? "abstain"),
        h(
          "span",
          {},
          h("b", {}, level ? inWords(level.label) : t("round.none")),
          h("span", { lang: wording?.language, dir: "auto" }, wording?.text.slice(0, 90) ?? t("gone")),
        ),
      );
    }),
  ];
}

function kindLine(item) {
  return h("p", { class: "kind" }, icon(item.kind), t("kind." + item.kind));
}

// The original, and what others say the same in, behind one touch.
function otherWordings(wordings, shown) {
  const others = wordings.filter((one) => one !== shown);
  if (!others.length) return null;
  return h(
    "details",
    {},
    h("summary", {}, t("text.others")),
    others.map((one) =>
      h("div", {}, small(langName(one.language), one.original ? ` – ${t("text.original")}` : ""), shownText(one)),
    ),
  );
}

// --- outcomes, in words

SCREENS.results = () => [
  title(t("results.title")),
  ...Me.view.results.map((result) => resultCard(result)),
  h("p", { class: "calm" }, t("results.words")),
];

function resultCard(result) {
  const item = Me.view.texts.find((one) => one.id === result.id) ?? { wordings: [], dissents: [] };
  const wording = wordingFor(item.wordings);
  const words = t("outcome." + result.outcome);
  return h(
    "section",
    { class: "sheet", key: result.id },
    said(wording),
    note(OUTCOME_ICONS[result.outcome], words, "outcome"),
    result.adopted && note("adopt", t("adopted"), "good"),
    wording && hearButton(`${wording.text}\n${words}`, Words.language, `outcome-${result.outcome}`, draw),
  );
}
