// Writing for somebody who speaks: type or record, read back, and only her yes makes it count.
// What is recorded stays in this page's memory; it is erased unless she consents to its being kept.

const Sound = { recorder: null, blob: null, url: "" };

PARTS.speak = () => SPEAKING[Lead.data.step ?? "write"]();

const WHATS = ["propose", "amend", "object", "dissent"];

// A text may start from a theme of the workshops, or from a figure.
function source() {
  const { themes = [], figures = [] } = Lead.view.offers ?? {};
  const given = [
    ["", t("speak.nothing")],
    ...themes.map((one) => ["theme:" + one.id, inWords(one.label)]),
    ...figures.map((one) => ["figure:" + one.id, inWords(one.text)]),
  ];
  return given[1] && h("details", {}, h("summary", {}, t("speak.from")), choice("from", t("speak.from"), given));
}

const SPEAKING = {
  write: () => {
    Lead.drafts.what ??= "propose";
    const what = Lead.drafts.what;
    const about = what !== "propose";
    const most = ["object", "dissent"].includes(what) ? 300 : 600;
    return [
      title(t("part.speak")),
      h("p", {}, t("speak.help")),
      choice(
        "what",
        t("speak.what"),
        WHATS.map((one) => [one, t("speak." + one)]),
      ),
      about &&
        choice(
          "about",
          t("speak.about"),
          here().map((item) => [item.id, item.wordings[0].text.slice(0, 60), item.wordings[0].language]),
        ),
      !about &&
        choice(
          "kind",
          t("speak.kind"),
          ["statement", "recommendation"].map((kind) => [kind, t("kind." + kind)]),
        ),
      !about &&
        Lead.view.questions.length > 1 &&
        choice(
          "question",
          t("speak.question"),
          Lead.view.questions.map((one) => [one.id, inWords(one.text)]),
        ),
      !about && source(),
      choice("in", t("text.language"), languages()),
      recorder(),
      field("words", t("speak.words"), { lines: "4", maxlength: String(most), lang: Lead.drafts.in }),
      field("slip", t("speak.slip"), { maxlength: "20", hint: t("speak.slip_help") }),
      button("next", t("speak.read"), () => draft("words") && go("speak", { step: "read" }), { class: "main" }),
    ];
  },

  read: () => {
    const wording = { text: draft("words"), language: Lead.drafts.in };
    return [
      title(t("speak.read")),
      h("div", { class: "sheet big" }, said(wording), hearButton(wording.text, wording.language, "", draw)),
      h("p", {}, t("speak.ask")),
      row(
        button("check", t("speak.yes"), spoken, { class: "main" }),
        button("write", t("speak.correct"), () => go("speak"), { class: "quiet" }),
        button("away", t("speak.no"), dropSpoken, { class: "quiet" }),
      ),
    ];
  },

  sent: () => {
    const { code } = Lead.data;
    return [
      title(t("speak.kept")),
      code
        ? [h("p", {}, t("speak.code")), h("p", { class: "code" }, code.slice(0, 4), " ", code.slice(4))]
        : h("p", {}, t("speak.on_slip")),
      Sound.blob &&
        box(
          h("p", {}, t("sound.keep_ask")),
          row(
            button("check", t("sound.keep"), keepSound),
            button("away", t("sound.erase"), () => (dropSound(), draw()), { class: "main" }),
          ),
        ),
      button("next", t("speak.again"), dropSpoken, { class: Sound.blob ? "quiet" : "main" }),
    ];
  },
};

async function spoken() {
  const { what, about, kind, question, from, slip } = Lead.drafts;
  const item = byId(about);
  const fields = { language: Lead.drafts.in, text: draft("words"), confirmed: true };
  if (what === "propose")
    Object.assign(fields, { kind, question: question ?? Lead.view.questions[0]?.id, from: from || undefined });
  else fields.item = item?.id;
  if (what === "object") fields.version = item?.version;
  if (slip?.trim()) fields.slip = slip.trim();
  const answer = await act(what, fields);
  if (!answer.ok) return;
  go("speak", { step: "sent", code: answer.code, item: answer.item ?? item?.id, language: fields.language });
}

function dropSpoken() {
  dropSound();
  forget("words", "slip", "from");
  go("speak");
}

// --- recording

function recorder() {
  if (!navigator.mediaDevices || !window.MediaRecorder) return null;
  const on = Sound.recorder?.state === "recording";
  return box(
    small(t("sound.help")),
    row(
      button(
        on ? "pause" : "mic",
        t(on ? "sound.stop" : "sound.start"),
        on ? () => Sound.recorder.stop() : record,
        { pressed: on },
      ),
      Sound.blob && button("play", t("sound.play"), playSound),
      Sound.blob && button("away", t("sound.erase"), () => (dropSound(), draw())),
    ),
    Sound.problem && note("alert", t("sound.refused"), "bad"),
  );
}

async function record() {
  dropSound();
  try {
    const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
    const pieces = [];
    const machine = (Sound.recorder = new MediaRecorder(stream));
    machine.ondataavailable = (event) => pieces.push(event.data);
    machine.onstop = () => {
      stream.getTracks().forEach((track) => track.stop());
      if (Sound.recorder === machine) Sound.blob = new Blob(pieces, { type: machine.mimeType });
      draw();
    };
    machine.start();
  } catch {
    Sound.problem = true;
  }
  draw();
}

function playSound() {
  Sound.url ||= URL.createObjectURL(Sound.blob);
  Sound.audio?.pause();
  Sound.audio = new Audio(Sound.url);
  Sound.audio.play();
}

function dropSound() {
  const machine = Sound.recorder;
  Sound.recorder = null;
  if (machine?.state === "recording") machine.stop();
  Sound.audio?.pause();
  if (Sound.url) URL.revokeObjectURL(Sound.url);
  Object.assign(Sound, { blob: null, url: "", audio: null, problem: false });
}

// Only now does the recording leave the page: she said yes to its being kept.
async function keepSound() {
  const { item, language } = Lead.data;
  const headers = { "X-Cle": key, "X-Langue": MESSAGES(), "Content-Type": Sound.blob.type.split(";")[0] };
  const answer = await fetch(`/son?${new URLSearchParams({ item, language })}`, {
    method: "POST",
    headers,
    body: Sound.blob,
  }).catch(() => null);
  const said = (await answer?.json().catch(() => null)) ?? {};
  if (answer?.ok) dropSound();
  Lead.said = { good: answer?.ok, words: answer?.ok ? t("sound.kept") : reason(said) };
  announce(Lead.said.words);
  draw();
}
