// Who is in the building, counted on this phone: people, not scans; the list and what has not been sent yet. For an evacuation.

// Everybody who is in today, by name.
export function insideOf({ list, mine, clock, now }) {
  const today = clock.day(now);
  const found = new Map();
  for (const one of list.people) if (one.since && clock.day(one.since) === today) found.set(one.key, one.name);
  for (const [key, own] of mine) {
    const one = list.ofHash(key); // a badge that was not on the list and is by now
    if (own.undone) found.delete(key);
    else if (clock.day(own.at) === today) found.set(one?.key || key, one?.name || own.name || "?");
  }
  return [...found].map(([key, name]) => ({ key, name })).sort((a, b) => a.name.localeCompare(b.name));
}

export function showInside({ part, list, mine, clock, sync, fill, say }) {
  const dialog = part("inside");
  const people = insideOf({ list, mine, clock, now: sync.now() });
  const outside = new Set();
  const told = () => {
    part("inside-count").textContent = fill(say.inside, { number: people.length });
    part("inside-missing").textContent = fill(say.missing, { number: people.length - outside.size });
  };
  part("inside-age").textContent = list.head ? fill(say.list, { size: list.people.length, at: clock.wall(list.head.made) }) : say.noList;
  part("inside-names").replaceChildren(...people.map(({ key, name }) => {
    const label = document.createElement("label");
    const box = Object.assign(document.createElement("input"), { type: "checkbox" });
    box.addEventListener("change", () => {
      outside[box.checked ? "add" : "delete"](key);
      told();
    });
    const text = Object.assign(document.createElement("span"), { textContent: name, dir: "auto" });
    label.append(box, text);
    const item = document.createElement("li");
    item.append(label);
    return item;
  }));
  told();
  dialog.showModal();
}
