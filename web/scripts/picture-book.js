// A picture book whose pages turn, on wide screens. A list everywhere else, and for whoever prefers one.

const WIDE = matchMedia("(min-width: 56rem)");
const STILL = matchMedia("(prefers-reduced-motion: reduce)");

export function book(reader) {
  const pages = reader.querySelector("[data-pages]");
  if (!pages) return;
  const leaves = [...pages.children];
  const controls = reader.querySelector("[data-turning]");
  const asList = reader.querySelector("[data-as-list]");
  const place = controls.querySelector("[data-place]");
  let now = Math.max(0, leaves.findIndex((leaf) => `#${leaf.id}` === location.hash));
  let list = STILL.matches;

  function arrange() {
    const turning = WIDE.matches && !list;
    reader.dataset.mode = turning ? "turning" : "list";
    controls.hidden = !WIDE.matches;
    asList.setAttribute("aria-pressed", String(list));
    leaves.forEach((leaf, number) => {
      leaf.hidden = turning && number !== now;
    });
    for (const one of controls.querySelectorAll("[data-turn]")) one.hidden = !turning;
    place.hidden = !turning;
    place.textContent = `${now + 1} / ${leaves.length}`;
    controls.querySelector("[data-turn='-1']").disabled = now === 0;
    controls.querySelector("[data-turn='1']").disabled = now === leaves.length - 1;
  }

  function turn(by) {
    const next = now + by;
    if (next < 0 || next >= leaves.length) return;
    now = next;
    leaves[now].dataset.from = by > 0 ? "right" : "left";
    history.replaceState(null, "", `#${leaves[now].id}`);
    arrange();
  }

  reader.addEventListener("click", (event) => {
    const button = event.target.closest("[data-turn]");
    if (button) turn(Number(button.dataset.turn));
    if (event.target.closest("[data-as-list]")) {
      list = !list;
      arrange();
    }
  });
  document.addEventListener("keydown", (event) => {
    if (reader.dataset.mode !== "turning" || event.target.closest("input, select, dialog")) return;
    if (event.key === "ArrowRight") turn(1);
    if (event.key === "ArrowLeft") turn(-1);
  });
  WIDE.addEventListener("change", arrange);
  arrange();
}
