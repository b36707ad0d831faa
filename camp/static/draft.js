// What is typed into a form survives: on this device at once, on the server within seconds. The form works without it.
"use strict";

(() => {
  const PAUSE_MS = 3000;
  const PREFIX = "camp-draft/";
  const NOT_KEPT = ["csrf_token", "preview"];

  // A browser may refuse storage; then the server's copy has to do.
  const shelf = {
    read(key) {
      try { return JSON.parse(localStorage.getItem(PREFIX + key)); } catch { return null; }
    },
    write(key, value) {
      try { localStorage.setItem(PREFIX + key, JSON.stringify(value)); } catch { /* full or forbidden */ }
    },
    drop(key) {
      try { localStorage.removeItem(PREFIX + key); } catch { /* forbidden */ }
    },
  };

  const form = document.querySelector("form[data-draft]");
  const done = document.querySelector("[data-draft-done]");
  if (done && location.hash === "#kept") {
    done.dataset.draftDone.split(" ").forEach(shelf.drop);
    history.replaceState(null, "", location.pathname + location.search);
  }
  if (!form) return;

  const key = form.dataset.draft;
  const state = form.querySelector("[data-draft-state]");
  let timer = null;
  let unsaved = false;
  if (location.hash === "#dropped") {
    shelf.drop(key);
    history.replaceState(null, "", location.pathname + location.search);
  }

  const entries = () => [...new FormData(form)].filter(([name]) => !NOT_KEPT.includes(name));
  const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);
  const say = (text) => { state.textContent = text; };
  const clock = (at) => new Date(at).toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });

  function fill(kept) {
    for (const field of form.elements) {
      if (!field.name || NOT_KEPT.includes(field.name) || field.type === "submit") continue;
      const values = kept.filter(([name]) => name === field.name).map(([, value]) => value);
      if (field.type === "checkbox") field.checked = values.includes(field.value);
      else if (values.length) field.value = values[0];
    }
  }

  function keepHere() {
    shelf.write(key, { fields: entries(), at: Date.now(), sent: !unsaved });
  }

  async function keepThere(last) {
    clearTimeout(timer);
    timer = null;
    if (!unsaved || !form.dataset.draftUrl) return;
    unsaved = false;
    try {
      const answer = await fetch(form.dataset.draftUrl, {
        method: "POST", body: new URLSearchParams(entries()), keepalive: last, redirect: "manual",
        headers: { "X-Draft": "1", "X-CSRFToken": form.querySelector("[name=csrf_token]").value },
      });
      if (answer.type === "opaqueredirect") return notThere(state.dataset.signedOut);
      if (!answer.ok) return notThere(state.dataset.here);
      say((await answer.json()).said);
      keepHere();
    } catch {
      notThere(state.dataset.here);
    }
  }

  function notThere(text) {
    unsaved = true;
    keepHere();
    say(text);
  }

  form.addEventListener("input", () => {
    unsaved = true;
    keepHere();
    if (!form.dataset.draftUrl) say(state.dataset.here);
    else timer ??= setTimeout(keepThere, PAUSE_MS);
  });
  // Whoever sends the form wants its answer; nothing may come after it.
  form.addEventListener("submit", () => {
    clearTimeout(timer);
    timer = 0;
    keepHere();
    unsaved = false;
  });
  addEventListener("pagehide", () => keepThere(true));
  document.addEventListener("visibilitychange", () => { if (document.hidden) keepThere(true); });

  const kept = shelf.read(key);
  if (kept && !kept.sent && !form.hasAttribute("data-draft-answer") && !same(kept.fields, entries())) {
    fill(kept.fields);
    form.querySelectorAll("details").forEach((more) => { more.open = true; });
    say(state.dataset.back.replace("{time}", clock(kept.at)));
    unsaved = true;
    if (form.dataset.draftUrl) timer = setTimeout(keepThere, PAUSE_MS);
  }
})();
