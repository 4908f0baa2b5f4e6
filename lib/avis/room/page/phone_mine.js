// What somebody can do with a code: with the return code of her words, with the code of her consent card.
// A code stands in memory while its screen is open, and nowhere else.

const AUDIENCES = ["members", "funder", "public"];

// --- the texts on the wall

SCREENS.texts = () => [
  title(t("texts.title")),
  Me.view.texts.length ? h("p", {}, t("texts.how")) : h("p", { class: "big" }, t("texts.none")),
  // The newest first: what the room speaks of now.
  ...[...Me.view.texts].reverse().map((item) =>
    h(
      "button",
      { type: "button", class: "choice", key: item.id, onclick: () => go("text", { id: item.id }) },
      icon(item.kind),
      h(
        "span",
        { lang: wordingFor(item.wordings)?.language, dir: "auto" },
        wordingFor(item.wordings)?.text ?? t("gone"),
      ),
    ),
  ),
  button("back", t("back"), goRoom, { class: "quiet" }),
];

SCREENS.text = () => {
  const item = Me.view.texts.find((one) => one.id === Me.data.id);
  const wording = item && wordingFor(item.wordings);
  if (!wording) return [title(t("gone")), button("back", t("back"), () => go("texts"), { class: "main" })];
  const open = (item.amendments ?? []).filter((one) => one.status === "open");
  return [
    title(t("kind." + item.kind), { class: "small" }),
    box(shownText(wording), hearButton(wording.text, wording.language, `${item.id}-v${item.version}`, draw)),
    otherWordings(item.wordings, wording),
    ...dissents(item),
    ...open.map((one) =>
      h("div", { class: "dissent" }, small(t("amendment.open")), shownText(wordingFor(one.wordings))),
    ),
    button(
      "write",
      t("amend.button"),
      // Words in another language than hers are read, not written over: hers would be taken for that one.
      () => startWriting("amend", wording.language === Words.language ? { item, text: wording.text } : { item }),
      { class: "choice" },
    ),
    button("oppose", t("object.button"), () => startWriting("object", { item }), { class: "choice" }),
    button("aside", t("dissent.button"), () => startWriting("dissent", { item }), { class: "choice" }),
    button("back", t("back"), () => go("texts"), { class: "quiet" }),
  ];
};

// --- a code to type

function codeForm(words, asked) {
  return [
    title(t(words + ".title")),
    h("p", { class: "big" }, t(words + ".how")),
    h(
      "form",
      { onsubmit: (event) => (event.preventDefault(), asked($("#own").value)) },
      h("label", { for: "own" }, t(words + ".code")),
      h("input", {
        id: "own",
        class: "code",
        maxlength: "12",
        autocomplete: "off",
        autocapitalize: "characters",
        spellcheck: "false",
        autocorrect: "off",
      }),
      Me.data.problem && note("alert", Me.data.problem, "bad"),
      h("button", { class: "main" }, icon("code"), h("span", {}, t("code.see"))),
    ),
    button("back", t("back"), goRoom, { class: "quiet" }),
  ];
}

const plainCode = (written) => written.toUpperCase().replace(/[^A-Z0-9]/g, "");

// Sends what concerns a code, and keeps nothing of it.
async function ask(screen, act, done) {
  const data = Me.data;
  announce(t("network.sending"));
  const answer = await outbox.add(act, { keep: false });
  if (Me.screen !== screen) return;
  if (answer.ok) return done(answer);
  go(screen, { ...data, problem: whyNot(answer) });
  announce(whyNot(answer));
}

// --- my words

SCREENS.mine = () =>
  Me.data.step === "sure"
    ? sure()
    : Me.data.found
      ? mineFound()
      : codeForm("mine", (code) => findMine(plainCode(code)));

function findMine(code, told) {
  if (code) ask("mine", { do: "mine", code }, (answer) => go("mine", { code, found: answer.brought, told }));
}

function mineFound() {
  const { found, told, problem, code } = Me.data;
  const act = (words, more) => ask("mine", { ...more, code }, () => findMine(code, words));
  const some = (...states) => found.some((one) => states.includes(one.status));
  return [
    title(t("mine.title")),
    told && note("check", t(told), "good"),
    problem && note("alert", problem, "bad"),
    ...found.map((one) => h("section", { key: one.id, class: "mine" }, mineText(one), mineButtons(one, act))),
    some("suspended") &&
      button("play", t("mine.resume"), () => act("mine.resumed", { do: "resume" }), { class: "choice" }),
    some("open", "adopted", "maintained", "recorded", "accepted") &&
      button("pause", t("mine.suspend"), () => act("mine.suspended", { do: "suspend" }), { class: "choice" }),
    found.some((one) => one.status !== "withdrawn") &&
      button("away", t("mine.withdraw"), () => go("mine", { ...Me.data, step: "sure" }), { class: "choice" }),
    button("back", t("mine.close"), goRoom, { class: "quiet" }),
  ];
}

