// What the server has not named yet, for an organiser at the desk: as QR codes that the desk's camera reads, and as text
// to paste. No name but that of walk-ins.

import { pagesOf } from "./pages.js";

const EACH_MS = 900; // one code after the other
const SVG = "http://www.w3.org/2000/svg";
const QUIET = 4;

// A text as one path of dark modules. The maker of codes is loaded when it is needed.
async function drawn(text) {
  const { default: qrcode } = await import("../vendor/qrcode-generator-2.0.4/qrcode.js");
  const code = qrcode(0, "L");
  code.addData(text, "Alphanumeric");
  code.make();
  const side = code.getModuleCount();
  let path = "";
  for (let y = 0; y < side; y += 1) for (let x = 0; x < side; x += 1) if (code.isDark(y, x)) path += `M${x + QUIET} ${y + QUIET}h1v1h-1z`;
  const picture = document.createElementNS(SVG, "svg");
  picture.setAttribute("viewBox", `0 0 ${side + 2 * QUIET} ${side + 2 * QUIET}`);
  picture.setAttribute("aria-hidden", "true");
  const dark = document.createElementNS(SVG, "path");
  dark.setAttribute("d", path);
  dark.setAttribute("shape-rendering", "crispEdges");
  picture.append(dark);
  return picture;
}

function showCodes({ part, fill, say, pages }) {
  let at = 0;
  let turning = 0;
  async function show(next) {
    at = (next + pages.length) % pages.length;
    part("rescue-code").replaceChildren(await drawn(pages[at]));
    part("rescue-page").textContent = fill(say.page, { number: at + 1, all: pages.length });
  }
  function turn(wish) {
    clearInterval(turning);
    turning = wish ? setInterval(() => show(at + 1), EACH_MS) : 0;
    part("rescue-turn").setAttribute("aria-pressed", String(wish));
  }
  part("rescue-back").onclick = () => { turn(false); show(at - 1); };
  part("rescue-next").onclick = () => { turn(false); show(at + 1); };
  part("rescue-turn").onclick = () => turn(!turning);
  part("rescue-dialog").onclose = () => turn(false);
  part("rescue-steps").hidden = pages.length < 2;
  return show(0);
}

export async function showRescue({ part, given, fill, say, queue }) {
  const lines = [JSON.stringify({ camp: given.camp, device: given.device }), ...queue.map((one) => JSON.stringify(one))];
  const text = part("rescue-text");
  text.value = lines.join("\n");
  part("rescue-copy").onclick = async () => {
    await navigator.clipboard?.writeText(text.value).catch(() => {});
    text.select();
  };
  const file = part("rescue-file");
  file.href = URL.createObjectURL(new Blob([text.value], { type: "text/plain" }));
  file.download = `door-${given.camp}-${given.device}.txt`;
  part("rescue-dialog").showModal();
  try {
    await showCodes({ part, fill, say, pages: await pagesOf(text.value) });
    part("rescue-codes").hidden = false;
  } catch (error) { // a browser that cannot pack: the text is there
    part("rescue-codes").hidden = true;
    console.warn(error);
  }
}
