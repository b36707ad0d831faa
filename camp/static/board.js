// The board: lift a session by mouse, finger or keys, see what would happen in each cell, lay it down.
// Whichever way, one form goes to one address; the answer is the board as it is then. Without this file there are pages.
"use strict";

(() => {
  const board = document.getElementById("board");
  if (!board) return;
  const PARTS = ["board-bar", "board-note", "board-count", "board-tray", "board-wall"];
  const FAR = 6, HOLD_MS = 350, EDGE = 60, HIDDEN_MS = 60000;
  const dialog = document.getElementById("board-dialog"), inDialog = document.getElementById("board-dialog-body");
  const part = (id) => document.getElementById(id);
  const why = () => part("board-why");
  let lifted = null; // { id, title, pinned, from, tips }
  let press = null; // { card, x, y, touch, timer, ghost }
  let busy = false;

  // ---- Talking to the server ----
  const ask = (address) => fetch(address, { headers: { "X-Board": "1" }, redirect: "manual" });

  async function send(address, data) {
    if (busy) return;
    busy = true;
    try {
      if (!data.has("csrf_token")) data.append("csrf_token", document.querySelector("meta[name=csrf-token]").content);
      const answer = await fetch(address, { method: "POST", body: data, headers: { "X-Board": "1" }, redirect: "manual" });
      const text = await answer.text();
      if (!text.includes('id="board-bar"')) return location.reload(); // signed out, or the server lost its way
      lower(false);
      dialog.close();
      show(text);
    } catch {
      const toasts = part("toasts");
      tell(toasts.dataset.offline, true);
    } finally {
      busy = false;
    }
  }

  function lay(cell) {
    const { id, pinned } = lifted;
    const data = new FormData();
    data.append("cell", cell);
    data.append("seen", part("board-bar").dataset.seen);
    if (pinned) data.append("pinned", "y");
    keep(id);
    send(`${board.dataset.address}/${id}`, data);
  }

  // ---- Showing the answer ----
  let wanted = null; // which card's button takes the focus after the next answer
  const keep = (id) => { wanted = `[data-card="${id}"] [data-lift]`; };

  function show(text) {
    const fresh = new DOMParser().parseFromString(text, "text/html");
    const held = document.activeElement?.closest?.("[data-card]");
    const again = wanted || (held && `[data-card="${held.dataset.card}"] ${document.activeElement.matches("[data-lift]") ? "[data-lift]" : document.activeElement.matches("[data-why]") ? "[data-why]" : "[data-move]"}`)
      || (document.activeElement?.dataset?.turn && `[data-turn="${document.activeElement.dataset.turn}"]`);
    const left = part("board-wall").scrollLeft, { scrollLeft, scrollTop } = part("board-tray");
    for (const id of PARTS) {
      const [old, made] = [part(id), fresh.getElementById(id)];
      if (id === "board-note") {
        old.replaceChildren(...made.childNodes); // a live region must stay to be heard
        if (made.dataset.said) tell(made.dataset.said);
      } else old.replaceWith(made);
    }
    part("board-wall").scrollLeft = left;
    Object.assign(part("board-tray"), { scrollLeft, scrollTop });
    wanted = null;
    arm();
    if (again) board.querySelector(again)?.focus();
  }

  function tell(text, bad) {
    const toast = document.createElement("div");
    const line = document.createElement("p");
    toast.className = bad ? "toast bad" : "toast";
    line.textContent = text;
    toast.append(line);
    part("toasts").replaceChildren(toast);
  }

  function say(text) {
    why().hidden = !text;
    const line = document.createElement("p");
    line.textContent = text;
    why().replaceChildren(line);
    if (!lifted || lifted.from === "tray") return;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "line tiny";
    button.dataset.lay = "tray";
    button.textContent = board.dataset.tray;
    why().append(button);
  }

  function arm() {
    board.querySelectorAll("[data-lift]").forEach((button) => { button.hidden = false; });
    const search = part("tray-search");
    search.hidden = false;
    filter(search.value);
  }

  // The search leaves in the tray what has all its words, and frames it in the grid.
  function filter(words) {
    const wants = words.toLocaleLowerCase().split(/\s+/).filter(Boolean);
    const has = (one) => wants.every((word) => one.textContent.replaceAll("\u00ad", "").toLocaleLowerCase().includes(word));
    part("board-tray").querySelectorAll("li").forEach((row) => { row.hidden = !has(row); });
    board.querySelectorAll("td .talk").forEach((one) => one.classList.toggle("found", wants.length > 0 && has(one)));
  }

  // ---- Lifting and what would happen ----
  const cells = () => [...board.querySelectorAll("td[data-cell]")];
  const cardsOf = (id) => board.querySelectorAll(`[data-card="${id}"]`);

  async function lift(card, byKeys) {
    lower(false);
    const mine = { id: card.dataset.card, title: card.dataset.title, pinned: card.dataset.pinned === "y", tips: new Map(),
      from: card.closest("td[data-cell]")?.dataset.cell || "tray" };
    lifted = mine;
    cardsOf(mine.id).forEach((one) => one.setAttribute("aria-current", "true"));
    card.querySelector(".chosen")?.removeAttribute("hidden");
    say(board.dataset.lifted.replace("{title}", mine.title));
    let told;
    try {
      const answer = await ask(`${board.dataset.address}/${mine.id}/what-if`);
      if (!answer.ok) return location.reload();
      told = await answer.json();
    } catch { return; } // it can be laid down all the same
    if (lifted !== mine) return;
    if (told.why) { lower(); return tell(told.why, true); }
    board.classList.add("lifting");
    for (const tip of told.cells) mine.tips.set(tip.cell, tip);
    cells().forEach((cell) => draw(cell, mine.tips.get(cell.dataset.cell)));
    if (byKeys) (board.querySelector(".what.best, .swap.best") || board.querySelector(".what, .swap"))?.focus();
  }

  function draw(cell, tip) {
    if (!tip || tip.kind === "here") return;
    const button = document.createElement("button");
    const head = document.createElement("b");
    button.type = "button";
    button.dataset.lay = tip.cell;
    button.className = cell.matches(".free") ? `what ${tip.kind}` : `swap ${tip.kind}`;
    if (tip.best) button.classList.add("best");
    if (tip.kind === "no") button.setAttribute("aria-disabled", "true");
    const at = document.createElement("span");
    at.className = "sr";
    at.textContent = `${tip.at}: `;
    head.textContent = tip.head;
    button.append(at, head, ` ${tip.text}`);
    if (cell.matches(".free")) cell.append(button);
    else cell.querySelector(".talk").append(button);
  }

  function lower(aloud = true) {
    if (!lifted) return;
    const { id, title } = lifted;
    lifted = null;
    board.classList.remove("lifting");
    board.querySelectorAll("[data-lay]").forEach((button) => button.remove());
    board.querySelectorAll(".over-cell").forEach((one) => one.classList.remove("over-cell"));
    board.querySelectorAll(".chosen").forEach((one) => { one.hidden = true; });
    cardsOf(id).forEach((one) => one.removeAttribute("aria-current"));
    say("");
    if (aloud) {
      say(board.dataset.back.replace("{title}", title));
      board.querySelector(`[data-card="${id}"] [data-lift]`)?.focus();
    }
  }

  function choose(cell) {
    const tip = lifted.tips.get(cell);
    if (tip?.kind === "no") return tell(tip.say, true);
    lay(cell);
  }

  // ---- Keys: Enter or Space lifts (a button does), arrows choose, Enter lays, Escape puts back ----
  const WAYS = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };

  function spots() {
    return [...board.querySelectorAll("td [data-lay]")].map((button) => {
      const box = button.closest("td").getBoundingClientRect();
      return { button, x: box.left + 8, y: box.top + 8 };
    });
  }

  function step(from, [down, right]) {
    const all = spots(), here = all.find((one) => one.button === from);
    if (!here) return;
    const ahead = all.filter((one) => (down ? (one.y - here.y) * down > 8 : (one.x - here.x) * right > 8));
    const far = (one) => (down ? Math.abs(one.y - here.y) + 4 * Math.abs(one.x - here.x) : Math.abs(one.x - here.x) + 4 * Math.abs(one.y - here.y));
    ahead.sort((one, other) => far(one) - far(other));
    ahead[0]?.button.focus();
  }

  document.addEventListener("keydown", (event) => {
    if (!lifted || dialog.open) return;
    if (event.key === "Escape") {
      event.preventDefault();
      letGo();
      return lower();
    }
    const way = WAYS[event.key], on = event.target.closest?.("[data-lay]");
    if (!way || !on) return;
    event.preventDefault();
    step(on, way);
  });

  board.addEventListener("focusin", (event) => {
    const on = event.target.closest("td [data-lay]");
    if (on && lifted) say(lifted.tips.get(on.dataset.lay).say);
  });
  board.addEventListener("pointerover", (event) => {
    const on = event.target.closest("td[data-cell]");
    const tip = on && lifted?.tips.get(on.dataset.cell);
    if (tip) say(tip.say);
  });

  // ---- Mouse and finger ----
  board.addEventListener("dragstart", (event) => event.preventDefault());
  board.addEventListener("contextmenu", (event) => { if (press?.touch) event.preventDefault(); });
  board.addEventListener("touchmove", (event) => { if (press?.ghost && event.cancelable) event.preventDefault(); }, { passive: false });

  board.addEventListener("pointerdown", (event) => {
    dropped = false;
    const card = event.target.closest("[data-card]");
    if (!card || event.button !== 0 || !event.isPrimary || event.target.closest("button, form, summary, [data-why]")) return;
    press = { card, x: event.clientX, y: event.clientY, touch: event.pointerType === "touch", ghost: null };
    if (press.touch) press.timer = setTimeout(take, HOLD_MS);
  });

  function take() {
    if (!press) return;
    press.ghost = document.createElement("div");
    press.ghost.className = "ghost";
    press.ghost.textContent = press.card.dataset.title;
    document.body.append(press.ghost);
    carry(press.x, press.y);
    lift(press.card, false);
    navigator.vibrate?.(20);
    press.scroll = setInterval(scroll, 40);
  }

  function carry(x, y) {
    [press.x, press.y] = [x, y];
    press.ghost.style.transform = `translate(${x + 12}px, ${y + 12}px)`;
    board.querySelectorAll(".over-cell").forEach((one) => one.classList.remove("over-cell"));
    const under = beneath(x, y);
    under?.classList.add("over-cell");
    const tip = lifted?.tips.get(under?.dataset.cell);
    if (tip) say(tip.say);
  }

  const beneath = (x, y) => document.elementFromPoint(x, y)?.closest("td[data-cell], .tray");

  // Near an edge the page and the wall scroll by themselves.
  function scroll() {
    if (!press?.ghost) return;
    const { x, y } = press, wall = part("board-wall"), box = wall.getBoundingClientRect();
    const push = (at, low, high) => (at < low + EDGE ? -14 : at > high - EDGE ? 14 : 0);
    window.scrollBy(0, push(y, 0, window.innerHeight));
    if (y > box.top && y < box.bottom) wall.scrollLeft += push(x, Math.max(0, box.left), Math.min(window.innerWidth, box.right));
    carry(x, y);
  }

  document.addEventListener("pointermove", (event) => {
    if (!press || !event.isPrimary) return;
    if (press.ghost) return carry(event.clientX, event.clientY);
    if (Math.hypot(event.clientX - press.x, event.clientY - press.y) < FAR) return;
    if (press.touch) letGo(); // a finger that moves at once scrolls the page
    else take();
  });

  function letGo() {
    clearTimeout(press?.timer);
    clearInterval(press?.scroll);
    press?.ghost?.remove();
    press = null;
  }

  let dropped = false; // the click that follows a drop is none
  document.addEventListener("pointerup", (event) => {
    if (!press || !event.isPrimary) return;
    const carried = press.ghost !== null, under = carried ? beneath(event.clientX, event.clientY) : null;
    letGo();
    if (!carried || !lifted) return;
    dropped = true;
    const cell = under?.matches(".tray") ? "tray" : under?.dataset.cell;
    if (!cell || cell === lifted.from) return lower();
    if (lifted.tips.get(cell)?.kind === "no") {
      tell(lifted.tips.get(cell).say, true);
      return lower(false);
    }
    lay(cell);
  });
  document.addEventListener("pointercancel", () => { if (press?.ghost) lower(); letGo(); });

  // ---- Clicks: lift, choose a cell, open the dialog, ask why; forms of the board go by script ----
  document.addEventListener("click", async (event) => {
    if (dropped && event.detail > 0) {
      dropped = false;
      return event.preventDefault();
    }
    const on = (selector) => event.target.closest(selector);
    if (on("[data-close]")) return dialog.close();
    if (!on("#board") || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (on("[data-lay]")) return choose(on("[data-lay]").dataset.lay);
    if (on("[data-lift]")) {
      const card = on("[data-card]");
      return lifted?.id === card.dataset.card ? lower() : lift(card, true);
    }
    if (on("[data-why]")) {
      event.preventDefault();
      const answer = await ask(`${board.dataset.address}/${on("[data-card]").dataset.card}/why`);
      if (!answer.ok) return location.reload();
      lower(false);
      say((await answer.json()).say);
      why().scrollIntoView({ block: "nearest" });
    } else if (on("[data-move]")) {
      event.preventDefault();
      const answer = await ask(on("[data-move]").href);
      if (!answer.ok) return location.assign(on("[data-move]").href);
      lower(false);
      inDialog.innerHTML = await answer.text();
      dialog.showModal();
      part("move-title")?.focus();
    }
  });

  document.addEventListener("submit", (event) => {
    const form = event.target.closest("form[data-board]");
    if (!form) return;
    event.preventDefault();
    const data = new FormData(form, event.submitter);
    if (data.has("seen")) data.set("seen", part("board-bar").dataset.seen);
    if (!form.closest("#board-note")) keep(form.action.match(/\/(\d+)(\/pin)?$/)?.[1]);
    if (form.querySelector("[data-turn]")) wanted = `[data-turn="${form.querySelector("[data-turn]").dataset.turn}"]`;
    send(form.action, data);
  });

  board.addEventListener("input", (event) => { if (event.target.id === "tray-search") filter(event.target.value); });

  // ---- What others do shows by itself, unless something is lifted or open ----
  async function look() {
    if (!lifted && !busy && !dialog.open && !press) {
      try {
        const answer = await ask(`${board.dataset.fresh}?version=${part("board-bar").dataset.version}`);
        if (answer.status === 200 && !lifted && !busy && !dialog.open) show(await answer.text());
      } catch { /* the next turn asks again */ }
    }
    later();
  }

  function later() {
    clearTimeout(turn);
    turn = setTimeout(look, document.hidden ? HIDDEN_MS : Number(part("board-bar").dataset.every) * 1000);
  }

  let turn;
  document.addEventListener("visibilitychange", () => (document.hidden ? later() : look()));
  later();
  arm();
})();
