// Keeps parts of the page as the server has them. Each part with data-live asks at data-changes whether its mark still
// holds: 204 while it does; else the part is loaded from data-part, or the answer is the part. A part that the server no
// longer has makes way for the whole page.
"use strict";

(() => {
  const HIDDEN_S = 60;
  const AFTER_ERROR_S = 5;

  const spread = (seconds) => seconds * 1000 * (document.hidden ? 0.75 + Math.random() * 0.25 : 0.9 + Math.random() * 0.1);

  // What has the focus, so that the same thing can have it in the new part.
  function nameOf(element, part) {
    if (!element || !part.contains(element)) return null;
    const same = (other) => other.tagName === element.tagName && other.getAttribute("href") === element.getAttribute("href")
      && other.getAttribute("name") === element.getAttribute("name") && other.textContent.trim() === element.textContent.trim();
    return (root) => (element.id && root.querySelector(`#${CSS.escape(element.id)}`)) || [...root.querySelectorAll(element.tagName)].find(same);
  }

  // The first thing with a name that can be seen, and where it stands: the page must not jump under the reader.
  function anchor(part) {
    for (const one of part.querySelectorAll("[id]")) {
      const top = one.getBoundingClientRect().top;
      if (top >= 0 && top < innerHeight) return [one.id, top];
    }
    return null;
  }

  function put(part, fresh) {
    const find = nameOf(document.activeElement, part);
    const stood = anchor(part);
    const inner = [...part.querySelectorAll(".wall-wrap, .scroll")].map((one) => [one.scrollLeft, one.scrollTop]);
    part.replaceWith(fresh);
    globalThis.htmx?.process(fresh);
    fresh.querySelectorAll(".wall-wrap, .scroll").forEach((one, number) => inner[number] && one.scrollTo(...inner[number]));
    const there = stood && document.getElementById(stood[0]);
    if (there) scrollBy({ top: there.getBoundingClientRect().top - stood[1], behavior: "instant" });
    find?.(fresh)?.focus({ preventScroll: true });
    document.dispatchEvent(new CustomEvent("camp:fresh"));
  }

  function keep(id) {
    let timer;
    let asking = false;
    const part = () => document.getElementById(id);

    async function load(answer) {
      const whole = part().dataset.part ? await fetch(part().dataset.part, { headers: { Accept: "text/html" } }) : answer;
      if (!whole.ok) return;
      const fresh = new DOMParser().parseFromString(await whole.text(), "text/html").getElementById(id);
      if (fresh) put(part(), document.importNode(fresh, true));
      else location.reload();
    }

    async function ask() {
      if (asking) return;
      asking = true;
      let every = Number(part().dataset.every);
      try {
        const { changes, mark } = part().dataset;
        const answer = await fetch(`${changes}${changes.includes("?") ? "&" : "?"}mark=${encodeURIComponent(mark)}`, { credentials: part().dataset.part ? "omit" : "same-origin" });
        every = Number(answer.headers.get("Camp-Every") ?? every);
        if (answer.status === 200) await load(answer);
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

    document.addEventListener("visibilitychange", () => (document.hidden ? later(Number(part().dataset.every)) : Number(part().dataset.every) && ask()));
    later(Number(part().dataset.every));
  }

  document.querySelectorAll("[data-live]").forEach((part) => keep(part.id));
})();
