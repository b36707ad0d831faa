// The whole screen as answer: colour, shape, word, sound, vibration. Text only, never markup.

const TONES = { go: [[880, 0, .12], [1175, .12, .16]], wait: [[440, 0, .16], [440, .24, .16]], stop: [[196, 0, .5]] };
const SHAKES = { go: [60], wait: [90, 70, 90], stop: [400] };
const GREEN_MS = 1500;

export function makeScreen(page, part) {
  let sound = null;
  let back;
  let shown = "";
  let after = () => {};

  function say(line, text) {
    line.hidden = !text;
    line.querySelector("[data-words]").textContent = text || "";
  }

  function signal(tone) {
    navigator.vibrate?.(SHAKES[tone]);
    if (!sound) return;
    for (const [pitch, start, length] of TONES[tone]) {
      const voice = sound.createOscillator();
      const loud = sound.createGain();
      voice.frequency.value = pitch;
      voice.type = tone === "stop" ? "square" : "sine";
      loud.gain.value = .25;
      voice.connect(loud).connect(sound.destination);
      voice.start(sound.currentTime + start);
      voice.stop(sound.currentTime + start + length);
    }
  }

  function leave() {
    clearTimeout(back);
    document.body.classList.remove("go", "wait", "stop");
    page.querySelectorAll("[data-sign]").forEach((sign) => sign.setAttribute("hidden", ""));
    for (const name of ["word", "name", "org"]) part(name).textContent = "";
    for (const name of ["sentence", "note", "no-photo", "first"]) say(part(name), "");
    part("ready").hidden = false;
    part("keys").hidden = part("provisional").hidden = part("name-it").hidden = true;
    shown = "";
    after();
  }

  part("next").addEventListener("click", leave);
  part("answer").addEventListener("click", () => shown && leave());

  return {
    say,
    leave,
    get busy() { return Boolean(shown); },

    // The first tap frees the sound.
    async unlock() {
      try {
        sound = sound || new AudioContext();
        await sound.resume();
      } catch { sound = null; }
    },

    // then: called when the helper or the page goes on
    show({ tone, word, name, organisation, sentence, note, noPhoto, first, provisional, blank }, then) {
      shown = ["go", "wait", "stop"].includes(tone) ? tone : "stop";
      after = then;
      document.body.classList.add(shown);
      page.querySelectorAll("[data-sign]").forEach((sign) => sign.toggleAttribute("hidden", sign.dataset.sign !== shown));
      part("word").textContent = word;
      part("name").textContent = name || "";
      part("name").classList.toggle("long", (name || "").length > 22);
      part("org").textContent = organisation || "";
      say(part("sentence"), sentence);
      say(part("note"), note);
      say(part("no-photo"), noPhoto);
      say(part("first"), first);
      part("ready").hidden = true;
      part("keys").hidden = false;
      part("provisional").hidden = !provisional;
      part("name-it").hidden = !blank;
      scrollTo(0, 0);
      signal(shown);
      clearTimeout(back);
      if (shown === "go") back = setTimeout(leave, GREEN_MS);
      else part("next").focus();
    },
  };
}
