// Reading aloud: by a voice that lives in the device, or by a clip that somebody of the association recorded.

const Hear = {
  voices: [],
  playing: null,

  watch(changed) {
    if (!window.speechSynthesis) return;
    const look = () => {
      // A voice that is not `localService` sends the words to its maker.
      this.voices = speechSynthesis.getVoices().filter((voice) => voice.localService);
      changed();
    };
    look();
    speechSynthesis.addEventListener?.("voiceschanged", look);
  },

  voice: (language) => Hear.voices.find((voice) => voice.lang.toLowerCase().split(/[-_]/)[0] === language),

  // Where the clip of a key is, if somebody recorded it in this language.
  clip: (language, key) => (key && Words.clips?.[language]?.includes(key) ? `/voix/${language}/${key}` : ""),

  can: (language, key) => Boolean(Hear.clip(language, key) || Hear.voice(language)),

  say(text, language, key, ended) {
    const again = this.playing === text;
    this.stop();
    if (again) return ended();
    this.playing = text;
    const finish = () => {
      if (this.playing === text) this.playing = null;
      ended();
    };
    const clip = this.clip(language, key);
    if (clip) {
      this.audio = new Audio(clip);
      this.audio.onended = this.audio.onerror = finish;
      this.audio.play().catch(finish);
    } else {
      const speech = new SpeechSynthesisUtterance(text);
      Object.assign(speech, { voice: this.voice(language), lang: language, rate: 0.9 });
      speech.onend = speech.onerror = finish;
      speechSynthesis.speak(speech);
    }
    ended();
  },

  stop() {
    this.playing = null;
    this.audio?.pause();
    this.audio = null;
    window.speechSynthesis?.cancel();
  },
};

// A button that reads a text aloud; none where nothing could read it.
function hearButton(text, language, key, redraw) {
  if (!text || !Hear.can(language, key)) return null;
  const on = Hear.playing === text;
  const words = on ? t("hear.stop") : t("hear.start");
  const props = { class: "hear", pressed: on };
  return button(on ? "pause" : "hear", words, () => Hear.say(text, language, key, redraw), props);
}
