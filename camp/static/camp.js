// Small comforts on every page. Each page works without them: forms post, links lead, messages stand in the page.
"use strict";

(() => {
  const TOAST_MS = 10000;

  const toasts = document.getElementById("toasts");
  const token = () => document.querySelector("meta[name=csrf-token]").content;

  // A toast goes after ten seconds, but never while somebody points at it or stands in it with the keyboard.
  function dismissLater(toast) {
    let timer;
    const stop = () => clearTimeout(timer);
    const start = () => {
      stop();
      timer = setTimeout(() => (toast.matches(":hover, :focus-within") ? start() : toast.remove()), TOAST_MS);
    };
    toast.addEventListener("pointerenter", stop);
    toast.addEventListener("pointerleave", start);
    toast.addEventListener("focusin", stop);
    toast.addEventListener("focusout", start);
    start();
  }

  // Toasts come with the page, with fragments and from here; whichever way, each gets its clock once. Errors get none.
  function watchToasts() {
    if (!toasts) return;
    const seen = new WeakSet();
    const look = () => toasts.querySelectorAll(".toast:not(.bad)").forEach((toast) => {
      if (seen.has(toast)) return;
      seen.add(toast);
      dismissLater(toast);
    });
    new MutationObserver(look).observe(toasts, { childList: true });
    look();
  }

  // Readers announce what changes in a live region, not what stood there when the page came; so put it in once more.
  function sayAgain(region) {
    const nodes = [...region.childNodes];
    if (!region.textContent.trim()) return;
    setTimeout(() => region.replaceChildren(...nodes), 200);
  }

  // An error stays until it is put away.
  function sayError(text) {
    if (!toasts) return;
    const toast = document.createElement("div");
    toast.className = "toast bad";
    const line = document.createElement("p");
    line.textContent = text;
    const close = document.createElement("button");
    close.type = "button";
    close.className = "tiny";
    close.textContent = toasts.dataset.close;
    close.addEventListener("click", () => toast.remove());
    toast.append(line, close);
    toasts.append(toast);
  }

  function takeFocus(root) {
    const target = root.matches?.("[data-focus]") ? root : root.querySelector("[data-focus]");
    target?.focus();
  }

  // Ask first: the question, what follows from it, and the verb come from the button.
  function ask(button) {
    const dialog = document.getElementById("confirm");
    const [title, text] = [dialog.querySelector("h2"), dialog.querySelector("p")];
    const yes = dialog.querySelector("[value=yes]");
    title.textContent = button.dataset.confirm;
    text.textContent = button.dataset.confirmText || "";
    text.hidden = !text.textContent;
    yes.textContent = button.dataset.confirmYes || button.textContent.trim();
    yes.onclick = () => {
      dialog.close();
      button.dataset.confirmed = "yes";
      button.click();
    };
    dialog.querySelector("[value=no]").onclick = () => dialog.close();
    dialog.showModal();
    dialog.querySelector("[value=no]").focus();
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-confirm]");
    if (!button) return;
    if (button.dataset.confirmed) {
      delete button.dataset.confirmed;
      return;
    }
    event.preventDefault();
    event.stopImmediatePropagation();
    ask(button);
  }, true);

  // With the keyboard a select changes at every arrow key: there only Enter or the button sends the form.
  let keyed = false;
  document.addEventListener("keydown", () => { keyed = true; }, true);
  document.addEventListener("pointerdown", () => { keyed = false; }, true);
  document.addEventListener("change", (event) => {
    const form = event.target.form;
    if (form?.matches("[data-autosubmit]") && !keyed && event.target.matches("select, [type=checkbox], [type=radio]")) form.requestSubmit();
  });

  document.addEventListener("htmx:configRequest", (event) => {
    if (event.detail.verb !== "get") event.detail.headers["X-CSRFToken"] = token();
  });
  document.addEventListener("htmx:load", (event) => {
    if (event.detail.elt !== document.body) takeFocus(event.detail.elt);
  });
  document.addEventListener("htmx:responseError", () => sayError(toasts?.dataset.failed));
  document.addEventListener("htmx:sendError", () => sayError(toasts?.dataset.offline));

  document.querySelectorAll("[data-again]").forEach(sayAgain);
  watchToasts();
  takeFocus(document);
})();
