// The desk's keys, ticks and counts. Without it every row has its own button and links.

const desk = document.querySelector("[data-desk]");
if (desk) {
  const bar = document.querySelector("[data-bar]");
  const rows = Array.from(desk.querySelectorAll("[data-row]"));
  // A draft or a closed group has no box: there the focus stands on its name.
  const stops = rows.map((row) => row.querySelector(".tick") || row.querySelector("[data-name]"));
  const ticks = stops.filter((stop) => stop.type === "checkbox");
  const all = document.getElementById("all");
  const count = bar && bar.querySelector("[data-count]");
  const how = desk.elements.how;
  const still = bar && bar.querySelector("[type=submit]");

  // --- how many are selected ---
  const tell = () => {
    if (!bar) return;
    const chosen = ticks.filter((tick) => tick.checked).length;
    all.checked = chosen === ticks.length;
    all.indeterminate = chosen > 0 && chosen < ticks.length;
    count.textContent = count.dataset.count.replace("{count}", chosen);
    rows.forEach((row, at) => row.classList.toggle("on", Boolean(stops[at].checked)));
  };
  if (bar) all.addEventListener("change", () => { ticks.forEach((tick) => { tick.checked = all.checked; }); tell(); });
  desk.addEventListener("change", tell);
  document.querySelectorAll("[data-all], [data-keys]").forEach((part) => { part.hidden = false; });
  tell();

  // --- single keys, only while a row has the focus (WCAG 2.1.4) ---
  const go = (at) => { if (stops[at]) stops[at].focus(); };
  const act = {
    j: (at) => go(at + 1),
    k: (at) => go(at - 1),
    x: (at) => { if (ticks.includes(stops[at])) stops[at].click(); },
    e: (at) => { const edit = rows[at].querySelector("[data-edit]"); if (edit) edit.click(); },
    // What is selected, as the bar above has it; without a selection the row.
    v: (at) => {
      const button = ticks.some((tick) => tick.checked) ? still : rows[at].querySelector("[data-still]");
      if (!button) return;
      if (!how.value) { how.focus(); return; }
      desk.elements.row.value = at;
      desk.requestSubmit(button);
    },
  };
  desk.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.repeat && event.key === "v") return;
    const at = rows.indexOf(event.target.closest("[data-row]"));
    const done = act[event.key.toLowerCase()];
    if (at < 0 || !done) return;
    event.preventDefault();
    done(at);
  });

  // --- back after «still correct»: to the same place in the list, with the notice in sight and read aloud ---
  const back = /^#row-(\d+)$/.exec(location.hash);
  if (back) {
    const notices = document.querySelector(".notices");
    if (notices && bar) {
      bar.prepend(notices);
      setTimeout(() => { document.querySelector("[data-say]").textContent = notices.querySelector("p").textContent; }, 300);
    }
    // Once the browser has gone to the row itself, which would take the focus away again.
    addEventListener("load", () => setTimeout(() => go(Math.min(Number(back[1]), rows.length - 1)), 0));
  }
}
