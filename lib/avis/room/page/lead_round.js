// Rounds: opening one, the piles of paper, closing it. Nobody sees an answer before.

PARTS.round = () =>
  ["round", "paper"].includes(Lead.view.phase)
    ? openRound()
    : Lead.data.step === "count"
      ? countRoom()
      : chooseTexts();

function chooseTexts() {
  const items = here().filter((item) => !item.suspended);
  const chosen = Lead.drafts.round ?? [];
  return [
    title(t("round.open")),
    !Lead.view.session.limits_read && note("limits", t("round.limits"), "bad"),
    items.length ? h("p", {}, t("round.choose")) : h("p", {}, t("texts.empty")),
    several(
      "round",
      t("round.choose"),
      items.map((item) => [...short(item), item.adopted ? t("adopted") : item.asked ? t("outcome." + item.outcome) : ""]),
    ),
    chosen.length > 0 && small(t("round.wall")),
    button("next", t("ok"), () => go("round", { step: "count" }), { class: "main", disabled: !chosen.length }),
  ];
}

function countRoom() {
  const present = number("present") || Lead.view.present;
  const paper = number("paper");
  const phones = present - paper;
  const few = [1, 2].includes(paper) || [1, 2].includes(phones) || phones <= 0;
  return [
    title(t("round.who")),
    field("present", t("start.present"), {
      type: "number",
      min: "1",
      max: "500",
      value: String(Lead.view.present || ""),
      redraw: true,
    }),
    field("paper", t("round.paper"), {
      type: "number",
      min: "0",
      max: "500",
      value: "0",
      redraw: true,
      hint: t("round.paper_help"),
    }),
    few && note("paper", t("round.all_paper"), "bad"),
    row(
      button("play", t("round.begin"), beginRound, { class: "main" }),
      button("back", t("back"), () => go("round"), { class: "quiet" }),
    ),
  ];
}

async function beginRound() {
  const items = Lead.drafts.round;
  const answer = await act("open_round", { items, present: number("present"), paper: number("paper") });
  if (!answer.ok) return;
  forget("round");
  await act("show", { what: "round", items });
  go("round");
}

function openRound() {
  const { phase } = Lead.view;
  const items = roundItems();
  return [
    title(t(phase === "paper" ? "now.paper" : "now.round")),
    note("hidden", t("round.hidden_lead")),
    ...items.map((item) =>
      h(
        "section",
        { class: "sheet", key: "pile" + item.id },
        shownText(item.wordings[0]),
        h("details", {}, h("summary", {}, t("pile.title")), pileForm(item)),
      ),
    ),
    Lead.data.step === "sure"
      ? h(
          "div",
          { class: "note" },
          icon("alert"),
          h("span", {}, t("round.sure")),
          button("check", t("round.yes"), closeRound, { class: "main" }),
          button("back", t("cancel"), () => go("round"), { class: "quiet" }),
        )
      : button("stop", t("round.close"), () => go("round", { step: "sure" }), { class: "main" }),
  ];
}

const roundItems = () => Lead.view.round?.items ?? [];

function pileForm(item) {
  const name = (level) => `pile-${item.id}-${level.id}`;
  const put = async () => {
    const counts = Object.fromEntries(
      Lead.view.scale.levels.map((level) => [level.id, number(name(level))]).filter(([, n]) => n > 0),
    );
    const answer = await act("pile", { item: item.id, version: item.version, counts }, "pile.kept");
    if (answer.ok) forget(...Lead.view.scale.levels.map(name));
    draw();
  };
  return h(
    "div",
    { class: "pile" },
    h("p", {}, t("pile.help")),
    Lead.view.scale.levels.map((level) =>
      h(
        "div",
        { class: "level" },
        icon(level.kind),
        field(name(level), inWords(level.label), { type: "number", min: "0", max: "500" }),
      ),
    ),
    button("paper", t("pile.keep"), put, {}),
  );
}

async function closeRound() {
  const items = roundItems().map((item) => item.id);
  const answer = await act("close_round");
  if (!answer.ok) return;
  await act("show", { what: "results", items });
  go("texts");
}
