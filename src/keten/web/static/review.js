/* A queue by keyboard (pairs of records, projects and technologies): a letter chooses a button, Enter presses it. The next pair is fetched ahead,
   so that it stands there at once; what the server says of the ruling follows. Without this, all works as
   links and forms do. */
"use strict";
(() => {
  const REMEMBERED = "keten-letters";
  const find = (id, from = document) => from.getElementById(id);
  const pairOf = (from) => find("pair", from)?.dataset.pair ?? "";
  const keyed = (letter) => (letter === "r" ? "f-reason" : letter === "?" ? "help" : `key-${letter}`);
  const parse = (html) => new DOMParser().parseFromString(html, "text/html");
  let ahead = null; // a promise of the page after this one
  let turn = 0; // counts what was shown, so that a late answer is not put over a later page
  let sending = Promise.resolve(); // rulings reach the server in the order in which they were made

  const fetchAhead = () => {
    const link = find("next-pair");
    ahead = link
      ? fetch(link.href, { credentials: "same-origin" })
          .then((reply) => (reply.ok ? reply.text() : null))
          .catch(() => null)
      : null;
  };

  const begin = () => {
    const letters = find("letters");
    if (letters) {
      letters.checked = localStorage.getItem(REMEMBERED) !== "off";
      letters.addEventListener("change", () =>
        localStorage.setItem(REMEMBERED, letters.checked ? "on" : "off"));
    }
    find("judge")?.addEventListener("submit", send);
    fetchAhead();
  };

  const show = (page) => {
    turn += 1;
    find("main").replaceWith(document.adoptNode(find("main", page)));
    document.title = page.title;
    scrollTo(0, 0);
    begin();
    (find("pair-title") ?? find("main")).focus({ preventScroll: true });
  };

  /* Puts in what the server alone knows, and leaves what somebody may be reading or typing. */
  const mend = (page) => {
    for (const id of ["progress", "undo"]) {
      const [here, there] = [find(id), find(id, page)];
      if (!here || !there) continue;
      const held = here.contains(document.activeElement) ? document.activeElement.id : "";
      here.replaceWith(document.adoptNode(there));
      if (held) find(held)?.focus();
    }
  };

  const send = async (event) => {
    event.preventDefault();
    const form = event.target;
    const said = event.submitter;
    const fields = new URLSearchParams(new FormData(form, said));
    const words = `${said.textContent.trim().slice(1).trim()}: ${find("pair-title").textContent.trim()}`;
    for (const button of form.querySelectorAll("button")) button.disabled = true;
    const answer = (sending = sending.then(() =>
      fetch(form.action, { method: "POST", body: fields, credentials: "same-origin" }))
      .catch(() => null));
    const text = await ahead;
    if (text) show(parse(text));
    const now = turn;
    const reply = await answer;
    if (!reply) { location.reload(); return; }
    const page = parse(await reply.text());
    const isRight = reply.ok && find("progress", page);
    if (now !== turn && isRight) return;
    if (isRight && text && pairOf(page) === pairOf(document)) mend(page);
    else show(page);
    if (isRight) {
      history.replaceState(null, "", reply.url);
      const told = find("told");
      if (told) told.textContent = words;
    }
  };

  document.addEventListener("keydown", (event) => {
    const on = document.activeElement;
    const isTyping = on && (on.tagName === "TEXTAREA" || on.tagName === "SELECT" ||
      (on.tagName === "INPUT" && on.type !== "checkbox"));
    if (event.key === "Escape" && on?.id === "f-reason") { find("judge")?.querySelector("button")?.focus(); return; }
    if (isTyping || event.ctrlKey || event.metaKey || event.altKey || !find("letters")?.checked) return;
    const target = find(keyed(event.key.toLowerCase()));
    if (!target) return;
    event.preventDefault();
    if (target.id === "help") { target.open = true; target.querySelector("summary").focus(); return; }
    target.focus();
  });

  begin();
})();
