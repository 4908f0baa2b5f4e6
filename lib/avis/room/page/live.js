// What comes from the laptop, and what goes to it. The room's network is slow, drops and comes back.

const AGAIN = { least: 300, most: 5000 };
const after = (tries) => Math.min(AGAIN.most, AGAIN.least * 2 ** tries) * (0.75 + Math.random() / 2);
// The languages of the laptop's own messages.
const MESSAGES = () => (Words.language === "en" ? "en" : "fr");

// Every change of the view, by a WebSocket; where none can be had, by asking again and again.
class Line {
  constructor(role, key, told) {
    Object.assign(this, { role, key, told, rev: -1, tries: 0, up: true });
    this.open();
    // Finds out that a line is dead, which nobody says.
    this.asking = setInterval(() => this.ask(), 20000);
    for (const event of ["online", "visibilitychange", "pageshow"])
      (event === "visibilitychange" ? document : window).addEventListener(event, () => this.wake());
  }

  open() {
    if (this.ended) return;
    const scheme = location.protocol === "https:" ? "wss://" : "ws://";
    const socket = (this.socket = new WebSocket(scheme + location.host + "/direct"));
    socket.onopen = () => socket.send(JSON.stringify({ as: this.role, key: this.key }));
    socket.onmessage = (message) => {
      this.tries = 0;
      this.take(JSON.parse(message.data));
    };
    socket.onclose = (closed) => {
      if (this.socket !== socket || this.ended) return;
      if (closed.code === 4401 || closed.code === 4403) return this.refused(closed.code);
      this.lost();
    };
  }

  take({ rev, view }) {
    this.rev = rev;
    this.standing(true);
    this.told.view(view);
  }

  lost() {
    this.tries += 1;
    if (this.tries > 1) this.ask();
    clearTimeout(this.later);
    this.later = setTimeout(() => this.open(), after(this.tries));
  }

  async ask() {
    if (this.ended || this.busy) return;
    this.busy = true;
    try {
      const limit = AbortSignal.timeout ? AbortSignal.timeout(8000) : undefined;
      const path = `/vue?as=${this.role}&rev=${this.rev}`;
      const answer = await fetch(path, { headers: { "X-Cle": this.key }, signal: limit });
      if (answer.status === 200) this.take(await answer.json());
      else if (answer.status === 204) this.standing(true);
      else if (answer.status === 401 || answer.status === 403) this.refused(answer.status);
    } catch {
      this.standing(false);
      if (this.socket.readyState === WebSocket.OPEN) this.socket.close();
    } finally {
      this.busy = false;
    }
  }

  wake() {
    if (this.ended || document.visibilityState === "hidden") return;
    this.tries = 0;
    clearTimeout(this.later);
    if (this.socket.readyState > WebSocket.OPEN) this.open();
    else this.ask();
  }

  standing(up) {
    if (this.up !== up) this.told.line?.((this.up = up));
  }

  refused(code) {
    this.end();
    this.told.refused?.(code);
  }

  end() {
    this.ended = true;
    clearInterval(this.asking);
    clearTimeout(this.later);
    this.socket.onclose = null;
    this.socket.close();
  }
}

// --- acts

// One try. Gives the answer; `retry` says that the same act may go through later.
async function post(path, act, headers) {
  try {
    const limit = AbortSignal.timeout ? AbortSignal.timeout(10000) : undefined;
    const body = JSON.stringify(act);
    headers = { "Content-Type": "application/json", "X-Langue": MESSAGES(), ...headers };
    const answer = await fetch(path, { method: "POST", headers, body, signal: limit });
    const said = await answer.json().catch(() => ({ ok: false }));
    const retry = !said.ok && (said.retry || answer.status === 429 || answer.status >= 500);
    return { ...said, ok: answer.ok && said.ok !== false, retry, status: answer.status };
  } catch {
    return { ok: false, retry: true, status: 0 };
  }
}

// Acts wait here until the laptop said that they are on its disk; each keeps its id, so that none counts twice.
// What must not lie on a phone (a return code, a card) waits in memory alone: `keep` false.
class Outbox {
  constructor(path, headers, changed) {
    Object.assign(this, { path, headers, changed, tries: 0, promises: new Map(), passing: [] });
    this.waiting = Kept.read("outbox") ?? [];
    window.addEventListener("online", () => this.hurry());
  }

  get length() {
    return this.waiting.length + this.passing.length;
  }

  add(act, { keep = true } = {}) {
    act = { id: newId(), ...act };
    (keep ? this.waiting : this.passing).push(act);
    if (keep) Kept.write("outbox", this.waiting);
    const answer = new Promise((resolve) => this.promises.set(act.id, resolve));
    this.hurry();
    this.changed();
    return answer;
  }

  hurry() {
    clearTimeout(this.later);
    this.tries = 0;
    this.flush();
  }

  // One after the other: the last answer to a text is the one that counts.
  async flush() {
    if (this.busy) return;
    this.busy = true;
    for (let act; (act = this.waiting[0] ?? this.passing[0]);) {
      const answer = await post(this.path, act, this.headers());
      if (this.gone) return;
      if (answer.retry) {
        this.tries += 1;
        this.later = setTimeout(() => this.flush(), after(Math.min(this.tries, 5)));
        break;
      }
      this.tries = 0;
      this.done(act, answer);
    }
    this.busy = false;
    this.changed();
  }

  done(act, answer) {
    this.waiting = this.waiting.filter((one) => one.id !== act.id);
    this.passing = this.passing.filter((one) => one.id !== act.id);
    Kept.write("outbox", this.waiting.length ? this.waiting : undefined);
    const resolve = this.promises.get(act.id);
    this.promises.delete(act.id);
    if (resolve) resolve(answer);
    // Sent before the page was loaded anew.
    else this.orphan?.(act, answer);
  }

  drop() {
    this.gone = true;
    clearTimeout(this.later);
    this.waiting = this.passing = [];
  }
}
