// Events go to the server in batches, by themselves, until it has named each; the list comes back. Whether there is a
// network shows only by trying: the browser's own word for it stays "online" while the server is gone.

const BATCH = 50;
const CALM_MS = 15_000; // between two looks when all is well
const FIRST_MS = 2_000;
const LONGEST_MS = 60_000;
const ANSWER_MS = 8_000;
const OFFSET_AGE_MS = 300_000;

export function makeSync({ store, list, addresses, token, lock, told, barred, changed }) {
  let online = false;
  let cut = false; // the exercise: as if there were no network
  let offset = null; // { ms, trip, at }: what the phone's clock lacks
  let pause = FIRST_MS;
  let timer;
  let running = null;
  let wanted = false; // a turn was asked for while one was under way

  const now = () => Date.now() + (offset ? offset.ms : 0);

  // The token goes along by hand too: a browser that dies soon after the pairing has not kept the cookie.
  async function call(address, { headers, ...options } = {}) {
    if (cut) throw new Error("cut");
    const stop = new AbortController();
    const stopping = setTimeout(() => stop.abort(), ANSWER_MS);
    const sent = Date.now();
    try {
      const answer = await fetch(address, { credentials: "same-origin", cache: "no-store", redirect: "error", signal: stop.signal, ...options, headers: { Authorization: `Bearer ${token}`, ...headers } });
      const got = Date.now();
      const said = Number(answer.headers.get("X-Camp-Now"));
      if (said && (!offset || got - sent <= offset.trip || got - offset.at > OFFSET_AGE_MS)) {
        offset = { ms: Math.round(said - (sent + got) / 2), trip: got - sent, at: got };
        await store.put("facts", "offset", offset);
      }
      if (answer.status === 401 || answer.status === 403) await barred((await answer.json().catch(() => ({}))).verdict);
      if (answer.status !== 304 && !answer.ok) throw new Error(String(answer.status));
      return answer;
    } finally {
      clearTimeout(stopping);
    }
  }

  const post = async (events) => (await call(addresses.events, {
    method: "POST", body: JSON.stringify({ events }), headers: { "Content-Type": "application/json", "X-Camp-Door": "1" },
  })).json();

  // Delete only what the server named; then tell what it made of it.
  async function send() {
    for (;;) {
      const waiting = (await store.all("queue")).sort((a, b) => a.n - b.n).slice(0, BATCH);
      if (!waiting.length) return;
      const { answers } = await post(waiting);
      const named = waiting.filter((one) => one.id in answers);
      await store.remove("queue", ...named.map((one) => one.id));
      await told(named.map((one) => [one, answers[one.id]]));
      if (!named.length) throw new Error("nothing named");
    }
  }

  async function fetchList() {
    const began = now();
    const tag = list.head ? { "If-None-Match": `"${list.head.tag}"` } : {};
    const answer = await call(`${addresses.list}?have=${list.head ? list.head.version : ""}`, { headers: tag });
    const made = Number(answer.headers.get("X-Camp-Now")) || began;
    if (answer.status === 304) return list.confirm(made);
    const sent = await answer.json();
    sent.tag = (answer.headers.get("ETag") || "").replaceAll('"', "").replace(/^W\//, "");
    await list.apply(sent, made);
    return undefined;
  }

  async function turn() {
    try {
      await send();
      await fetchList();
      online = true;
      pause = FIRST_MS;
    } catch {
      online = false;
      pause = Math.min(LONGEST_MS, pause * 2);
    }
    await changed();
  }

  function soon(ms = 0) {
    clearTimeout(timer);
    timer = setTimeout(run, ms);
  }

  // One turn at a time, in one tab of the phone.
  async function run() {
    wanted = Boolean(running);
    if (running) return running;
    running = navigator.locks ? navigator.locks.request(lock, { ifAvailable: true }, (mine) => (mine ? turn() : changed())) : turn();
    await running;
    running = null;
    soon(wanted ? 0 : online ? CALM_MS : pause);
    return undefined;
  }

  addEventListener("online", () => soon());
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && soon());

  return {
    now,
    soon,
    run,
    get online() { return online; },
    get offset() { return offset ? offset.ms : null; },
    get cut() { return cut; },
    setCut(wish) {
      cut = wish;
      pause = FIRST_MS;
      online = online && !cut;
      soon();
    },
    async load() { offset = (await store.get("facts", "offset")) || null; },

    // The server's word on one event, while the helper waits; nothing if it does not come in time.
    async ask(event, patience) {
      const late = new Promise((done) => { setTimeout(done, patience); });
      const asked = post([{ ...event, live: true }]).then(({ answers }) => answers[event.id], () => undefined);
      const answer = await Promise.race([asked, late]);
      if (!answer) soon(FIRST_MS);
      return answer;
    },
  };
}
