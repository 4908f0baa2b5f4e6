// A phone of the room: what is on it, how it goes from screen to screen, what is always at hand.

const Me = {
  key: Kept.read("key"),
  view: null,
  up: true,
  screen: "join",
  data: {},
  // Of the open round alone: {item: {version, level}}.
  answers: Kept.read("answers") ?? {},
  at: 0,
};
const SCREENS = {};
let line = null;
const outbox = new Outbox(
  "/dire",
  () => ({ "X-Cle": Me.key }),
  () => draw(),
);

// --- going about

function go(screen, data = {}) {
  Hear.stop();
  Me.screen = screen;
  Me.data = data;
  draw();
}

// The screen that the room is at: what the whole group does now.
function roomScreen() {
  const { view } = Me;
  if (view?.phase === "closed") return "over";
  if (!Me.key) return "join";
  if (!view) return "joining";
  if (!Kept.read("language") && choices().length > 1) return "language";
  if (Kept.read("limits") !== limitsRead()) return "limits";
  return { round: "round", paper: "paper", results: "results" }[view.phase] ?? "home";
}
const goRoom = () => go(roomScreen());
const limitsRead = () => Me.view?.limits_hash ?? "";
const choices = () => {
  const wanted = Me.view?.languages ?? Object.keys(Words.languages);
  return Object.keys(Words.languages).filter((id) => wanted.includes(id) || id === Words.language);
};

// Screens that follow the room by themselves; from the others a button leads back.
const FOLLOWING = new Set(["joining", "home", "round", "paper", "results", "over", "limits", "language"]);

function draw() {
  if (Me.left) return;
  if (Me.key && Me.view?.phase === "closed" && !outbox.length) forget();
  if (FOLLOWING.has(Me.screen) && Me.screen !== roomScreen()) return goRoom();
  const key = [Me.screen, Me.data.step, Me.screen === "round" && Me.at].join();
  const moved = drawn !== key;
  morph(
    $("#page"),
    h("div", { id: "page" }, topBar(), h("main", { key }, trouble(), SCREENS[Me.screen]()), bottomBar()),
  );
  if (moved && drawn) {
    scrollTo(0, 0);
    $("main h1")?.focus({ preventScroll: true });
  }
  drawn = key;
}
let drawn = "";

// --- what is always at hand

function topBar() {
  return h(
    "header",
    { key: "top" },
    h("div", { class: "chips", role: "group", "aria-label": t("language.choose") }, languageChips(choices(), changeLanguage)),
    button("leave", t("leave"), leave, { class: "leave" }),
  );
}

function bottomBar() {
  if (!Me.view || Me.screen === "over" || Me.screen === "join") return null;
  const back = Me.screen !== "home" && Me.screen !== "menu";
  const more = back ? button("plus", t("menu.open"), () => go("menu")) : null;
  return h(
    "footer",
    { key: "bottom" },
    more,
    button("stop", t("stop.button"), () => call("stop"), { class: "stop" }),
    button("voice", t("talk.button"), () => call("talk")),
  );
}

function trouble() {
  const { view } = Me;
  const calls = [];
  if (view?.trouble) calls.push(note("alert", t("trouble." + view.trouble), "bad"));
  if (!Me.up || (outbox.length && outbox.tries > 0)) {
    const words = outbox.length ? "network.waiting" : "network.lost";
    calls.push(note("wait", t(words), "bad"));
  }
  const room = view && Kept.read("limits") === limitsRead() ? roomScreen() : "";
  if (!FOLLOWING.has(Me.screen) && ["round", "paper"].includes(room))
    calls.push(h("p", { class: "note" }, button("next", t("round.open"), goRoom)));
  return calls.length ? h("div", { key: "trouble", role: "status" }, calls) : null;
}

async function changeLanguage(id) {
  Hear.stop();
  if (!(await speakIn(id, "phone"))) return announce(t("network.lost"));
  Kept.write("language", id);
  draw();
  announce(langName(id));
}

