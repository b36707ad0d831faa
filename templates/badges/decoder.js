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

onmessage = async ({ data }) => {
  try {
    const picture = new ImageData(new Uint8ClampedArray(data.pixels), data.width, data.height);
    let found = await ZXingWASM.readBarcodes(picture, OPTIONS);
    if (!found.length && !data.whole) found = await ZXingWASM.readBarcodes(smoothed(picture), OPTIONS);
    postMessage({ state: "read", text: found.length ? found[0].text : "" });
  } catch {
    postMessage({ state: "read", text: "" });
  }
};

// For dim halls, where noise hides the code: grey, and each point the mean of 2 by 2.
function smoothed({ data, width, height }) {
  const points = new Uint32Array(data.buffer); // red, green, blue, all; green stands for grey
  for (let at = 0, end = width * (height - 1) - 1; at < end; at += 1) {
    const sum = (points[at] >> 8 & 255) + (points[at + 1] >> 8 & 255) + (points[at + width] >> 8 & 255) + (points[at + width + 1] >> 8 & 255);
    points[at] = 0xff000000 | (sum >> 2) * 0x010101;
  }
  return new ImageData(data, width, height);
}
