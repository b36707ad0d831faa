// People who come without being registered: a name, and the blank badge whose code is scanned next, which lets them in.

import { codeIn } from "./decide.js";

export function makeWalkIn({ part, given, say, report, hashOf, welcome, wants }) {
  const walkIn = part("walk-in");
  const form = walkIn.querySelector("form");
  const { given: first, family, email, text } = form.elements;

  function scanned(code, one) {
    const taken = one && !one.key.startsWith("k");
    part("walk-in-trouble").textContent = taken ? say.notBlank : "";
    if (taken) return;
    text.value = code;
    if (one && first.value.trim()) form.requestSubmit();
  }

  function open(code = "") {
    form.reset();
    part("walk-in-trouble").textContent = "";
    text.value = code;
    wants(scanned);
    walkIn.show();
    first.focus();
  }

  part("walk-in-open").addEventListener("click", () => open());
  part("walk-in-close").addEventListener("click", () => walkIn.close());
  walkIn.addEventListener("close", () => wants(null));
  walkIn.addEventListener("keydown", (event) => {
    const at = [first, family, email].indexOf(event.target);
    if (event.key === "Escape") walkIn.close();
    if (event.key !== "Enter" || at < 0) return;
    event.preventDefault(); // on to the next field: only behind the code somebody is let in
    [family, email, text][at].focus();
  });
  form.addEventListener("submit", async (event) => {
    const name = `${first.value} ${family.value}`.trim();
    if (!name) {
      event.preventDefault();
      first.focus();
      return;
    }
    const code = codeIn(text.value, given.host);
    const made = await report("walk-in", { given: first.value, family: family.value, email: email.value, text: code, decision: "admitted" });
    await welcome(made, code ? await hashOf(code) : made.id, name);
  });
  return { open };
}
