// Between rounds, and how the page begins.

// --- between rounds

const MENU = [
  ["write", "propose.button", () => startWriting("propose")],
  ["wall", "texts.button", () => go("texts")],
  ["code", "mine.button", () => go("mine")],
  ["voice", "card.button", () => go("card")],
];
// Before the limits were read to the room, nothing is written yet.
const menu = () =>
  MENU.slice(Me.view.phase === "limits" ? 2 : 0).map(([name, words, onclick]) =>
    button(name, t(words), onclick, { class: "choice" }),
  );

SCREENS.home = () => [
  title(t("home.title")),
  h("p", { class: "big" }, t(Me.view.phase === "limits" ? "home.limits" : "home.wait")),
  ...menu(),
];

SCREENS.menu = () => [title(t("menu.title")), ...menu(), button("back", t("back"), goRoom, { class: "quiet" })];

SCREENS.paper = () => [
  title(t("paper.title")),
  note("paper", t("paper.why"), "big"),
  h("p", { class: "big" }, t("paper.how")),
];

SCREENS.over = () => [
  title(t("over.title")),
  h("p", { class: "big" }, t("over.thanks")),
  h("p", {}, t("over.wiped")),
  button("leave", t("over.leave"), leave, { class: "main" }),
];

// --- the beginning

// The first thing that happens: the code behind the `#`, the language that was chosen, words that wait.

async function start() {
  const code = location.hash.slice(1);
  // A code in the address would stay in the history.
  if (code) history.replaceState(null, "", location.pathname);
  const language = Kept.read("language");
  if (language) await speakIn(language, "phone");
  Me.code = Kept.read("code");
  Hear.watch(draw);
  if (Me.key) {
    listen();
    outbox.hurry();
    if (Me.code) go("write", { step: "sent" });
  } else {
    draw();
    if (code) enter(code);
  }
}

start();
