// People who come without being registered: a name, and the blank badge whose code is scanned next, which lets them in.

import { codeIn } from "./decide.js";
import { hashOf } from "./list.js";

export function makeWalkIn({ part, given, say, report, list, taken, welcome, wants }) {
  const walkIn = part("walk-in");
  const form = walkIn.querySelector("form");
  const { given: first, family, email, text } = form.elements;
  const trouble = part("walk-in-trouble");
  let storing = false; // nobody is stored twice

  async function scanned(code) {
    const hash = await hashOf(code);
    trouble.textContent = taken(hash) ? say.notBlank : "";
    if (taken(hash)) return;
    text.value = code;
    if (list.ofHash(hash) && first.value.trim()) form.requestSubmit();
  }

  function open(code = "") {
    form.reset();
    trouble.textContent = "";
    text.value = code;
    wants(scanned);
    walkIn.show();
    first.focus();
  }

  part("walk-in-open").addEventListener("click", () => open());
  part("walk-in-close").addEventListener("click", () => walkIn.close());
  walkIn.addEventListener("close", () => wants(null));
  walkIn.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const field = event.target;
    const at = [first, family, email].indexOf(field);
    if (event.key === "Escape") walkIn.close();
    if (event.key !== "Enter" || at < 0) return;
    event.preventDefault(); // on to the next field: only behind the code somebody is let in
    const [typed] = /https?:\/\/\S+$|$/i.exec(field.value); // by a hand scanner; 16 bare letters may be a name
    const code = codeIn(typed, given.host);
    if (code) {
      field.value = field.value.slice(0, -typed.length);
      scanned(code);
    } else [family, email, text][at].focus();
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault(); // it closes when the person is stored
    if (storing) return;
    const name = `${first.value} ${family.value}`.trim();
    if (!name) {
      first.focus();
      return;
    }
    const code = codeIn(text.value, given.host);
    const values = { given: first.value, family: family.value, email: email.value, text: code, decision: "admitted" };
    let hash;
    let made;
    storing = true;
    try {
      hash = code && await hashOf(code);
      if (taken(hash)) {
        trouble.textContent = say.notBlank;
        text.select(); // the next scan takes its place
        return;
      }
      made = await report("walk-in", values);
    } catch (error) {
      trouble.textContent = say.full;
      console.warn(error);
      return;
    } finally {
      storing = false;
    }
    walkIn.close();
    await welcome(made, hash || made.id, name);
  });
  return { open };
}
