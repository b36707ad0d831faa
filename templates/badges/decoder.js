// Reads QR codes in pictures of the camera, beside the page so that it never stutters. Everything is loaded from our own host.
"use strict";

importScripts({{ url_for('static', filename='vendor/zxing-wasm-3.1.4/zxing_reader.js')|tojson }});

const WASM = {{ url_for('static', filename='vendor/zxing-wasm-3.1.4/zxing_reader.wasm')|tojson }};
const ready = ZXingWASM.prepareZXingModule({
  overrides: { locateFile: () => new URL(WASM, self.location).href },
  fireImmediately: true,
});
ready.then(() => postMessage({ state: "ready" }), () => postMessage({ state: "failed" }));

const OPTIONS = { formats: ["QRCode"], maxNumberOfSymbols: 1, tryInvert: false };
const read = (picture) => ZXingWASM.readBarcodes(picture, OPTIONS);

onmessage = async ({ data }) => {
  let text = "";
  let bare = Boolean(data.frame); // its points cannot be had
  try {
    const whole = await grey(data);
    bare = false;
    const half = halved(whole);
    let found = await read(coloured(half));
    if (!found.length) found = await read(sharpened(whole, half));
    if (found.length) [{ text }] = found;
  } catch { /* the next picture is near */ }
  postMessage({ state: "read", text, bare });
};

// A picture is its points, from black (0) to white (255), line by line.
async function grey({ frame, pixels, width, height }) {
  if (pixels) {
    const [colours, points] = [new Uint8Array(pixels), new Uint8Array(width * height)];
    for (let at = 0; at < points.length; at += 1) points[at] = colours[4 * at + 1]; // green stands for grey
    return { points, width, height };
  }
  try {
    const points = new Uint8Array(frame.allocationSize());
    await frame.copyTo(points); // brightness comes first
    return { points, width: frame.visibleRect.width, height: frame.visibleRect.height };
  } finally {
    frame.close();
  }
}

// For dim halls, where noise hides the code: each point the mean of 2 by 2.
function halved({ points, width, height }) {
  const half = { points: new Uint8Array((width >> 1) * (height >> 1)), width: width >> 1, height: height >> 1 };
  for (let y = 0, at = 0; y < half.height; y += 1) {
    for (let x = 0, from = 2 * y * width; x < half.width; x += 1, from += 2, at += 1) {
      half.points[at] = (points[from] + points[from + 1] + points[from + width] + points[from + width + 1]) >> 2;
    }
  }
  return half;
}

// For unsteady hands: smoothed as well, then twice as far from what is around it, which takes back some of a blur
// (unsharp masking). What is around it: 6 by 6.
function sharpened({ points, width, height }, half) {
  const around = meant(half);
  const picture = new Uint32Array(width * height);
  for (let y = 0; y < height - 1; y += 1) {
    for (let x = 0, at = y * width, far = (y >> 1) * half.width; x < width - 1; x += 1, at += 1) {
      const smooth = (points[at] + points[at + 1] + points[at + width] + points[at + width + 1]) >> 2;
      const sharp = 2 * smooth - around[far + (x >> 1)];
      picture[at] = 0xff000000 | (sharp < 0 ? 0 : sharp > 255 ? 255 : sharp) * 0x010101;
    }
  }
  return { data: new Uint8ClampedArray(picture.buffer), width, height };
}

// Each point the mean of 3 by 3. The first and the last line stay black; at the sides, points from the other side are in the mean.
function meant({ points, width, height }) {
  const found = new Uint8Array(points.length);
  for (let at = width + 1, end = width * (height - 1) - 1; at < end; at += 1) {
    const [above, below] = [at - width, at + width];
    found[at] = (points[above - 1] + points[above] + points[above + 1] + points[at - 1] + points[at] + points[at + 1]
      + points[below - 1] + points[below] + points[below + 1]) / 9;
  }
  return found;
}

// As the reader wants it.
function coloured({ points, width, height }) {
  const picture = new Uint32Array(points.length);
  for (let at = 0; at < points.length; at += 1) picture[at] = 0xff000000 | points[at] * 0x010101;
  return { data: new Uint8ClampedArray(picture.buffer), width, height };
}
