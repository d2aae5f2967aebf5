// A click on the map fills in latitude and longitude. Without script one types them, or the town decides.
// The projection is Lambert's conformal cone; its numbers come with the page (entries/norway.py).

const figure = document.querySelector("[data-map]");
if (figure) {
  const svg = figure.querySelector("svg");
  const spot = svg.querySelector(".pickmap__spot");
  const names = svg.querySelector(".pickmap__names");
  const [cone, reach, apex, middle] = figure.dataset.map.split(" ").map(Number);
  const whole = svg.getAttribute("viewBox").split(" ").map(Number);
  let view = whole;

  figure.querySelectorAll("[hidden]").forEach((one) => { one.hidden = false; });

  function degreesAt(x, y) {
    const down = apex + y;
    const latitude = 2 * Math.atan((reach / Math.hypot(x, down)) ** (1 / cone)) - Math.PI / 2;
    return [latitude * 180 / Math.PI, Math.atan2(x, down) / cone * 180 / Math.PI + middle];
  }

  function mark(x, y) {
    spot.setAttribute("cx", x);
    spot.setAttribute("cy", y);
    spot.setAttribute("visibility", "visible");
  }

  // Names and the spot keep their size on the screen.
  function show(next) {
    view = next;
    const share = view[2] / whole[2];
    svg.setAttribute("viewBox", view.join(" "));
    names.setAttribute("font-size", 6 * share);
    names.querySelectorAll("text").forEach((name) => {
      name.setAttribute("dx", (name.getAttribute("text-anchor") === "end" ? -2.5 : 2.5) * share);
      name.setAttribute("dy", share);
    });
    spot.setAttribute("r", 3.5 * share);
  }

  function zoom(factor) {
    if (!factor) return show(whole);
    const width = Math.min(whole[2], Math.max(whole[2] / 64, view[2] * factor));
    const height = width * whole[3] / whole[2];
    const marked = spot.getAttribute("visibility") !== "hidden" && spot.hasAttribute("cx");
    const x = marked ? Number(spot.getAttribute("cx")) : view[0] + view[2] / 2;
    const y = marked ? Number(spot.getAttribute("cy")) : view[1] + view[3] / 2;
    return show([x - width / 2, y - height / 2, width, height]);
  }

  svg.addEventListener("click", (event) => {
    const here = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
    const [latitude, longitude] = degreesAt(here.x, here.y);
    mark(here.x, here.y);
    const fields = ["id_latitude", "id_longitude"].map((id) => document.getElementById(id));
    fields[0].value = latitude.toFixed(4);
    fields[1].value = longitude.toFixed(4);
    fields[1].dispatchEvent(new Event("change", { bubbles: true }));
  });

  figure.addEventListener("click", (event) => {
    const button = event.target.closest("[data-zoom]");
    if (button) zoom(Number(button.dataset.zoom));
  });

  // The words were fetched anew, for a town or for typed numbers: the spot follows.
  document.addEventListener("htmx:afterSettle", () => {
    const words = document.getElementById("whereabouts");
    if (words.dataset.x) mark(Number(words.dataset.x), Number(words.dataset.y));
    else spot.setAttribute("visibility", "hidden");
  });
}
