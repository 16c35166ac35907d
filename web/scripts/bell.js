// The number of unread notifications, kept true while a page is open. Of all tabs one follows the stream and
// tells the others, since a browser grants a host only a few connections.
import { follow } from "./events.js";

const NAME = "octavo-bell";

export function bell(root) {
  const bells = [...root.querySelectorAll("[data-bell]")];
  if (!bells.length || !navigator.locks) return;
  const { bell: stream, unread } = bells[0].dataset;
  const stop = new AbortController();
  const others = new BroadcastChannel(NAME);
  const show = (count) => bells.forEach((one) => put(one, count));
  others.addEventListener("message", ({ data }) => show(data));

  async function refresh() {
    const response = await fetch(unread, { cache: "no-store", signal: stop.signal });
    if (!response.ok) return;
    const count = Number(await response.text());
    show(count);
    others.postMessage(count);
  }

  navigator.locks
    .request(NAME, { signal: stop.signal }, () =>
      follow(stream, { signal: stop.signal, onEvent: () => refresh().catch(() => {}), onState: () => {} }),
    )
    .catch(() => {});
  window.addEventListener("pagehide", () => stop.abort());
}

function put(one, count) {
  let number = one.querySelector(".nav-count");
  if (!count) {
    number?.remove();
    return;
  }
  if (!number) {
    number = document.createElement("span");
    number.className = "nav-count";
    one.append(number);
  }
  number.textContent = String(count);
}
