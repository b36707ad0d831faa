// A phone that becomes a door: the code stands behind the # of the address that the organiser's screen shows as QR.

const page = document.querySelector("[data-ready-page]");
const unsafe = page.querySelector("[data-unsafe]");
if (!window.isSecureContext && unsafe) unsafe.hidden = false;
const form = page.querySelector("[data-pair]");

function take() {
  const code = decodeURIComponent(location.hash.slice(1));
  if (!form || !/^[0-9A-Za-z]{8}$/.test(code)) return;
  form.elements.code.value = code;
  history.replaceState(null, "", location.pathname);
  form.querySelector("button").focus();
}

take();
addEventListener("hashchange", take); // the page was open already when the QR was scanned
