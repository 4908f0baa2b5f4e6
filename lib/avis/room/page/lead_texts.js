// The texts: proposals that wait, those on the wall, and one text with all that was said about it.

PARTS.texts = () => (Lead.data.id && byId(Lead.data.id) ? oneText(byId(Lead.data.id)) : allTexts());

function allTexts() {
  const waiting = inbox();
  const rest = here().filter((item) => !waiting.includes(item));
  const groups = [...new Set(rest.map((item) => item.group))].sort();
  return [
    title(t("part.texts")),
    h("h2", {}, t("texts.waiting")),
    waiting.length ? waiting.map(waitingText) : h("p", {}, t("texts.none")),
    rest.length > 0 && h("h2", {}, t("texts.seen")),
    groups.map((group) => [
      group && h("h3", {}, t("texts.group"), " ", groupName(group)),
      ...rest.filter((item) => item.group === group).map(textRow),
    ]),
    rest.length > 1 && h("details", {}, h("summary", {}, t("texts.together")), together(rest)),
  ];
}

function waitingText(item) {
  return h(
    "section",
    { class: "sheet", key: item.id },
    h("p", { class: "kind" }, icon(item.kind), t("kind." + item.kind), questionOf(item)),
    shownText(item.wordings[0]),
    flagged(item.flags),
    row(
      button("wall", t("texts.put"), () => show("texts", [item.id]), { class: "main" }),
      button("next", t("texts.open"), () => go("texts", { id: item.id })),
    ),
  );
}

function textRow(item) {
  const open = item.amendments.filter((one) => one.status === "open").length;
  const marks = [
    item.adopted && t("adopted"),
    item.suspended && t("text.suspended"),
    !item.adopted && item.outcome && t("outcome." + item.outcome),
    open && t("text.open", { n: open }),
    item.objections.some((one) => !one.resolved) && t("text.objected"),
  ].filter(Boolean);
  return h(
    "button",
    { type: "button", class: "pick", key: item.id, onclick: () => go("texts", { id: item.id }) },
    icon(item.adopted ? "adopt" : item.kind),
    h("span", { lang: item.wordings[0].language, dir: "auto" }, item.wordings[0].text),
    h("span", { class: "where" }, marks.join(" · ")),
  );
}

// The name of a group is an id in the log, and a word on the screen.
const groupName = (id) => id.replaceAll("-", " ");
const groupId = (words) =>
  words
    .normalize("NFD")
    .replace(/[\u0300-\u036f]/g, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "")
    .slice(0, 60);
const questionOf = (item) => ` · ${inWords(Lead.view.questions.find((one) => one.id === item.question)?.text)}`;

function together(items) {
  const chosen = () => Lead.drafts.some ?? [];
  const put = async () => {
    const answer = await act("group", { items: chosen(), into: groupId(draft("theme")) }, "lead.kept");
    if (answer.ok) forget("some", "theme");
    draw();
  };
  const join = async () => {
    const [into, ...others] = chosen();
    const answer = await act("merge", { items: others, into }, "lead.kept");
    if (answer.ok) forget("some");
    draw();
  };
  return box(
    several("some", t("texts.together"), items.map(short)),
    field("theme", t("texts.theme"), { maxlength: "60", redraw: true }),
    row(
      button("group", t("texts.do_group"), put, { disabled: !chosen().length || !groupId(draft("theme")) }),
      button("group", t("texts.do_merge"), join, { disabled: chosen().length < 2 }),
    ),
    small(t("texts.merge_help")),
  );
}

// --- one text

function oneText(item) {
  return [
    button("back", t("texts.all"), () => go("texts"), { class: "quiet" }),
    title(t("kind." + item.kind)),
    box(
      small(t("text.version", { n: item.version }), questionOf(item)),
      item.wordings.length ? item.wordings.map((one) => wordingRow(item, one)) : said(null),
      flagged(item.flags),
      item.suspended && note("pause", t("text.suspended")),
      item.outcome && note("group", t("outcome." + item.outcome), "outcome"),
      item.adopted && note("adopt", t("adopted"), "good"),
      dissents(item, (one) => [
        spread(one.wordings, (held) => wordingRow(one, held)),
        button("wall", t("text.show_dissent"), () => show("texts", [item.id, one.id])),
        translation({ ...one, version: 1 }),
      ]),
    ),
    row(
      button("wall", t("texts.put"), () => show("texts", [item.id]), {
        class: item.shown ? "" : "main",
        disabled: item.suspended,
      }),
      button("wall", t("show.history"), () => show("history", [item.id]), { disabled: !item.shown }),
      item.asked &&
        !item.adopted &&
        button("adopt", t("text.adopt"), does("adopt", { item: item.id, version: item.version }, "adopted"), {
          class: "main",
        }),
      item.asked &&
        !item.counts_published &&
        button("group", t("text.counts"), () => go("texts", { id: item.id, step: "counts" })),
    ),
    Lead.data.step === "counts" &&
      h(
        "div",
        { class: "note" },
        icon("alert"),
        h("span", {}, t("text.counts_sure")),
        button(
          "check",
          t("text.counts_yes"),
          async () =>
            (await act("publish_counts", { item: item.id }, "lead.kept")).ok && go("texts", { id: item.id }),
        ),
      ),
    ...item.amendments.map((one) => amendment(item, one)),
    ...item.objections.map(objection),
    translation(item),
    addressee(item),
  ];
}

