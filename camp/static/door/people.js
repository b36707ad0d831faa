// Finding somebody by a part of the name: let in, take back, correct the name.

export function showPeople({ part, given, list, mine, clock, sync, say, fill, report, undo, scan }) {
  const search = part("search");
  const field = search.querySelector("input");
  const one = (tag, text, more = {}) => Object.assign(document.createElement(tag), { textContent: text, ...more });

  function inSince(person) {
    const own = mine.get(person.key);
    if (own?.undone) return 0;
    const at = own ? own.at : person.since;
    return at && (given.once === "camp" || clock.day(at) === clock.day(sync.now())) ? at : 0;
  }

  function row(person) {
    const item = document.createElement("li");
    const since = inSince(person);
    const name = one("b", person.name, { dir: "auto" });
    const state = since ? fill(say.inSince, { since: clock.wall(since) }) : say.states[person.state];
    const buttons = one("p", "", { className: "row" });
    const act = (label, work) => {
      const button = one("button", label, { type: "button", className: "tiny" });
      button.append(one("span", `: ${person.name}`, { className: "sr" }));
      button.addEventListener("click", work);
      buttons.append(button);
    };
    if (since) {
      act(say.takeBack, async () => {
        await undo({ person: Number(person.key.slice(1)) }, person.key);
        show();
      });
    } else {
      act(say.letIn, async () => {
        search.close();
        await scan(person);
      });
    }
    act(say.correct, () => correct(person));
    item.append(name, one("span", [person.organisation, state].filter(Boolean).join(" · "), { className: "small" }), buttons);
    return item;
  }

  function show() {
    const found = list.search(field.value);
    part("search-found").replaceChildren(...found.map(row));
    part("search-none").hidden = Boolean(found.length) || field.value.trim().length < 2;
  }

  function correct(person) {
    const dialog = part("rename");
    const { given: first, family } = dialog.querySelector("form").elements;
    const [head, ...rest] = person.name.split(" ");
    [first.value, family.value] = [head, rest.join(" ")];
    dialog.querySelector("form").onsubmit = async () => {
      const name = `${first.value} ${family.value}`.trim();
      if (!name || name === person.name) return;
      person.name = name;
      await report("rename", { person: Number(person.key.slice(1)), given: first.value.trim(), family: family.value.trim() });
      show();
    };
    dialog.showModal();
  }

  field.addEventListener("input", show);
  part("search-open").addEventListener("click", () => {
    field.value = "";
    show();
    search.showModal();
  });
}
