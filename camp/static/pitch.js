// The desk's clock, a choice of cell that stays, and dragging in the line as an extra to its buttons. Everything works
// without this file.
"use strict";

(() => {
  let began = Date.now();

  function show() {
    const clock = document.querySelector("[data-clock]");
    if (!clock) return;
    const left = Number(clock.dataset.clock) - ("runs" in clock.dataset ? Math.floor((Date.now() - began) / 1000) : 0);
    const [minutes, seconds] = [Math.floor(Math.abs(left) / 60), Math.abs(left) % 60];
    clock.textContent = `${left < 0 ? "−" : ""}${minutes}:${String(seconds).padStart(2, "0")}`;
  }

  // Dragging sends the same form as the buttons, with as many places as it was moved.
  let dragged = null;
  const rows = () => [...document.querySelectorAll(".queue li[data-turn]")];

  function offer() {
    rows().forEach((row) => { row.draggable = true; });
  }

  document.addEventListener("dragstart", (event) => {
    dragged = event.target.closest?.(".queue li[data-turn]") ?? null;
    if (dragged) event.dataTransfer.effectAllowed = "move";
  });
  document.addEventListener("dragover", (event) => {
    const over = dragged && event.target.closest?.(".queue li[data-turn]");
    rows().forEach((row) => row.classList.toggle("over", row === over && row !== dragged));
    if (over) event.preventDefault();
  });
  document.addEventListener("drop", (event) => {
    const over = dragged && event.target.closest?.(".queue li[data-turn]");
    if (!over || over === dragged) return;
    event.preventDefault();
    const form = document.createElement("form");
    form.method = "post";
    form.action = dragged.dataset.move;
    const values = {
      by: rows().indexOf(over) - rows().indexOf(dragged),
      order_number: dragged.closest("ol").dataset.order,
      csrf_token: document.querySelector("meta[name=csrf-token]").content,
    };
    for (const [name, value] of Object.entries(values)) {
      const field = document.createElement("input");
      [field.type, field.name, field.value] = ["hidden", name, value];
      form.append(field);
    }
    document.body.append(form);
    form.submit();
  });
  document.addEventListener("dragend", () => { dragged = null; rows().forEach((row) => row.classList.remove("over")); });

  // Cells that come while somebody chooses among the old ones: the choice and the focus stay.
  let chosen = null;
  document.addEventListener("htmx:beforeSwap", ({ detail: { target } }) => {
    if (target.id !== "cells") return;
    chosen = { value: target.querySelector("input:checked")?.value, here: target.contains(document.activeElement) };
  });
  function choose({ target }) {
    if (target.id !== "cells" || !chosen) return;
    const same = target.querySelector(`input[value="${chosen.value}"], input[data-key="${chosen.value}"]`);
    if (same) same.checked = true;
    if (chosen.here) target.querySelector("input:checked")?.focus();
  }
  document.addEventListener("htmx:afterSwap", choose); // at once: Enter may come before …
  document.addEventListener("htmx:afterSettle", choose); // … htmx sets the attributes anew

  document.addEventListener("htmx:load", (event) => {
    if (event.detail.elt.id === "watch") began = Date.now();
    show();
  });
  document.addEventListener("camp:fresh", offer);
  offer();
  show();
  setInterval(show, 250);
})();
