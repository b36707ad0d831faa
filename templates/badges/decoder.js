// Reads QR codes in pictures of the camera, beside the page so that it never stutters. Everything is loaded from our own host.
"use strict";

importScripts({{ url_for('static', filename='vendor/zxing-wasm-3.1.4/zxing_reader.js')|tojson }});

const WASM = {{ url_for('static', filename='vendor/zxing-wasm-3.1.4/zxing_reader.wasm')|tojson }};
const ready = ZXingWASM.prepareZXingModule({
  overrides: { locateFile: () => new URL(WASM, self.location).href },
  fireImmediately: true,
});
ready.then(() => postMessage({ state: "ready" }), () => postMessage({ state: "failed" }));

const OPTIONS = { formats: ["QRCode"], maxNumberOfSymbols: 1 };
let odd = false;

onmessage = async ({ data }) => {
  try {
    const pixels = new Uint8ClampedArray(data.pixels);
    let found = await ZXingWASM.readBarcodes(new ImageData(pixels, data.width, data.height), OPTIONS);
    odd = !odd;
    if (!found.length && odd) { // dim halls: noise hides the code until it is smoothed
      found = await ZXingWASM.readBarcodes(smoothed(pixels, data.width, data.height), OPTIONS);
    }
    postMessage({ state: "read", text: found.length ? found[0].text : "" });
  } catch {
    postMessage({ state: "read", text: "" });
  }
};

// Grey, at half the size: each point is the mean of 4 by 4 around it.
function smoothed(pixels, width, height) {
  const [across, down] = [(width >> 1) - 1, (height >> 1) - 1];
  const made = new Uint8ClampedArray(across * down * 4);
  for (let y = 0; y < down; y += 1) {
    for (let x = 0; x < across; x += 1) {
      let sum = 0;
      for (let row = 0; row < 4; row += 1) {
        const start = ((2 * y + row) * width + 2 * x) * 4 + 1; // green stands for grey
        sum += pixels[start] + pixels[start + 4] + pixels[start + 8] + pixels[start + 12];
      }
      const at = (y * across + x) * 4;
      made[at] = made[at + 1] = made[at + 2] = sum >> 4;
      made[at + 3] = 255;
    }
  }
  return new ImageData(made, across, down);
}
