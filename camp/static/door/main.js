// The door on a phone: it decides from its own list, keeps each scan until the server has named it, and shows what comes back.

import { makeCamera } from "./camera.js";
import { warnings } from "./check.js";
import { codeIn, decide, IN, makeClock, TONES } from "./decide.js";
import { insideOf, showInside } from "./inside.js";
import { listen } from "./keys.js";
import { hashOf, makeList } from "./list.js";
import { showPeople } from "./people.js";
import { showRescue } from "./rescue.js";
import { makeScreen } from "./screen.js";
import { open } from "./store.js";
import { makeSync } from "./sync.js";
import { makeWalkIn } from "./walkin.js";

const KNOWN_MS = 700; // how long the server may take for somebody on the list
const UNKNOWN_MS = 3000; // … and for somebody who is not
const UNDO_MS = 10_000; // on the ready screen
const OURS_MS = 48 * 3_600_000;

const page = document.querySelector("[data-ready-page]");
const part = (name) => document.querySelector(`[data-${name}]`);
const given = JSON.parse(document.getElementById("door-data").textContent);
const { say, words } = given;
const fill = (text, values) => text.replace(/%\((\w+)\)s/g, (_, name) => values[name] ?? "");
const draw = () => [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

async function begin() {
  const store = await open(given.store);
  const clock = makeClock(given.zone);
  const list = makeList(store);
  const screen = makeScreen(page, part);
  const mine = new Map(); // by hash or person: what this phone did
  let busy = false; // a scan is being looked at
  let notices = (await store.get("facts", "notices")) || [];
  let dismissed = new Set((await store.get("facts", "dismissed")) || []);
  let last = null; // what can be undone on the ready screen
  let number = 0;
  let catching = null; // a panel that wants the next code for itself

  const sync = makeSync({ store, list, addresses: given.addresses, token: given.token, lock: given.store, told, barred, changed: stand });
  await Promise.all([list.load(), sync.load()]);
  for (const one of await store.all("mine")) mine.set(one.key, one);
  const first = sync.run(); // whoever scans before it is over waits for the list a little

  // What this phone did, by key; nothing: forget it. All in one step of the store.
  async function rememberAll(changes) {
    if (!changes.size) return;
    for (const [key, value] of changes) {
      if (value) mine.set(key, { ...value, key });
      else mine.delete(key);
    }
    await store.run(["mine"], "readwrite", (kept) => {
      for (const [key, value] of changes) value ? kept.put(mine.get(key), key) : kept.delete(key);
    });
  }
  const remember = (key, value) => rememberAll(new Map([[key, value]]));

  const make = (act, values) => ({ id: draw(), n: Date.now() * 1000 + (number++ % 1000), act, at: Date.now(), offset: sync.offset, live: false, ...values });

  // One scan ---------------------------------------------------------------------------------------------------------------
  async function check(text) {
    if (busy || screen.busy || !text.trim()) return false;
    const code = codeIn(text, given.host);
    if (catching && code) {
      await catching(code);
      return true;
    }
    busy = true;
    try {
      const hash = code && await hashOf(code);
      if (code && !list.ofHash(hash)) await Promise.race([first, new Promise((done) => { setTimeout(done, UNKNOWN_MS); })]);
      const one = code ? list.ofHash(hash) : undefined;
      await scan(one, code, code ? { text: code } : { text: text.slice(0, 300) });
    } catch (error) { // nothing could be kept: better to say so than to count nobody
      part("trouble").textContent = say.full;
      console.warn(error);
    }
    busy = false;
    return true;
  }

  async function scan(one, code, values) {
    const key = one?.key.startsWith("p") ? one.key : code && await hashOf(code);
    const now = sync.now();
    const own = code || one ? decide(one, mine.get(key), { ...given, now, day: clock.day }) : { verdict: "not-a-badge" };
    const event = make("scan", { ...values, decision: own.verdict });
    await store.put("queue", event.id, event);
    let found = own;
    if (sync.online && !given.drill) {
      const said = await sync.ask(event, one ? KNOWN_MS : UNKNOWN_MS);
      if (said && said.verdict !== "damaged") {
        found = said;
        await store.remove("queue", event.id);
      }
    }
    const who = (one?.name && one) || (found.person ? { ...found, key: found.person, marks: found.no_photo ? "n" : "", note: "", shirt: "" } : undefined);
    if (IN.includes(found.verdict) && found.verdict !== "already") {
      await countIn(event, who?.key || key, who?.name || "", now, code);
    }
    const alone = found === own && own.verdict === "unknown";
    answer(alone ? "unknown-offline" : found.verdict, who, found, alone && { event, key }, found.verdict === "blank" && code);
    sync.soon(found === own ? 0 : 500);
  }

  function answer(verdict, who, { since, door }, provisional, blank) {
    const [word, sentence] = words[verdict] || [verdict, ""];
    const at = { since: since ? clock.wall(since) : "", door: door || given.door };
    const hand = verdict !== "already" && [who?.note, who?.shirt && fill(say.shirt, { size: who.shirt })].filter(Boolean).join(" · "); // not twice
    screen.show({
      tone: verdict === "unknown-offline" ? "wait" : TONES[verdict] || "stop", word: fill(word, at), name: who?.name,
      organisation: who && [who.organisation, say.kinds[who.kind]].filter(Boolean).join(" · "), sentence: fill(sentence, at), note: hand,
      noPhoto: who?.marks.includes("n") && say.noPhoto, first: verdict === "admitted" && who?.marks.includes("f") && say.first,
      provisional: Boolean(provisional), blank: Boolean(blank),
    }, stand);
    part("provisional").onclick = provisional ? () => letIn(provisional) : null;
    part("name-it").onclick = blank ? () => { screen.leave(); walkIn.open(blank); } : null;
  }

  // Somebody is in from now on, and the ready screen offers to undo it.
  async function countIn(event, key, name, at, code = "") {
    await remember(key, { at, id: event.id, name });
    last = { id: event.id, key, name: name || code, at };
  }

  // Not on this list, and the helper answers for it: settled when the list is newer.
  async function letIn({ event, key }) {
    await store.put("queue", event.id, { ...event, decision: "provisional" });
    await countIn(event, key, "", sync.now(), event.text);
    screen.leave();
    sync.soon();
  }

  // Somebody's badge: by the list, or this phone gave it away and no list tells yet.
  function taken(hash) {
    const [one, own] = [list.ofHash(hash), mine.get(hash)];
    return Boolean((one && !one.key.startsWith("k")) || (own && !own.undone));
  }

  // Who came without being registered is in from now on.
  async function welcome(event, key, name) {
    await countIn(event, key, name, sync.now());
    answer(given.station === "door" ? "admitted" : "handed", { name, marks: "" }, {});
  }

  async function undo(values, key) {
    const event = make("undo", values);
    await store.put("queue", event.id, event);
    if (key) await remember(key, { ...mine.get(key), at: sync.now(), id: event.id, undone: true });
    last = null;
    await stand();
    sync.soon();
  }

  async function report(act, values) {
    const event = make(act, values);
    await store.put("queue", event.id, event);
    sync.soon();
    return event;
  }

  // What the server made of it later ----------------------------------------------------------------------------------------
  async function told(pairs) {
    const keys = new Map([...mine.values()].map((one) => [one.id, one.key]));
    const changes = new Map();
    for (const [event, said] of pairs) {
      const key = keys.get(event.id);
      if (key) {
        if (said.person && said.person !== key) changes.set(key, null); // known by now: counted under one key
        changes.set(said.person || key, { ...mine.get(key), named: sync.now(), name: mine.get(key).name || said.name || "" });
      }
      const inside = IN.includes(event.decision) && event.decision !== "already";
      const differs = event.act === "scan" && (said.verdict === "refused" || (inside && !["admitted", "handed", "already", "undone", "drill"].includes(said.verdict)));
      if (differs || said.verdict === "damaged") {
        const [word, sentence] = words[said.verdict] || [said.sentence || said.verdict, ""];
        notices.push({ id: event.id, text: fill(say.later, { name: said.name || event.text || event.given, at: clock.wall(event.at + (event.offset || 0)), word, sentence }) });
      }
    }
    await rememberAll(changes);
    await store.put("facts", "notices", notices);
  }

  async function barred(verdict) {
    await store.forgetNames();
    for (const name of await caches.keys()) if (name.startsWith("door-")) await caches.delete(name);
    const left = await store.all("queue");
    if (left.length) return showRescue({ part, given, fill, say, queue: left });
    if (verdict) location.reload();
    return undefined;
  }

  // How things stand --------------------------------------------------------------------------------------------------------
  async function tidy() {
    const head = list.head;
    const over = [...mine.values()].filter((one) => sync.now() - one.at > OURS_MS
      || (!given.drill && one.named && head && head.made > one.named && (list.ofKey(one.key) || list.ofHash(one.key)))); // no list tells of a drill
    await rememberAll(new Map(over.map((one) => [one.key, null])));
  }

  async function stand() {
    await tidy();
    const waiting = (await store.all("queue")).length;
    const head = list.head;
    part("net").dataset.state = sync.online ? "on" : "off";
    part("net-words").textContent = sync.online ? (waiting ? fill(say.sending, { number: waiting }) : say.online) : fill(waiting ? say.offlineWaiting : say.offline, { number: waiting });
    part("age").textContent = head ? fill(say.list, { size: list.people.length, at: clock.wall(head.made) }) : say.noList;
    if (head) part("count").textContent = fill(say.count, { here: insideOf({ list, mine, clock, now: sync.now() }).length, expected: given.drill ? list.people.length : head.expected });
    if (last && !screen.busy) last.until ??= performance.now() + UNDO_MS;
    part("undo").hidden = !last || performance.now() > last.until;
    if (!part("undo").hidden) {
      part("undo-words").textContent = fill(say.undo, { name: last.name, at: clock.wall(last.at) });
      if (last.until) setTimeout(stand, Math.max(200, last.until - performance.now() + 50));
    }
    const doubles = (head?.doubles || []).filter((one) => !dismissed.has(`${one.person}/${one.times.length}`));
    const lines = [...notices.map((one) => ({ key: one.id, text: one.text })), ...doubles.map((one) => ({
      key: `${one.person}/${one.times.length}`, text: fill(say.double, { name: one.name, times: one.times.map(([at, door]) => `${clock.wall(at)} ${door}`).join(", ") }),
    }))];
    part("notices").replaceChildren(...lines.map(({ key, text }) => {
      const item = document.createElement("li");
      const words_ = document.createElement("span");
      words_.textContent = text;
      const button = document.createElement("button");
      button.type = "button";
      button.className = "tiny";
      button.textContent = say.seen;
      button.addEventListener("click", () => dismiss(key));
      item.append(words_, button);
      return item;
    }));
    part("rescue").hidden = !waiting || sync.online;
    const wrong = await warnings({ head, now: sync.now(), say, scanning: !part("finder").hidden });
    part("warnings").replaceChildren(...wrong.map((text) => Object.assign(document.createElement("li"), { textContent: text })));
  }

  async function dismiss(key) {
    notices = notices.filter((one) => one.id !== key);
    dismissed = new Set([...dismissed, key].slice(-200));
    await store.put("facts", "notices", notices);
    await store.put("facts", "dismissed", [...dismissed]);
    await stand();
  }

  const camera = makeCamera({ part, texts: say, decoder: given.addresses.decoder, notice: (text) => !busy && !screen.busy && (check(text), true) });
  listen(part("typed"), check);
  part("start").hidden = !camera.possible;
  part("start").addEventListener("click", async () => {
    screen.unlock();
    await camera.start();
    await stand();
  });
  part("undo").addEventListener("click", () => last && undo({ of: last.id }, last.key));
  const common = { part, given, list, mine, clock, sync, fill, say };
  showPeople({ ...common, report, undo, scan: async (one) => { if (!busy && !screen.busy) await scan(one, "", { person: Number(one.key.slice(1)) }); } });
  const walkIn = makeWalkIn({ part, given, say, report, list, taken, welcome, wants: (want) => { catching = want; } });
  part("inside-open").addEventListener("click", () => showInside(common));
  part("rescue").addEventListener("click", async () => showRescue({ part, given, fill, say, queue: await store.all("queue") }));
  part("cut")?.addEventListener("click", async () => {
    sync.setCut(!sync.cut);
    part("cut").setAttribute("aria-pressed", String(sync.cut));
    await stand();
  });
  navigator.storage?.persist?.();
  navigator.serviceWorker?.register(given.addresses.worker, { scope: given.addresses.page }).catch(() => {});
  await stand();
  await first;
  page.dataset.running = "yes";
}

if (part("scan")) begin().catch((error) => { part("trouble").textContent = say.full; console.warn(error); });
