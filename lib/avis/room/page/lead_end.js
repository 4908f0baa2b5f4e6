// Reading all of it again, adopting it, closing the session; then the page begins.

PARTS.adopt = () => {
  const { edition, texts, shown } = Lead.view;
  const adopted = texts.filter((item) => item.adopted);
  const at = Math.min(Lead.data.at ?? 0, Math.max(adopted.length - 1, 0));
  const item = adopted[at];
  const turn = (by) => {
    go("adopt", { at: at + by });
    act("show", { what: "edition", items: [adopted[at + by].id] });
  };
  if (!item) return [title(t("part.adopt")), h("p", {}, t("adopt.none"))];
  return [
    title(t("part.adopt")),
    edition.adopted ? note("adopt", t("adopt.done"), "good") : h("p", {}, t("adopt.help")),
    small(t("adopt.where", { n: at + 1, of: adopted.length })),
    h(
      "div",
      { class: "sheet big" },
      h("p", { class: "kind" }, icon(item.kind), t("kind." + item.kind)),
      item.wordings.map((one) => shownText(one)),
      item.kind === "recommendation" &&
        h("p", {}, t("text.to"), " ", inWords(item.addressee) || t("text.nobody")),
      dissents(item),
    ),
    row(
      button("wall", t("show.edition"), () => show("edition", [item.id]), {
        pressed: shown.what === "edition",
      }),
      button("back", t("adopt.before"), () => turn(-1), { disabled: at === 0 }),
      button("next", t("adopt.next"), () => turn(1), { disabled: at === adopted.length - 1 }),
    ),
    !edition.adopted &&
      at === adopted.length - 1 &&
      h(
        "div",
        { class: "note" },
        icon("adopt"),
        h("span", {}, t("adopt.ask")),
        button("check", t("adopt.yes"), does("adopt_edition", {}, "adopt.done"), { class: "main" }),
      ),
  ];
};

PARTS.end = () => {
  const open = here().flatMap((item) => [
    ...item.amendments.filter((one) => one.status === "open"),
    ...item.objections.filter((one) => !one.resolved),
  ]).length;
  return [
    title(t("part.end")),
    h("p", {}, t("end.help")),
    inbox().length > 0 && note("write", t("now.inbox", { n: inbox().length })),
    open > 0 && note("alert", t("end.open", { n: open })),
    Lead.data.step === "sure"
      ? h(
          "div",
          { class: "note" },
          icon("alert"),
          h("span", {}, t("end.sure")),
          button("check", t("end.yes"), endSession, { class: "main" }),
          button("back", t("cancel"), () => go("end"), { class: "quiet" }),
        )
      : button("leave", t("end.close"), () => go("end", { step: "sure" }), { class: "main" }),
  ];
};

async function endSession() {
  const answer = await act("close_session", {}, "end.closed");
  if (!answer.ok) return;
  dropSound();
  Lead.drafts = {};
  Object.assign(Lead, { part: "now", data: {} });
  draw();
}

// --- the line to the laptop's server

Hear.watch(draw);
new Line("lead", key, {
  view: (view) => {
    const more = view.calls.some((call) => call.n > Lead.calls);
    Lead.calls = Math.max(Lead.calls, ...view.calls.map((call) => call.n), 0);
    Lead.view = view;
    if (more && Lead.sound) beep();
    draw();
  },
  line: (up) => {
    Lead.up = up;
    draw();
  },
  refused: () => {
    Lead.out = true;
    morph(
      $("#page"),
      h("div", { id: "page" }, h("main", {}, title(t("lead.key")), h("p", {}, t("lead.key_help")))),
    );
  },
});
