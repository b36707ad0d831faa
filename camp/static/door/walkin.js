// People who come without being registered: a name, and the blank badge whose code is scanned next.

import { codeIn } from "./decide.js";

export function showWalkIn({ part, given, sync, report, wants, remember, hashOf, stand }) {
  const walkIn = part("walk-in");
  const form = walkIn.querySelector("form");
  part("walk-in-open").addEventListener("click", () => {
    form.reset();
    wants((code) => { form.elements.text.value = code; });
    walkIn.show();
    form.elements.given.focus();
  });
  walkIn.addEventListener("close", () => wants(null));
  form.addEventListener("submit", async (event) => {
    if (event.submitter?.value === "no") return;
    const { given: first, family, email, text } = form.elements;
    const name = `${first.value} ${family.value}`.trim();
    if (!name) {
      event.preventDefault();
      first.focus();
      return;
    }
    const code = codeIn(text.value, given.host);
    const made = await report("walk-in", { given: first.value, family: family.value, email: email.value, text: code, decision: "admitted" });
    await remember(code ? await hashOf(code) : made.id, { at: sync.now(), id: made.id, name });
    await stand();
  });
}
