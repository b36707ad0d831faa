// Keeps a part of the page as the server has it: asks for the camp's mark, and loads the part anew when it differs.
"use strict";

(() => {
  const HIDDEN_S = 60;
  const AFTER_ERROR_S = 5;
  let timer;
  let asking = false;

  const part = () => document.getElementById("live-part");
  const spread = (seconds) => seconds * 1000 * (document.hidden ? 0.75 + Math.random() * 0.5 : 0.9 + Math.random() * 0.1);

  // What has the focus, so that the same thing can have it in the new part.
  function nameOf(element) {
    if (!element || !part().contains(element)) return null;
    const same = (other) => other.tagName === element.tagName && other.getAttribute("href") === element.getAttribute("href")
      && other.getAttribute("name") === element.getAttribute("name") && other.textContent.trim() === element.textContent.trim();
    return (root) => (element.id && root.querySelector(`#${CSS.escape(element.id)}`)) || [...root.querySelectorAll(element.tagName)].find(same);
  }

  // The first thing with a name that can be seen, and where it stands: the page must not jump under the reader.
  function anchor() {
    for (const one of part().querySelectorAll("[id]")) {
      const top = one.getBoundingClientRect().top;
      if (top >= 0 && top < innerHeight) return [one.id, top];
    }
    return null;
  }

  function put(fresh) {
    const find = nameOf(document.activeElement);
    const stood = anchor();
    const inner = [...part().querySelectorAll(".wall-wrap, .scroll")].map((one) => [one.scrollLeft, one.scrollTop]);
    part().replaceWith(fresh);
    globalThis.htmx?.process(fresh);
    fresh.querySelectorAll(".wall-wrap, .scroll").forEach((one, number) => inner[number] && one.scrollTo(...inner[number]));
    const there = stood && document.getElementById(stood[0]);
    if (there) scrollBy({ top: there.getBoundingClientRect().top - stood[1], behavior: "instant" });
    find?.(fresh)?.focus({ preventScroll: true });
    document.dispatchEvent(new CustomEvent("camp:fresh"));
  }

  async function load() {
    const answer = await fetch(part().dataset.part, { headers: { Accept: "text/html" } });
    const fresh = answer.ok && new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("live-part");
    if (fresh) put(document.importNode(fresh, true));
  }

  async function ask() {
    if (asking) return;
    asking = true;
    let every = Number(part().dataset.every);
    try {
      const answer = await fetch(`${part().dataset.changes}?mark=${encodeURIComponent(part().dataset.mark)}`, { credentials: "omit" });
      every = Number(answer.headers.get("Camp-Every") ?? every);
      if (answer.status === 200) await load();
    } catch {
      every = AFTER_ERROR_S;
    }
    asking = false;
    later(every);
  }

  function later(every) {
    clearTimeout(timer);
    if (every > 0) timer = setTimeout(ask, spread(document.hidden ? HIDDEN_S : every));
  }

  if (!part()) return;
  document.addEventListener("visibilitychange", () => (document.hidden ? later(Number(part().dataset.every)) : Number(part().dataset.every) && ask()));
  later(Number(part().dataset.every));
})();
