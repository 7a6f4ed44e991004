/* The inbox by keyboard: J and K go from one suggestion to the next, a letter chooses a button, Enter presses
   it. Without this all works as forms do. */
"use strict";
(() => {
  const REMEMBERED = "keten-letters";
  const entries = [...document.querySelectorAll("[data-entry]")];
  const letters = document.getElementById("letters");
  if (!entries.length || !letters) return;
  letters.checked = localStorage.getItem(REMEMBERED) !== "off";
  letters.addEventListener("change", () =>
    localStorage.setItem(REMEMBERED, letters.checked ? "on" : "off"));
  const current = () => entries.findIndex((entry) => entry.contains(document.activeElement));
  const go = (to) => entries[Math.max(0, Math.min(entries.length - 1, to))].querySelector("h2").focus();
  document.addEventListener("keydown", (event) => {
    const on = document.activeElement;
    const at = current();
    if (event.key === "Escape" && on?.name === "reason") { go(at); return; }
    const isTyping = on && (on.tagName === "TEXTAREA" || on.tagName === "SELECT" ||
      (on.tagName === "INPUT" && !["checkbox", "radio"].includes(on.type)));
    if (isTyping || event.ctrlKey || event.metaKey || event.altKey || !letters.checked) return;
    const key = event.key.toLowerCase();
    if (key === "j") go(at + 1);
    else if (key === "k") go(at - 1);
    else if (["a", "d", "r"].includes(key)) {
      const entry = entries[Math.max(0, at)];
      entry.querySelector(key === "r" ? 'input[name="reason"]' : `[data-key="${key}"]`)?.focus();
    } else return;
    event.preventDefault();
  });
})();
