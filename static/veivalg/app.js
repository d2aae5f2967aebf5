// The site's own script. Every page works without it; nothing is kept in the browser.

const summary = document.getElementById("error-summary");
if (summary) summary.focus();

// On a phone the tabs are one line that scrolls: the page one is on stands in sight.
const tab = document.querySelector(".tabs [aria-current]");
if (tab) {
  const [line, here] = [tab.parentElement, tab.getBoundingClientRect()];
  line.scrollLeft += here.left - line.getBoundingClientRect().left - (line.clientWidth - here.width) / 2;
}
// Browsers leave alone what is in sight by half. Only for keys: under a mouse nothing may move.
document.querySelectorAll(".tabs, .scrolls").forEach((line) => line.addEventListener("focusin", ({ target }) => {
  if (target.matches(":focus-visible")) target.scrollIntoView({ block: "nearest", inline: "nearest" });
}));

// Once is enough: a second press on a slow line must not send the form again.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post") return;
  if (form.matches("[data-leave]")) leave(event);
  // After the browser has read which button was pressed.
  setTimeout(() => buttonsOf(form).forEach((button) => { button.disabled = true; }), 0);
});

addEventListener("pageshow", (event) => {
  document.querySelectorAll("form").forEach((form) => buttonsOf(form).forEach((button) => { button.disabled = false; }));
  // Back shows a remembered page without asking the server; ask it, the person may have left.
  if (event.persisted) location.replace(location.href);
});

function buttonsOf(form) {
  return Array.from(form.elements).filter((element) => element.type === "submit");
}

// Clear and leave: the page left behind is replaced in the history, so that Back does not lead to it.
function leave(event) {
  const form = event.target;
  event.preventDefault();
  fetch(form.action, { method: "POST", body: new FormData(form), credentials: "same-origin" })
    .then((answer) => (answer.ok && answer.redirected ? location.replace(answer.url) : form.submit()))
    .catch(() => form.submit());
}

// "None of these" and its like clear the other ticks of the question, and the other way round.
document.addEventListener("change", (event) => {
  const box = event.target;
  const question = box.type === "checkbox" && box.checked && box.closest("fieldset");
  if (!question) return;
  question.querySelectorAll("input[type=checkbox]").forEach((other) => {
    if (other !== box && (box.hasAttribute("data-exclusive") || other.hasAttribute("data-exclusive"))) other.checked = false;
  });
}, true);

// The server forgets the sign-in after some idle minutes; a screen nobody looks at forgets with it.
const idleMinutes = Number(document.body.dataset.idleMinutes);
if (idleMinutes) {
  let lastUse = Date.now();
  const used = () => { lastUse = Date.now(); };
  const look = () => { if (Date.now() - lastUse > idleMinutes * 60000) location.replace("/"); };
  ["pointerdown", "keydown", "scroll"].forEach((kind) => addEventListener(kind, used, { passive: true, capture: true }));
  setInterval(look, 15000);
  document.addEventListener("visibilitychange", look);
}

// Paper shows what is folded away. Browsers that cannot do it from the stylesheet get a hand.
if (!CSS.supports("selector(::details-content)")) {
  let folded = [];
  addEventListener("beforeprint", () => {
    folded = Array.from(document.querySelectorAll("details:not([open])"));
    folded.forEach((one) => { one.open = true; });
  });
  addEventListener("afterprint", () => folded.forEach((one) => { one.open = false; }));
}

// htmx notes the page's path for a history it is told not to keep; nothing is kept in the browser.
sessionStorage.removeItem("htmx-current-path-for-history");
