// Reads QR codes in pictures of the camera, beside the page so that it never stutters. Everything is loaded from our own host.
"use strict";

importScripts("vendor/zxing-wasm-3.1.4/zxing_reader.js");

const ready = ZXingWASM.prepareZXingModule({
  overrides: { locateFile: () => new URL("vendor/zxing-wasm-3.1.4/zxing_reader.wasm", self.location).href },
  fireImmediately: true,
});
ready.then(() => postMessage({ state: "ready" }), () => postMessage({ state: "failed" }));

onmessage = async ({ data }) => {
  try {
    const picture = new ImageData(new Uint8ClampedArray(data.pixels), data.width, data.height);
    const found = await ZXingWASM.readBarcodes(picture, { formats: ["QRCode"], maxNumberOfSymbols: 1 });
    postMessage({ state: "read", text: found.length ? found[0].text : "" });
  } catch {
    postMessage({ state: "read", text: "" });
  }
};