function mineText({ what, status, wordings }) {
  return box(
    small(t("mine.is." + what)),
    wordings.map((one) =>
      h("div", {}, small(langName(one.language)), shownText(one), hearButton(one.text, one.language, "", draw)),
    ),
    !wordings.length && status !== "withdrawn" && said(null),
    note(MINE_ICONS[status] ?? "check", t("mine.state." + status)),
  );
}

const MINE_ICONS = { suspended: "pause", withdrawn: "away", adopted: "adopt", open: "wait" };
const CHANGEABLE = new Set(["open", "adopted", "maintained", "recorded", "accepted", "suspended"]);

function mineButtons(one, act) {
  const { code } = Me.data;
  const open = one.wordings.filter((wording) => !wording.original && !wording.approved);
  const own = one.wordings[0];
  return [
    ...open.map(({ language }) =>
      button(
        "check",
        t("mine.approve", { language: langName(language) }),
        () => act("mine.approved", { do: "approve_words", item: one.id, language }),
        { class: "choice" },
      ),
    ),
    own &&
      CHANGEABLE.has(one.status) &&
      button(
        "write",
        t("mine.change"),
        () => startWriting("change", { code, item: one, text: own.text, language: own.language }),
        { class: "choice" },
      ),
  ];
}

function sure() {
  const { code } = Me.data;
  return [
    title(t("withdraw.title")),
    h("p", { class: "big" }, t("withdraw.what")),
    h("p", {}, t("withdraw.honest")),
    Me.data.problem && note("alert", Me.data.problem, "bad"),
    button(
      "away",
      t("withdraw.yes"),
      () => ask("mine", { do: "withdraw", code, confirmed: true }, () => go("withdrawn")),
      { class: "main" },
    ),
    button("back", t("withdraw.no"), () => findMine(code), { class: "quiet" }),
  ];
}

SCREENS.withdrawn = () => [
  title(t("withdrawn.title")),
  note("check", t("withdrawn.done"), "big"),
  button("next", t("ok"), goRoom, { class: "main" }),
];

// --- my quote: the exact words, and who may read them

SCREENS.card = () => (Me.data.quotes ? cardFound() : codeForm("card", (code) => findQuotes(plainCode(code))));

function findQuotes(card, at = 0, told) {
  if (card)
    ask("card", { do: "quotes", card }, (answer) =>
      go("card", { card, at, told, quotes: answer.quotes ?? [], step: String(at) }),
    );
}

function cardFound() {
  const { card, quotes, told, problem, at } = Me.data;
  const quote = quotes[at];
  if (!quote)
    return [
      title(t("card.none")),
      h("p", { class: "big" }, t("card.ask")),
      button("back", t("back"), goRoom, { class: "main" }),
    ];
  const act = (words, more) =>
    ask("card", { ...more, card, quote: quote.quote }, () => findQuotes(card, at, words));
  const approved = quote.approved ?? [];
  return [
    title(t("card.title")),
    quotes.length > 1 && small(t("card.where", { n: at + 1, of: quotes.length })),
    told && note("check", t(told), "good"),
    problem && note("alert", problem, "bad"),
    box(said(quote), hearButton(quote.text, quote.language, "", draw)),
    h("h2", {}, t("card.who")),
    ...AUDIENCES.filter((one) => quote.audiences.includes(one)).map((audience) => {
      const yes = approved.includes(audience);
      return h(
        "button",
        {
          type: "button",
          class: "choice",
          pressed: yes,
          disabled: yes,
          onclick: () => act("card.approved", { do: "approve_quote", audience, language: quote.language }),
        },
        icon(yes ? "check" : "voice"),
        h("span", {}, h("b", {}, t("audience." + audience)), t(yes ? "card.said_yes" : "card.say_yes")),
      );
    }),
    button("away", t("card.back"), () => act("card.revoked", { do: "revoke_quote" }), { class: "choice" }),
    at + 1 < quotes.length && button("next", t("card.next"), () => findQuotes(card, at + 1), { class: "main" }),
    button("back", t("mine.close"), goRoom, { class: "quiet" }),
  ];
}
