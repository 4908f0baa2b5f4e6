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
