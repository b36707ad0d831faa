// The beamer by itself: asks every second and a half, goes on when server or network were away, counts down, turns leaves.
"use strict";

(() => {
  const EVERY_MS = 1500;
  const LEAF_MS = 12000;
  const CURSOR_MS = 3000;
  const trouble = document.getElementById("trouble");
  const sound = document.getElementById("sound");
  let mark = "";
  let ahead = 0; // milliseconds by which the server's clock is ahead of ours
  let seen = Date.now();
  let leaf = 0;
  let paused = false;
  let rung = "";
  let audio = null;

  const shown = () => document.getElementById("shown");
  const now = () => Date.now() + ahead;

  function put(text) {
    const fresh = new DOMParser().parseFromString(text, "text/html").getElementById("shown");
    if (!fresh) return;
    shown().replaceWith(document.importNode(fresh, true));
    turn(0);
    tick();
  }

  async function ask() {
    try {
      const stop = new AbortController();
      const late = setTimeout(() => stop.abort(), 8000);
      const answer = await fetch(document.body.dataset.part, { headers: mark ? { "If-None-Match": mark } : {}, cache: "no-store", credentials: "omit", signal: stop.signal });
      clearTimeout(late);
      if (answer.headers.has("Camp-Now")) ahead = Number(answer.headers.get("Camp-Now")) * 1000 - Date.now();
      if (answer.status === 200) {
        put(await answer.text());
        mark = answer.headers.get("ETag") ?? "";
      } else if (answer.status !== 304) {
        throw new Error(String(answer.status));
      }
      seen = now();
      trouble.textContent = "";
    } catch {
      trouble.textContent = `${trouble.dataset.text} ${wallTime(seen)}`;
      mark = "";
    }
    setTimeout(ask, EVERY_MS);
  }

  function ring() {
    if (!audio) return;
    [0, 0.35].forEach((after) => {
      const [tone, volume] = [audio.createOscillator(), audio.createGain()];
      tone.frequency.value = 660;
      volume.gain.value = 0.25;
      tone.connect(volume).connect(audio.destination);
      tone.start(audio.currentTime + after);
      tone.stop(audio.currentTime + after + 0.25);
    });
  }

  function tick() {
    const data = shown().dataset;
    const clock = shown().querySelector("[data-clock]");
    if (clock) {
      const since = Number(data.since);
      const left = Number(data.left) - (since ? Math.max(0, Math.floor(now() / 1000 - since)) : 0);
      const rest = Math.max(0, left);
      clock.textContent = `${Math.floor(rest / 60)}:${String(rest % 60).padStart(2, "0")}`;
      clock.parentElement.classList.toggle("over", left <= 0);
      const name = `${data.turn}/${data.since}`;
      if (left <= 0 && left > -3 && since && rung !== name) {
        rung = name;
        ring();
      }
    }
    const time = shown().querySelector("[data-now]");
    if (time) time.textContent = wallTime(now());
  }

  // As the clocks at the camp show it, whatever zone this computer is in.
  function wallTime(moment) {
    const timeZone = shown().querySelector("[data-now]")?.dataset.now;
    return new Intl.DateTimeFormat("de", { hour: "numeric", minute: "2-digit", timeZone }).format(moment).replace(/^0/, "");
  }

  function turn(by) {
    const leaves = [...document.querySelectorAll("[data-leaf]")];
    if (!leaves.length) return;
    leaf = (leaf + by + leaves.length) % leaves.length;
    leaves.forEach((one, number) => { one.hidden = number !== leaf; });
  }

  sound.addEventListener("click", () => {
    const on = sound.getAttribute("aria-pressed") !== "true";
    sound.setAttribute("aria-pressed", String(on));
    if (on) {
      audio = new AudioContext();
      ring();
    } else {
      audio?.close();
      audio = null;
    }
  });

  document.addEventListener("keydown", (event) => {
    if (event.target.closest("button")) return;
    if (event.key === " ") paused = !paused;
    else if (event.key === "ArrowRight") turn(1);
    else if (event.key === "ArrowLeft") turn(-1);
    else return;
    event.preventDefault();
  });

  let still;
  document.addEventListener("pointermove", () => {
    document.body.classList.add("awake");
    clearTimeout(still);
    still = setTimeout(() => document.body.classList.remove("awake"), CURSOR_MS);
  });

  turn(0);
  tick();
  setInterval(tick, 250);
  setInterval(() => { if (!paused) turn(1); }, LEAF_MS);
  ask();
})();
