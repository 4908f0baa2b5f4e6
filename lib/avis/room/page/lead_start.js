// Opening a session, and what comes first in the room: the limits read, who answers on paper.

PARTS.start = () => {
  const { unfinished, scales } = Lead.view;
  const ids = Object.keys({ ...Words.languages, pcm: 1, bin: 1 });
  Lead.drafts.languages ??= ["fr", "en"];
  return [
    title(t("start.title")),
    unfinished.map((one) =>
      h(
        "div",
        { class: "note" },
        icon("wait"),
        h("span", {}, t("start.unfinished", { name: one.name })),
        button("play", t("start.resume"), does("resume_session", { name: one.name })),
      ),
    ),
    h(
      "form",
      { class: "sheet", onsubmit: openSession },
      field("date", t("start.date"), { type: "date", value: today(), required: true }),
      field("present", t("start.present"), {
        type: "number",
        min: "1",
        max: "500",
        required: true,
        hint: t("start.present_help"),
      }),
      h(
        "div",
        { class: "field" },
        h("p", { class: "label" }, t("start.languages")),
        several(
          "languages",
          t("start.languages"),
          ids.map((id) => [id, langName(id), id]),
        ),
      ),
      choice(
        "scale",
        t("start.scale"),
        scales.map((one) => [one.id, one.id]),
      ),
      scales.map((scale) =>
        h(
          "ul",
          { class: "scale" },
          scale.levels.map((level) => h("li", {}, icon(level.kind), inWords(level.label))),
        ),
      ),
      field("place", t("start.place"), { maxlength: "120", hint: t("start.place_help") }),
      h("button", { class: "main" }, icon("play"), h("span", {}, t("start.open"))),
    ),
  ];
};

const today = () => new Date(Date.now() - new Date().getTimezoneOffset() * 60000).toISOString().slice(0, 10);

async function openSession(event) {
  event.preventDefault();
  const place = draft("place");
  const answer = await act("open_session", {
    date: draft("date"),
    languages: Lead.drafts.languages,
    scale: Lead.drafts.scale ?? Lead.view.scales[0]?.id,
    present: number("present"),
    ...(place && { place }),
  });
  if (answer.ok) go("now");
}

// --- now: the safe room, step by step, then what can be done next

PARTS.now = () => {
  const { session, phase, door, join } = Lead.view;
  const waits = inbox().length;
  return [
    title(t("part.now")),
    !session.limits_read && safeRoom(),
    session.limits_read &&
      h(
        "div",
        { class: "next" },
        phase === "round" || phase === "paper"
          ? step("group", t("now.round"), t("now.to_round"), () => go("round"))
          : null,
        waits ? step("write", t("now.inbox", { n: waits }), t("now.to_texts"), () => go("texts")) : null,
        openAmendments().length
          ? step("write", t("now.amendments", { n: openAmendments().length }), t("now.to_texts"), () =>
              go("texts"),
            )
          : null,
        phase === "results" || phase === "wait"
          ? step("group", t("now.ask"), t("round.open"), () => go("round"))
          : null,
        step("voice", t("now.speak"), t("part.speak"), () => go("speak")),
      ),
    small(
      t("now.room", { phones: door.phones, present: Lead.view.present }),
      join?.code && ` · ${t("door.code")} ${join.code}`,
    ),
  ];
};

const openAmendments = () => here().flatMap((item) => item.amendments.filter((one) => one.status === "open"));
const step = (name, words, to, onclick) =>
  h("div", { class: "note", key: name + to }, icon(name), h("span", {}, words), button("next", to, onclick));

function safeRoom() {
  const { shown, limits, limits_hash } = Lead.view;
  const language = [Words.language, "fr", ...Object.keys(limits)].find((id) => limits[id]);
  const read = Object.keys(limits).map((id) => [id, langName(id), id]);
  return box(
    h("h2", {}, t("safe.title")),
    h(
      "ol",
      { class: "safe" },
      h(
        "li",
        {},
        t("safe.join"),
        " ",
        button("wall", t("show.join"), () => show("join"), { pressed: shown.what === "join" }),
      ),
      h("li", {}, t("safe.paper")),
      h(
        "li",
        {},
        t("safe.limits"),
        " ",
        button("wall", t("show.limits"), () => show("limits"), {
          pressed: shown.what === "limits",
        }),
      ),
    ),
    h("details", {}, h("summary", {}, t("safe.text")), shownLimits(limits[language] ?? "", language)),
    choice("read", t("safe.language"), read, language),
    button(
      "check",
      t("safe.done"),
      () => act("limits_read", { language: Lead.drafts.read, hash: limits_hash }, "safe.noted"),
      { class: "main" },
    ),
  );
}

// --- the door: how phones come in

PARTS.door = () => {
  const { join, door } = Lead.view;
  return [
    title(t("part.door")),
    join &&
      box(
        h("p", {}, t("door.address"), " ", h("b", {}, join.url)),
        h("p", {}, t("door.code"), " ", h("b", { class: "code" }, join.code || t("door.shut"))),
      ),
    h("p", {}, t("door.phones", { n: door.phones })),
    small(t("door.turns")),
    row(
      button("wall", t("door.show"), () => show("join"), { class: "main" }),
      button("code", t("door.turn"), does("rotate_code")),
      button("door", t(door.open ? "door.close" : "door.open"), does("set_door", { open: !door.open })),
    ),
    field("present", t("start.present"), {
      type: "number",
      min: "1",
      max: "500",
      value: String(Lead.view.present || ""),
    }),
    button("check", t("door.present"), () => act("present", { n: number("present") }, "lead.kept"), {}),
  ];
};

// --- the wall

PARTS.wall = () => {
  const { shown } = Lead.view;
  const items = here().filter((item) => !item.suspended);
  const plain = ["nothing", "join", "limits", "results"];
  return [
    title(t("part.wall")),
    h("a", { href: "/mur", target: "_blank" }, t("wall.open")),
    row(
      plain.map((what) =>
        button("wall", t("show." + what), () => show(what), { pressed: shown.what === what }),
      ),
    ),
    h("h2", {}, t("wall.choose")),
    several(
      "wall",
      t("wall.choose"),
      items.map((item) => [...short(item), item.shown ? "" : t("text.unseen")]),
    ),
    row(
      button("wall", t("wall.put"), () => show("texts", Lead.drafts.wall), {
        class: "main",
        disabled: !Lead.drafts.wall.length,
      }),
      button("wall", t("show.history"), () => show("history", Lead.drafts.wall.slice(-1)), {
        disabled: Lead.drafts.wall.length !== 1,
      }),
    ),
    small(t("wall.help")),
  ];
};