function leave() {
  Me.left = true;
  Hear.stop();
  outbox.drop();
  line?.end();
  Kept.wipe();
  document.body.replaceChildren();
  location.replace("/vide");
}

async function call(what) {
  const from = Me.screen === "called" ? Me.data.from : [Me.screen, Me.data];
  go("called", { what, from, step: "sending" });
  const answer = await outbox.add({ do: "call", what }, { keep: false });
  if (Me.screen === "called") go("called", { what, from, step: answer.ok ? "sent" : "refused" });
}

SCREENS.called = () => {
  const { what, step, from } = Me.data;
  const words = step === "sent" ? what + ".sent" : step === "sending" ? "network.sending" : "call.refused";
  return [
    title(t(what + ".title")),
    note(step === "sent" ? "check" : "wait", t(words), "big"),
    h("p", { class: "big" }, t("call.only")),
    button("back", t("back"), () => go(...from), { class: "main" }),
  ];
};

// --- coming in

SCREENS.join = () => [
  title(t("join.title")),
  h("p", { class: "big" }, t("join.how")),
  h(
    "form",
    { onsubmit: (event) => (event.preventDefault(), enter($("#code").value)) },
    h("label", { for: "code" }, t("join.code")),
    h("input", {
      id: "code",
      class: "code",
      maxlength: "9",
      autocomplete: "off",
      autocapitalize: "characters",
      spellcheck: "false",
      autocorrect: "off",
    }),
    Me.data.wrong && note("alert", Me.data.wrong, "bad"),
    h("button", { class: "main" }, icon("door"), h("span", {}, t("join.enter"))),
  ),
];

SCREENS.joining = () => [title(t("joining.title")), note("wait", t("joining.wait"), "big")];

async function enter(code) {
  code = code.toUpperCase().replace(/[^A-Z0-9]/g, "");
  if (!code || Me.entering) return;
  Me.entering = true;
  const answer = await post("/entrer", { code });
  Me.entering = false;
  if (Me.left) return;
  if (answer.ok) {
    Me.key = answer.key;
    Kept.write("key", answer.key);
    return listen();
  }
  const wrong = { 0: "network.lost", 429: "join.wait" }[answer.status] ?? "join.wrong";
  go("join", { wrong: t(wrong) });
  announce(t(wrong));
}

function listen() {
  goRoom();
  line = new Line("phone", Me.key, {
    view: took,
    line: (up) => {
      Me.up = up;
      draw();
    },
    refused: () => {
      line = null;
      forget();
      go("join", { wrong: t("join.over") });
    },
  });
}

// Words of one round stay on the phone until it is closed; nothing stays once the session is.
function took(view) {
  const before = Me.view;
  Me.view = view;
  if (before?.round && before.round.id !== view.round?.id) {
    Me.answers = {};
    Kept.write("answers", undefined);
  }
  if (view.round?.id !== before?.round?.id) Me.at = 0;
  if (before?.phase !== view.phase && before) announce(t("phase." + view.phase));
  draw();
}

function forget() {
  if (Me.view?.phase === "closed") line?.end();
  outbox.drop();
  outbox.gone = false;
  Kept.wipe();
  Object.assign(Me, { key: undefined, answers: {} });
}

SCREENS.language = () => [
  title(t("language.choose")),
  ...choices().map((id) =>
    button(
      "talk",
      langName(id),
      async () => {
        await changeLanguage(id);
        Kept.write("language", id);
        goRoom();
      },
      { class: "choice", lang: id },
    ),
  ),
];

SCREENS.limits = () => {
  const [language, text] = limitsText();
  return [
    title(t("limits.title")),
    hearButton(text, language, "limits", draw),
    shownLimits(text, language),
    button(
      "check",
      t("limits.understood"),
      () => {
        Kept.write("limits", limitsRead());
        goRoom();
      },
      { class: "main" },
    ),
    h("p", {}, t("limits.question")),
  ];
};

function limitsText() {
  const { limits } = Me.view;
  const language = [Words.language, "fr", ...Object.keys(limits)].find((id) => limits[id]);
  return [language, limits[language] ?? ""];
}
