// The door on a phone: camera, hand scanner or typing in; the whole screen as answer. The server decides, this file shows.
"use strict";

(() => {
  const texts = document.currentScript.dataset;
  const page = document.querySelector("[data-ready]");
  const part = (name) => page.querySelector(`[data-${name}]`);
  const GREEN_MS = 1500;
  const SAME_CODE_MS = 4000; // a badge that stays in view is one scan
  const PAUSE_MS = 110; // about nine pictures a second
  const ANSWER_MS = 8000;

  if (!window.isSecureContext && part("unsafe")) part("unsafe").hidden = false;
  const pairing = part("pair");
  if (pairing) return fillPairing(pairing);
  if (!part("scan")) return undefined;

  let busy = false; // an answer is asked for or shown
  let shown = ""; // its tone
  let unsent = null; // an attempt without an answer; tried again under the same number
  let seen = { text: "", at: 0 };
  let sound = null;
  let back;

  function fillPairing(form) {
    const code = decodeURIComponent(location.hash.slice(1));
    if (!/^[0-9A-Za-z]{8}$/.test(code)) return;
    form.elements.code.value = code;
    history.replaceState(null, "", location.pathname);
    form.querySelector("button").focus();
  }

  const draw = () => [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

  // One attempt --------------------------------------------------------------------------------------------------------
  function check(text) {
    if (busy || !text.trim()) return;
    send({ nonce: draw(), text: text.slice(0, 300) });
  }

  async function send(attempt) {
    busy = true;
    part("trouble").textContent = texts.wait;
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), ANSWER_MS);
    let answer;
    try {
      const response = await fetch(texts.check, {
        method: "POST", credentials: "same-origin", signal: stop.signal, redirect: "error", body: JSON.stringify(attempt),
        headers: { "Content-Type": "application/json", "X-Camp-Door": "1" },
      });
      answer = await response.json().catch(() => ({}));
      if (!answer.tone) answer = { tone: "wait", word: texts.failed, sentence: answer.sentence || texts.failedText, again: true };
    } catch {
      answer = { tone: "wait", word: texts.noNetwork, sentence: texts.noNetworkText, again: true };
    }
    clearTimeout(timer);
    part("trouble").textContent = "";
    unsent = answer.again ? attempt : null;
    show(answer);
  }

  // The answer: text only, never markup ----------------------------------------------------------------------------------
  function show(answer) {
    shown = ["go", "wait", "stop"].includes(answer.tone) ? answer.tone : "stop";
    document.body.classList.add(shown);
    page.querySelectorAll("[data-sign]").forEach((sign) => sign.toggleAttribute("hidden", sign.dataset.sign !== shown));
    part("word").textContent = answer.word;
    part("name").textContent = answer.name || "";
    part("name").classList.toggle("long", (answer.name || "").length > 22);
    part("org").textContent = [answer.organisation, answer.kind].filter(Boolean).join(" · ");
    say(part("sentence"), answer.sentence);
    say(part("no-photo"), answer.no_photo ? texts.noPhoto : "");
    if (answer.count) document.querySelector("[data-count]").textContent = answer.count;
    part("scan").hidden = true;
    part("keys").hidden = false;
    part("next").textContent = answer.again ? texts.again : texts.next;
    part("skip").hidden = !answer.again;
    part("next").dataset.reload = ["not-paired", "device-revoked", "device-expired"].includes(answer.verdict) ? "yes" : "";
    scrollTo(0, 0);
    signal(shown);
    if (shown === "go") back = setTimeout(next, GREEN_MS);
    else part("next").focus();
  }

  function say(line, text) {
    line.hidden = !text;
    line.querySelector("[data-words]").textContent = text || "";
  }

  function next() {
    clearTimeout(back);
    if (part("next").dataset.reload) return location.reload();
    document.body.classList.remove("go", "wait", "stop");
    page.querySelectorAll("[data-sign]").forEach((sign) => sign.setAttribute("hidden", ""));
    for (const name of ["word", "name", "org"]) part(name).textContent = "";
    say(part("sentence"), "");
    say(part("no-photo"), "");
    part("scan").hidden = false;
    part("keys").hidden = true;
    shown = "";
    busy = false;
    if (unsent) send(unsent);
    return undefined;
  }

  const TONES = { go: [[880, 0, .12], [1175, .12, .16]], wait: [[440, 0, .16], [440, .24, .16]], stop: [[196, 0, .5]] };
  const SHAKES = { go: [60], wait: [90, 70, 90], stop: [400] };

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

  // Camera: the one button also frees the sound and keeps the screen awake -------------------------------------------------
  async function start() {
    const button = part("start");
    button.disabled = true;
    try {
      sound = sound || new AudioContext();
      await sound.resume();
    } catch { sound = null; }
    stayAwake();
    try {
      const stream = await navigator.mediaDevices.getUserMedia({
        audio: false, video: { facingMode: { ideal: "environment" }, width: { ideal: 1280 }, height: { ideal: 720 } },
      });
      await watch(stream);
      button.hidden = true;
    } catch {
      part("trouble").textContent = texts.refused;
    }
    button.disabled = false;
  }

  async function watch(stream) {
    const video = part("finder").querySelector("video");
    const worker = new Worker(texts.worker);
    const canvas = document.createElement("canvas");
    const brush = canvas.getContext("2d", { willReadFrequently: true });
    part("finder").hidden = false;
    video.srcObject = stream;
    stream.getVideoTracks()[0].addEventListener("ended", () => stopWatching(worker, texts.refused));
    await video.play();
    const look = () => {
      if (!video.videoWidth) return setTimeout(look, PAUSE_MS);
      [canvas.width, canvas.height] = [video.videoWidth, video.videoHeight];
      brush.drawImage(video, 0, 0);
      const { data, width, height } = brush.getImageData(0, 0, canvas.width, canvas.height);
      return worker.postMessage({ pixels: data.buffer, width, height }, [data.buffer]);
    };
    worker.onerror = () => stopWatching(worker, texts.noDecoder);
    worker.onmessage = ({ data }) => {
      if (data.state === "failed") return stopWatching(worker, texts.noDecoder);
      if (data.text) notice(data.text);
      return setTimeout(look, data.state === "ready" ? 0 : PAUSE_MS);
    };
  }

  function stopWatching(worker, why) {
    worker.terminate();
    part("finder").querySelector("video").srcObject?.getTracks().forEach((track) => track.stop());
    part("finder").hidden = true;
    part("start").hidden = false;
    part("trouble").textContent = why;
  }

  function notice(text) {
    const now = performance.now();
    const same = text === seen.text && now - seen.at < SAME_CODE_MS;
    if (same || !busy) seen = { text, at: now };
    if (!same) check(text);
  }

  let awake = null;
  async function stayAwake() {
    try {
      awake = await navigator.wakeLock?.request("screen");
    } catch { awake = null; }
  }
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible" && awake) stayAwake();
  });

  // Typing, and hand scanners that type without a field ---------------------------------------------------------------------
  part("typed").addEventListener("submit", (event) => {
    event.preventDefault();
    const field = event.target.elements.text;
    check(field.value);
    field.value = "";
  });

  let keyed = { text: "", at: 0 };
  document.addEventListener("keydown", (event) => {
    if (event.target.matches("input") || event.ctrlKey || event.metaKey || event.altKey) return;
    const fresh = performance.now() - keyed.at < 500 ? keyed.text : "";
    if (event.key === "Enter" && fresh.length >= 8) {
      event.preventDefault(); // a scanner's Enter must not press the button that has the focus
      keyed = { text: "", at: 0 };
      check(fresh);
    } else if (event.key.length === 1) {
      keyed = { text: fresh + event.key, at: performance.now() };
    }
  }, true);

  part("next").addEventListener("click", next);
  part("skip").addEventListener("click", () => {
    unsent = null;
    next();
  });
  part("answer").addEventListener("click", () => { if (shown) next(); });
  part("start").addEventListener("click", start);
  part("start").hidden = !(window.isSecureContext && navigator.mediaDevices?.getUserMedia);
})();
