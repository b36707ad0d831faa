// Typing, and hand scanners that type without a field.

const TOGETHER_MS = 500;

export function listen(form, check) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const field = event.target.elements.text;
    check(field.value);
    field.value = "";
  });

  let keyed = { text: "", at: 0 };
  document.addEventListener("keydown", (event) => {
    if (event.target.matches("input, textarea") || event.ctrlKey || event.metaKey || event.altKey) return;
    const fresh = performance.now() - keyed.at < TOGETHER_MS ? keyed.text : "";
    if (event.key === "Enter" && fresh.length >= 8) {
      event.preventDefault(); // a scanner's Enter must not press the button that has the focus
      keyed = { text: "", at: 0 };
      check(fresh);
    } else if (event.key.length === 1) {
      keyed = { text: fresh + event.key, at: performance.now() };
    }
  }, true);
}
