// The real pages on the design page: arrow keys turn them, and those that come next are fetched ahead.

export function preview(root) {
  const place = root.getElementById("preview");
  if (!place) return;
  root.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.target.closest("input, select, textarea, dialog")) return;
    const by = { ArrowLeft: "-1", ArrowRight: "1" }[event.key];
    const link = by && place.querySelector(`a[data-turn="${by}"]`);
    if (!link) return;
    event.preventDefault();
    link.click();
  });
  const watch = new MutationObserver(() => {
    place.setAttribute("aria-busy", String(!place.querySelector("[data-spread], .notice")));
    begin(place);
    fetchAhead(place);
  });
  watch.observe(place, { childList: true });
  begin(place);
  fetchAhead(place);
}

// On a phone one page is seen at a time: the one that was asked for, be it left or right.
function begin(place) {
  const asked = place.querySelector("[data-asked]");
  if (asked) asked.parentElement.scrollLeft = asked.offsetLeft - asked.parentElement.offsetLeft;
}

function fetchAhead(place) {
  const shown = place.querySelector(".pages-leaf img");
  const next = place.querySelector("[data-spread]")?.dataset.next;
  if (!shown || !next) return;
  for (const number of next.split(" ")) {
    const picture = new Image();
    picture.sizes = shown.sizes;
    picture.srcset = shown.srcset.replaceAll(/\/pages\/\d+\//g, `/pages/${number}/`);
  }
}