function wordingRow(item, one) {
  return h(
    "div",
    { class: "wording" },
    small(langName(one.language), one.original && ` – ${t("text.original")}`),
    shownText(one),
    !one.original &&
      !one.approved &&
      button(
        "check",
        t("text.approved"),
        does("approve_words", { item: item.id, language: one.language }, "lead.kept"),
      ),
  );
}

// Side by side, then as one text with what is added and what is taken out.
function amendment(item, one) {
  const [before, after] = [
    item.wordings.find((held) => held.language === one.wordings[0]?.language),
    one.wordings[0],
  ];
  const fields = { item: item.id, amendment: one.id };
  const why = "why-" + one.id;
  return h(
    "section",
    { class: "sheet", key: one.id },
    h("h2", {}, t("amendment." + one.status)),
    after && one.status === "open"
      ? h(
          "div",
          { class: "beside" },
          h("div", {}, small(t("amendment.now")), before ? said(before) : said(item.wordings[0])),
          h("div", {}, small(t("amendment.then")), said(after)),
        )
      : said(after),
    before && after && one.status === "open" && shownDiff(wordDiff(before.text, after.text), after.language),
    flagged(one.flags),
    one.reason.map((held) => said(held)),
    one.status === "open" &&
      !one.suspended && [
        row(
          button("wall", t("amendment.show"), () => show("texts", [item.id, one.id])),
          button("check", t("amendment.accept"), does("accept_amendment", fields, "lead.kept"), { class: "main" }),
        ),
        field(why, t("amendment.why"), { maxlength: "300", lines: "2" }),
        row(
          button("oppose", t("amendment.reject"), () =>
            act(
              "reject_amendment",
              { ...fields, ...(draft(why) && { reason: draft(why), language: Words.language }) },
              "lead.kept",
            ),
          ),
          button("away", t("amendment.withdraw"), does("withdraw_amendment", fields, "lead.kept")),
        ),
      ],
    one.status === "rejected" &&
      after &&
      button("plus", t("amendment.alone"), does("stand_alone", fields, "lead.kept")),
  );
}

function objection(one) {
  const how = "how-" + one.id;
  const text = () => (draft(how) ? { text: draft(how), language: Words.language } : {});
  return h(
    "section",
    { class: "sheet", key: one.id },
    h("h2", {}, t(one.resolved ? "objection.resolved" : "objection.held")),
    one.wordings.length ? one.wordings.map((held) => said(held)) : said(null),
    flagged(one.flags),
    !one.resolved && [
      field(how, t("objection.how"), { maxlength: "300", lines: "2" }),
      button("check", t("objection.resolve"), () =>
        act("resolve_objection", { objection: one.id, ...text() }, "lead.kept"),
      ),
    ],
  );
}

function translation(item) {
  const others = languages().filter(([id]) => id !== item.wordings[0]?.language);
  if (!others.length || !item.wordings.length) return null;
  const name = "tr-" + item.id;
  const put = async () => {
    const answer = await act(
      "translate",
      { item: item.id, version: item.version, language: Lead.drafts[name + "-in"], text: draft(name) },
      "lead.kept",
    );
    if (answer.ok) forget(name);
    draw();
  };
  return h(
    "details",
    { key: name },
    h("summary", {}, t("text.translate")),
    box(
      choice(name + "-in", t("text.into"), others, others[0][0]),
      field(name, t("text.translation"), { lines: "3", maxlength: "600" }),
      button("check", t("keep"), put),
    ),
  );
}

function addressee(item) {
  if (item.kind !== "recommendation") return null;
  const [fr, en] = ["to-fr-" + item.id, "to-en-" + item.id];
  const put = () =>
    act(
      "set_addressee",
      {
        item: item.id,
        addressee: Object.fromEntries(
          [
            ["fr", draft(fr)],
            ["en", draft(en)],
          ].filter(([, words]) => words),
        ),
      },
      "lead.kept",
    );
  return h(
    "details",
    { key: fr },
    h("summary", {}, t("text.to"), " ", inWords(item.addressee) || t("text.nobody")),
    box(
      field(fr, t("text.to_fr"), { maxlength: "120", value: item.addressee.fr ?? "" }),
      field(en, t("text.to_en"), { maxlength: "120", value: item.addressee.en ?? "" }),
      button("check", t("keep"), put),
    ),
  );
}
