// The camera: up to nine pictures a second to a reader beside the page; the browser's own reader first, where there is one.

const EVERY_MS = 110; // from one look to the next, and …
const REST_MS = 15; // … at least so long after the answer, so that the page stays quick on a slow phone
const SAME_CODE_MS = 4000; // a badge that stays in view is one scan

export function makeCamera({ part, texts, decoder, notice }) {
  const video = part("finder").querySelector("video");
  const canvas = document.createElement("canvas");
  const brush = canvas.getContext("2d", { willReadFrequently: true });
  let worker = null;
  let own = null; // BarcodeDetector
  let seen = { text: "", at: 0 };
  let looked = 0; // when
  let painted = false; // this browser gives no points of a frame

  function found(text) {
    const now = performance.now();
    const same = text === seen.text && now - seen.at < SAME_CODE_MS;
    if (same) seen.at = now;
    else if (notice(text)) seen = { text, at: now };
  }

  function stop(why) {
    worker?.terminate();
    worker = null;
    video.srcObject?.getTracks().forEach((track) => track.stop());
    part("finder").hidden = part("torch").hidden = true;
    part("start").hidden = false;
    part("trouble").textContent = why;
  }

  const again = () => setTimeout(look, Math.max(REST_MS, EVERY_MS - (performance.now() - looked)));

  // The picture as the camera made it, where it can be had: to turn it into colours costs a slow phone more than to read it.
  function take() {
    if (!painted && "VideoFrame" in window) {
      const frame = new VideoFrame(video);
      if (/^(I4\d\dA?|NV\d\d)$/.test(frame.format)) return [{ frame }, [frame]];
      frame.close();
    }
    [canvas.width, canvas.height] = [video.videoWidth, video.videoHeight];
    brush.drawImage(video, 0, 0);
    const { data, width, height } = brush.getImageData(0, 0, canvas.width, canvas.height);
    return [{ pixels: data.buffer, width, height }, [data.buffer]];
  }

  async function look() {
    if (!worker) return;
    looked = performance.now();
    if (!video.videoWidth) return void again();
    if (own) {
      const codes = await own.detect(video).catch(() => []);
      if (codes.length) {
        found(codes[0].rawValue);
        return void again();
      }
    }
    try {
      worker?.postMessage(...take());
    } catch { again(); } // no picture at this moment
  }

  function torch(track) {
    part("torch").hidden = !track.getCapabilities?.().torch;
    let lit = false;
    part("torch").onclick = async () => {
      await track.applyConstraints({ advanced: [{ torch: !lit }] }).then(() => { lit = !lit; }, () => {});
      part("torch").setAttribute("aria-pressed", String(lit));
    };
  }

  async function stayAwake() {
    try {
      await navigator.wakeLock?.request("screen");
    } catch { /* the screen may go dark */ }
  }
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && worker && stayAwake());

  return {
    possible: Boolean(window.isSecureContext && navigator.mediaDevices?.getUserMedia),
    stop,

    async start() {
      const button = part("start");
      button.disabled = true;
      part("trouble").textContent = "";
      stayAwake();
      try {
        const stream = await navigator.mediaDevices.getUserMedia({
          audio: false, video: { facingMode: { ideal: "environment" }, width: { ideal: 1280 }, height: { ideal: 720 } },
        });
        const kinds = "BarcodeDetector" in window ? await BarcodeDetector.getSupportedFormats().catch(() => []) : [];
        own = kinds.includes("qr_code") ? new BarcodeDetector({ formats: ["qr_code"] }) : null;
        part("finder").hidden = false;
        button.hidden = true;
        video.srcObject = stream;
        const [track] = stream.getVideoTracks();
        track.addEventListener("ended", () => stop(texts.refused));
        torch(track);
        await video.play();
        worker = new Worker(decoder);
        worker.onerror = () => stop(texts.noDecoder);
        worker.onmessage = ({ data }) => {
          if (data.state === "failed") return stop(texts.noDecoder);
          if (data.bare) painted = true;
          if (data.text) found(data.text);
          return void again();
        };
      } catch {
        stop(texts.refused);
      }
      button.disabled = false;
    },
  };
}
