"use strict";
(() => {
  const form = document.querySelector(".filters"), week = form.elements.week, reset = form.querySelector("[type=reset]");
  const selects = [...form.querySelectorAll("select")], query = form.elements.q;
  const rows = [...document.querySelectorAll("main [data-f]")];
  const fold = text => text.toLowerCase().normalize("NFD").replace(/[\u0300-\u036f]/g, "");
  const seen = new Map(rows.map(row => [row, new Set(row.dataset.f.split(" "))]));
  const texts = new Map();
  const text = row => texts.get(row) ?? texts.set(row, fold(row.textContent)).get(row);
  const initially = new Map([...document.querySelectorAll("details")].map(box => [box, box.open]));

  function apply() {
    const wanted = selects.map(select => select.value).filter(Boolean);
    const words = fold(query.value.trim()), weekly = week.getAttribute("aria-pressed") === "true";
    const active = wanted.length > 0 || words !== "";
    const listed = row => row.closest(".list");
    for (const row of rows) {
      const tokens = seen.get(row);
      const person = row.closest(".load");
      const asked = person ? wanted.filter(token => token[0] === "w") : wanted;
      let shown = asked.every(token => tokens.has(token)) && (person || words === "" || text(row).includes(words));
      if (weekly && listed(row) && !tokens.has("t")) shown = false;
      row.hidden = !shown;
    }
    for (const list of document.querySelectorAll(".list")) {
      const entries = [...list.querySelectorAll("li")], left = entries.filter(entry => !entry.hidden).length;
      const count = list.querySelector(".count"), more = active || weekly ? 0 : +count.dataset.more;
      count.textContent = left + more;
      list.querySelector(".none").hidden = left > 0;
      const rest = list.querySelector(".rest");
      if (rest) { rest.open = active || weekly || initially.get(rest); rest.querySelector("summary").hidden = active || weekly; }
    }
    for (const box of document.querySelectorAll(".fold")) {
      box.hidden = !box.querySelector(".line:not([hidden])");
      box.open = active || initially.get(box);
    }
    for (const box of document.querySelectorAll("details.remarks")) {
      const left = box.querySelectorAll("li:not([hidden])").length;
      box.hidden = active && left === 0;
      box.querySelector(".count").textContent = active ? left : box.dataset.n;
    }
    document.body.classList.toggle("weekly", weekly);
    for (const select of selects) select.classList.toggle("on", select.value !== "");
    for (const note of document.querySelectorAll("#load h2 small")) note.hidden = active;
    reset.hidden = !active && !weekly;
    const state = new URLSearchParams();
    for (const select of selects) if (select.value) state.set(select.name, select.selectedOptions[0].textContent);
    if (query.value) state.set("q", query.value);
    if (weekly) state.set("week", "1");
    history.replaceState(null, "", state.size ? "#" + state : location.pathname + location.search);
  }

  function restore() {
    const state = new URLSearchParams(location.hash.slice(1));
    for (const select of selects)
      select.value = [...select.options].find(option => option.value && option.textContent === state.get(select.name))?.value ?? "";
    query.value = state.get("q") ?? "";
    week.setAttribute("aria-pressed", String(state.has("week")));
    apply();
  }

  form.hidden = false;
  form.addEventListener("submit", event => event.preventDefault());
  form.addEventListener("input", apply);
  form.addEventListener("reset", () => setTimeout(() => { week.setAttribute("aria-pressed", "false"); apply(); }));
  week.addEventListener("click", () => {
    week.setAttribute("aria-pressed", String(week.getAttribute("aria-pressed") !== "true"));
    apply();
  });
  addEventListener("hashchange", restore);
  let folded = [];
  addEventListener("beforeprint", () => {
    folded = [...document.querySelectorAll("details:not([open])")];
    for (const box of folded) box.open = true;
  });
  addEventListener("afterprint", () => { for (const box of folded) box.open = false; });
  if (location.hash.includes("=")) restore();
})();
