// Cards for voting: keys and swipes press the buttons that stand on the page.
"use strict";

(() => {
  const FAR = 80; // pixels that a finger goes before it is a swipe

  const press = (key) => document.querySelector(`#card [data-key="${key}"]`)?.click();
  const typing = (target) => target.closest("input, textarea, select, [contenteditable]");

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    if (["0", "1", "u", "U"].includes(event.key)) press(event.key.toLowerCase());
  });

  let from = null;
  document.addEventListener("touchstart", (event) => {
    const touch = event.touches[0];
    from = event.touches.length === 1 && event.target.closest("[data-card]") ? [touch.clientX, touch.clientY] : null;
  }, { passive: true });
  document.addEventListener("touchend", (event) => {
    if (!from) return;
    const [across, down] = [event.changedTouches[0].clientX - from[0], event.changedTouches[0].clientY - from[1]];
    from = null;
    if (Math.abs(across) > FAR && Math.abs(across) > 2 * Math.abs(down)) press(across > 0 ? "1" : "0");
  }, { passive: true });
})();
