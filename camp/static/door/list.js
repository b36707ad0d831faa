// The list on this phone: who has which code, who may come in when, who is in already. See badges/doorlist.py for a line.

const HASH = 32;

export const COLUMNS = ["key", "hash", "name", "organisation", "kind", "state", "marks", "days", "note", "shirt", "since", "door"];

export async function hashOf(code) {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(code));
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("").slice(0, HASH);
}

// As camp/text.py does it: Özlem is found as ozlem.
export const plain = (words) => words.toLowerCase().replaceAll("ß", "ss").replaceAll("ł", "l").replaceAll("đ", "d").replaceAll("ı", "i")
  .normalize("NFKD").replace(/\p{M}/gu, "");
const spelled = (words) => plain(words.toLowerCase().replaceAll("ä", "ae").replaceAll("ö", "oe").replaceAll("ü", "ue"));

export function makeList(store) {
  let head = null; // version, size, days, made … as the server said it last
  let byHash = new Map();
  let byKey = new Map();

  function build(drawers) {
    byHash = new Map();
    byKey = new Map();
    const revoked = new Set();
    for (const line of drawers.flat()) {
      const one = Object.fromEntries(COLUMNS.map((name, at) => [name, line[at] ?? (name === "days" ? [] : "")]));
      if (one.key.startsWith("p")) byKey.set(one.key, one);
      if (one.key.startsWith("r")) revoked.add(one.hash);
      if (one.hash && !byHash.get(one.hash)?.key.startsWith("p")) byHash.set(one.hash, one); // a name says more than none
    }
    for (const hash of revoked) byHash.get(hash).revoked = true;
  }

  return {
    get head() { return head; },
    get people() { return [...byKey.values()]; },
    ofHash: (hash) => byHash.get(hash),
    ofKey: (key) => byKey.get(key),

    async load() {
      head = (await store.get("facts", "head")) || null;
      build(await store.all("drawers"));
    },

    // What came from the server: the drawers that differ, and how things stand. `made`: when, by the server's clock.
    async apply(sent, made) {
      const { drawers, ...rest } = sent;
      const next = { ...rest, made };
      await store.run(["drawers", "facts"], "readwrite", (lines, facts) => {
        for (const [number, rows] of Object.entries(drawers)) lines.put(rows, Number(number));
        facts.put(next, "head");
      });
      if (Object.keys(drawers).length) build(await store.all("drawers"));
      head = next; // only now: whoever sees a head finds the people too
    },

    async confirm(made) {
      head = { ...head, made };
      await store.put("facts", "head", head);
    },

    search(wanted, most = 30) {
      const words = plain(wanted).split(/\s+/).filter(Boolean);
      if (!words.length) return [];
      const found = ({ name, organisation }) => {
        const sought = `${name} ${organisation}`.normalize("NFC");
        const both = `${plain(sought)} ${spelled(sought)}`; // Möller is found as moller and as moeller
        return words.every((word) => both.includes(word));
      };
      return [...byKey.values()].filter(found)
        .sort((a, b) => a.name.localeCompare(b.name)).slice(0, most);
    },
  };
}
