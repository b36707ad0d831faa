// At the desk: the codes of a phone that could not send its scans, read by this computer's camera into the field below.

import { makeCamera } from "./door/camera.js";
import { makeCollector } from "./door/pages.js";

const box = document.querySelector("[data-rescued]");
const part = (name) => box.querySelector(`[data-${name}]`);
const fill = (text, values) => text.replace(/%\((\w+)\)s/g, (_, name) => values[name] ?? "");
const collector = makeCollector();

async function take(text) {
  const state = collector.add(text);
  if (!state) {
    part("trouble").textContent = box.dataset.other;
    return;
  }
  part("trouble").textContent = fill(box.dataset.progress, { have: state.have, all: state.all, missing: state.missing.slice(0, 12).join(", ") });
  if (state.missing.length) return;
  const field = box.querySelector("textarea");
  try {
    field.value = await collector.text();
  } catch {
    part("trouble").textContent = box.dataset.other;
    return;
  }
  camera.stop(box.dataset.whole);
  box.querySelector("button[type=submit]").focus();
}

const camera = makeCamera({ part, texts: { refused: box.dataset.refused, noDecoder: box.dataset.noDecoder }, decoder: box.dataset.decoder, notice: (text) => (take(text), true) });
part("start").hidden = !camera.possible;
part("start").addEventListener("click", () => camera.start());
