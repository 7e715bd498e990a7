"use strict";
(() => {
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const form = document.querySelector(".filters"), { week, q, person } = form.elements;
  const reset = form.querySelector("[type=reset]"), status = form.querySelector("[role=status]");
  const selects = all("select", form), boxes = new Map();
  const fold = text => text.toLowerCase().normalize("NFD").replace(/[\u0300-\u036f]/g, "");
  const rows = all("main [data-f]").map(at => ({ at, has: new Set(at.dataset.f.split(" ")), load: !!at.closest(".load") }));
  for (const { at } of rows) {
    const box = at.parentElement.closest("[data-f]");
    if (box) (boxes.get(box) ?? boxes.set(box, []).get(box)).push(at);
  }
  const initially = new Map(all("details").map(box => [box, box.open]));
  const weekly = () => week.getAttribute("aria-pressed") === "true";
  const hide = (at, hidden) => { if (at.hidden !== hidden) at.hidden = hidden; };
  const unfold = (box, open) => { if (box.open !== (open ||= initially.get(box))) box.open = open; };

  function apply() {
    const wanted = selects.map(select => select.value).filter(Boolean), people = wanted.filter(token => token[0] === "w");
    const words = fold(q.value.trim()), active = wanted.length > 0 || words !== "", narrow = active || weekly();
    for (const row of rows)
      hide(row.at, !((row.load ? people : wanted).every(token => row.has.has(token))
        && (row.load || !words || (row.text ??= fold(row.at.textContent)).includes(words))));
    const held = [...boxes].map(([box, inside]) => [box, inside.filter(at => !at.hidden).length]);
    const few = active && held.reduce((sum, [, found]) => sum + found, 0) < 100;
    for (const [box, found] of held) {
      hide(box, !found);
      unfold(box, few);
    }
    const left = (within, selector) => all(selector, within).filter(at => !at.hidden).length;
    const said = [document.getElementById("projects").ariaLabel + " " + left(document, ".line")];
    for (const list of all(".list")) {
      const count = list.querySelector(".count"), found = left(list, "li"), rest = list.querySelector(".rest");
      count.textContent = found + (narrow ? 0 : +count.dataset.more);
      list.querySelector(".none").hidden = found > 0;
      if (rest) rest.firstElementChild.hidden = narrow;
      if (!list.closest(".beyond")) said.push(list.querySelector("h2").firstChild.textContent + " " + found);
    }
    for (const box of all(".rest")) unfold(box, narrow);
    for (const box of all(".fold")) {
      box.hidden = !left(box, ".line");
      unfold(box, active);
    }
    for (const box of all("details.remarks")) {
      const found = left(box, "li");
      box.hidden = active && !found;
      box.querySelector(".count").textContent = active ? found : box.dataset.n;
    }
    for (const note of all(".nothing")) {
      const held = all("[data-f]", note.closest("section"));
      note.hidden = !active || !held.length || held.some(at => !at.hidden);
    }
    document.body.classList.toggle("weekly", weekly());
    for (const select of selects) select.classList.toggle("on", select.value !== "");
    for (const note of all("#load h2 small")) note.hidden = active;
    reset.hidden = !narrow;
    status.textContent = narrow ? said.join(", ") : "";
    const state = new URLSearchParams();
    for (const select of selects) if (select.value) state.set(select.name, select.selectedOptions[0].textContent);
    if (q.value) state.set("q", q.value);
    if (weekly()) state.set("week", "1");
    history.replaceState(null, "", state.size ? "#" + state : location.pathname + location.search);
  }

  function press(on) {
    week.setAttribute("aria-pressed", on);
    apply();
  }

  function restore() {
    const state = new URLSearchParams(location.hash.slice(1));
    for (const select of selects)
      select.value = [...select.options].find(option => option.value && option.textContent === state.get(select.name))?.value ?? "";
    q.value = state.get("q") ?? "";
    press(state.has("week"));
  }

  form.hidden = false;
  form.addEventListener("submit", event => event.preventDefault());
  form.addEventListener("input", apply);
  form.addEventListener("reset", () => setTimeout(() => {
    if (document.activeElement === reset) q.focus();
    press(false);
  }));
  week.addEventListener("click", () => {
    press(!weekly());
    if (weekly() && person && !person.value) person.focus();
  });
  addEventListener("keydown", event => {
    const typing = /INPUT|SELECT/.test(event.target.tagName);
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      q.focus();
    } else if (event.key === "Escape" && (!typing || event.target === q)) form.reset();
  });
  addEventListener("hashchange", () => document.getElementById(location.hash.slice(1)) ? apply() : restore());
  let folded = [];
  addEventListener("beforeprint", () => {
    folded = all(":is(.fold,.rest,.remarks):not([open])").filter(box => all(":scope>.line,:scope>ul>li,tr", box).length < 20);
    for (const box of folded) box.open = true;
  });
  addEventListener("afterprint", () => { for (const box of folded) box.open = false; });
  if (location.hash.includes("=")) restore();
})();
