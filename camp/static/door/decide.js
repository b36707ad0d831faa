// What the phone decides alone, from its list and from what it did itself.

const CODE = /^(?:https?:\/\/([^/\s]+)\/b\/)?([a-z2-7]{16})\/?$/i;
export const IN = ["admitted", "handed", "provisional", "already"];
export const TONES = {
  admitted: "go", handed: "go", undone: "go", renamed: "go", drill: "go", already: "wait", refused: "wait", provisional: "go",
};

// The code in a text: our own address or the bare 16 characters; blanks do not count. Nothing if it is no badge of ours.
export function codeIn(text, host) {
  const found = CODE.exec(text.slice(0, 300).replace(/\s+/g, ""));
  if (!found || (found[1] && found[1].toLowerCase() !== host.toLowerCase())) return "";
  return found[2].toUpperCase();
}

export function makeClock(zone) {
  const day = new Intl.DateTimeFormat("sv-SE", { timeZone: zone });
  const wall = new Intl.DateTimeFormat(document.documentElement.lang, { timeZone: zone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  return { day: (moment) => day.format(moment), wall: (moment) => wall.format(moment) };
}

// one: a person of the list, or nothing. mine: what this phone did with that badge. now: by the corrected clock.
export function decide(one, mine, { station, once, now, day }) {
  if (mine && !mine.undone && (once === "camp" || day(mine.at) === day(now))) return { verdict: "already", since: mine.at, door: "" };
  if (!one) return { verdict: "unknown" };
  if (one.revoked) return { verdict: "revoked" };
  if (one.key.startsWith("k")) return { verdict: "blank" };
  if (one.state !== "admitted") return { verdict: one.state };
  if (one.days.length && !one.days.includes(day(now))) return { verdict: "other-day" };
  if (one.since && (once === "camp" || day(one.since) === day(now))) return { verdict: "already", since: one.since, door: one.door };
  return { verdict: station === "door" ? "admitted" : "handed" };
}
